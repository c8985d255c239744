"""Figures, drawn from what was computed. ``python -m saddlepoint.figures DIR`` draws those of the README."""
