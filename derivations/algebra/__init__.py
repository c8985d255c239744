"""Algebra of symbolic sums that rules compute with: flattening, deltas, contraction, folding of definitions."""
