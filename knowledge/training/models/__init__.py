"""Courses, modules and lessons as pages, and what somebody learned from them."""

from knowledge.training.models.attempts import Attempt, Draft, Erasure
from knowledge.training.models.attendance import CountingEvent
from knowledge.training.models.certificates import Certificate
from knowledge.training.models.courses import CoursePage
from knowledge.training.models.coverage import CoverageTotal
from knowledge.training.models.enrolments import Enrolment, Learner
from knowledge.training.models.imports import ImportRun
from knowledge.training.models.indexes import TrainingIndexPage
from knowledge.training.models.lessons import LessonPage
from knowledge.training.models.pages import ModulePage
from knowledge.training.models.reads import LessonRead
from knowledge.training.models.target_groups import TargetGroup

__all__ = [
    "Attempt",
    "Certificate",
    "CountingEvent",
    "CoursePage",
    "CoverageTotal",
    "Draft",
    "Enrolment",
    "Erasure",
    "ImportRun",
    "Learner",
    "LessonPage",
    "LessonRead",
    "ModulePage",
    "TargetGroup",
    "TrainingIndexPage",
]
