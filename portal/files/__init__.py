"""What every room does alike with files of others: which kind it is, and whether it is harmful."""
