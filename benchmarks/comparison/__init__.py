"""Lowered functions beside other ways to compute the same formulas, and beside what the machine can do at best."""
