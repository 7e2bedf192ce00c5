"""The map: what stands on it, what is between, and when somebody last spoke."""

from network.map.models.contacts import ContactMoment, WhiteSpotAction
from network.map.models.links import NetworkLink
from network.map.models.nodes import NetworkNode

__all__ = ["ContactMoment", "NetworkLink", "NetworkNode", "WhiteSpotAction"]
