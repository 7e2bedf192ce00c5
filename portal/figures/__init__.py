"""What may be counted out loud: every room publishes figures, small numbers are hidden before."""
