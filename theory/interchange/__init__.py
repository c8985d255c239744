"""Expressions, domains and statements as plain data, and back: a whitelist of nodes, never code."""

from theory.interchange.decoding import Decoder
from theory.interchange.encoding import Encoder
from theory.interchange.limits import InterchangeError

__all__ = ["Decoder", "Encoder", "InterchangeError"]
