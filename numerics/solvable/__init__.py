"""Driven systems whose work has a known law, each with its free energies and a sampler that knows none of them."""
