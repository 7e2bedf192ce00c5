"""Forms of learners, and of who looks after their training."""
