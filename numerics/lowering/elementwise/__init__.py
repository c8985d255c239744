"""Functions as sequences of elementwise operations, done with few calls on short arrays and in blocks on long ones."""
