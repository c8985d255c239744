"""Grading the grader: known identities, their mutants and rewritten forms, and how many verdicts were right."""
