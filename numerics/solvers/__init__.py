"""Solvers for quantities that are roots and minima."""
