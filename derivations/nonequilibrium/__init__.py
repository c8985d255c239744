"""Work and free energy out of equilibrium."""
