"""Entropic mechanics: an action of entropy production under constraints, and the wave function made of it."""
