"""The command line. Nothing here imports SymPy, SciPy or matplotlib before a command needs it."""

from saddlepoint.cli.app import main

__all__ = ["main"]
