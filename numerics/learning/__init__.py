"""Thermodynamics of learning in numbers: the spectrum of G, log Z, extrema of the Laplacian."""
