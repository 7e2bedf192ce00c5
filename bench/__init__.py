"""What every kind of page costs, beside a bare Django view in the same run: ``python -m bench``."""
