"""Formulas as C99: the text, the compiler, the objects it makes, and calls into them."""
