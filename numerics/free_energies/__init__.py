"""Differences of free energy from the work of nonequilibrium runs, with error bars that say when they fail."""
