"""What people of the network ask each other."""

from network.exchange.models.choices import Choices
from network.exchange.models.devices import Device
from network.exchange.models.files import SharedFile
from network.exchange.models.groups import Group
from network.exchange.models.mentions import Mention
from network.exchange.models.questions import Answer, Flag, Question
from network.exchange.models.rules import Acceptance, HouseRules

__all__ = [
    "Acceptance",
    "Answer",
    "Choices",
    "Device",
    "Flag",
    "Group",
    "HouseRules",
    "Mention",
    "Question",
    "SharedFile",
]
