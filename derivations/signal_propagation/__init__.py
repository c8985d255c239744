"""How signals pass through networks with random weights."""
