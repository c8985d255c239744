"""The exact route: expressions as elements of a field of letters, in which a difference is zero or is not known."""
