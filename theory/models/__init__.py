"""Models: what a theorist hands in."""
