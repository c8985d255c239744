"""Expressions as sums of scales when a variable tends to a point: exponentials, powers and logarithms, with O().

Trusted: what a limit is, and of which order a remainder is, rests on ``scale``, ``series`` and the tables of
``functions``. Only three things are asked about the numbers in front of the scales: their sign, whether they are
real, and whether they are integers; ``signs`` answers with a proof, or does not answer.
"""
