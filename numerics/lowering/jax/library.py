"""The package JAX, which is an extra."""

from __future__ import annotations

from importlib import import_module

try:
    # By name, since type checkers run where this extra is not installed.
    jax, jnp, special = map(import_module, ("jax", "jax.numpy", "jax.scipy.special"))
except ImportError as error:
    raise ImportError(
        'expected the package jax for backend="jax"; found none: pip install "saddlepoint[jax]"'
    ) from error
