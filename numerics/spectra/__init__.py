"""Spectra of one network: densities, edges, spacings."""
