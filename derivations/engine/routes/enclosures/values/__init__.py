"""The table of balls: one module for each family of nodes, each with its ``TABLE`` of rules."""
