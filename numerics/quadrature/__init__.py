"""Definite integrals and Gaussian means of vectorized integrands, many points at once, each with an error estimate."""

from __future__ import annotations

from numerics.quadrature.estimates import Estimate
from numerics.quadrature.refusal import QuadratureError

__all__ = ["Estimate", "QuadratureError"]
