"""A server that speaks like SageMaker, Bedrock and OpenAI, and misbehaves on request."""

from standin.server import Seen, StandIn
from standin.words import TEXT

__all__ = ["TEXT", "Seen", "StandIn"]
