"""Renormalization: the functional flow equation and what follows from it."""
