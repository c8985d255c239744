"""Proofs of integrals, means and sums: one inference a module, its conditions checked on the whole domain."""
