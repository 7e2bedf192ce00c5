"""What every room does alike with figures: hide small numbers, and hand out tables."""
