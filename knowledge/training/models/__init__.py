"""Modules as pages, and what somebody learned from them."""

from knowledge.training.models.attempts import Attempt, Draft, Erasure
from knowledge.training.models.certificates import Certificate
from knowledge.training.models.coverage import CoverageTotal
from knowledge.training.models.enrolments import Enrolment, Learner, TargetGroup
from knowledge.training.models.imports import ImportRun
from knowledge.training.models.pages import ModulePage, TrainingIndexPage

__all__ = [
    "Attempt",
    "Certificate",
    "CoverageTotal",
    "Draft",
    "Enrolment",
    "Erasure",
    "ImportRun",
    "Learner",
    "ModulePage",
    "TargetGroup",
    "TrainingIndexPage",
]
