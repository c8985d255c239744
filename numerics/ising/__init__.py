"""Ising spins with pair couplings as users hand them in."""
