"""Grading the grader: known identities, rewritten and mutated, put to the engine of this installation."""
