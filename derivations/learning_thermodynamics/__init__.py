"""Thermodynamics of learning: the partition function of a network's states, and what follows from it."""
