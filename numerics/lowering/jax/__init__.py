"""Formulas as functions of JAX arrays."""
