"""The engine: claims are examined by independent routes, and a verdict says what they found."""
