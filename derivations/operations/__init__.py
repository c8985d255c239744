"""What is done to both sides of an equation, as on paper: one kind of operation a module."""
