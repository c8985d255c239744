"""Derivations as documents: what is written, how it is read, and why a changed file is refused."""
