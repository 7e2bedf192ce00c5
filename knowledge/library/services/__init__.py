"""What happens with what readers say, with paper, and with pages that are due."""
