"""How good the search is: questions with graded answers, and numbers for each way to search."""
