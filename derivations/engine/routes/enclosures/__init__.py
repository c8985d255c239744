"""The enclosed route: values at exact points as balls, integrals and infinite sums included."""
