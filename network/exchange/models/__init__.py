"""What people of the network ask each other."""

from network.exchange.models.choices import Choices
from network.exchange.models.groups import Group
from network.exchange.models.mentions import Mention
from network.exchange.models.questions import Answer, Flag, Question

__all__ = ["Answer", "Choices", "Flag", "Group", "Mention", "Question"]
