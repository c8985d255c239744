"""The static site of a report: pages, styles and formulas that need no other host."""
