"""Gaussian means and definite integrals in lowered functions."""
