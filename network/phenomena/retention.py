"""How long things of the phenomena stay."""

from datetime import timedelta

OBSERVATION_KEPT = timedelta(days=90)  # GR-16; counts stay, texts do not
REVIEW_WITHIN_WORKING_DAYS = 3  # domain.md 7.4
