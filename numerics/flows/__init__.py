"""Flows of the functional renormalization group: threshold functions, beta functions, fixed points, exponents."""
