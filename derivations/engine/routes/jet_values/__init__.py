"""Densities of tensor fields and their Euler operators as numbers at random jets, without being written out."""
