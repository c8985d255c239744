"""Saddle points of derived replica free energies, from zero temperature up."""
