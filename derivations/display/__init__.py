"""How steps and derivations show themselves: in a notebook, and in a terminal."""
