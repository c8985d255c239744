"""What the loops of a JAX source call; their text is copied into it.

As in `numerics.lowering.loop_functions`, sums are compensated, and bounds that cannot be run through give NaN.
"""

from __future__ import annotations

from numerics.lowering.jax.library import jax, jnp

# pyright: reportMissingParameterType=false
# (text for a module that has no types)


def loop_sum(step, low, high):
    """The sum of step(k) over the whole numbers from low to high."""

    def add(total, rest, term):
        found = total + term
        added = found - total
        return found, rest + ((total - (found - added)) + (term - added))

    total, rest = loop_run(step, low, high, 0.0, add)
    return jnp.where(jnp.isfinite(rest), total + rest, total)


def loop_product(step, low, high):
    """The product."""
    return loop_run(step, low, high, 1.0, lambda total, rest, term: (total * term, rest))[0]


def loop_run(step, low, high, neutral, join):
    """What is made of the terms one after another, at each point between its own bounds."""
    kind = jnp.result_type(float)
    term = jax.eval_shape(lambda k: jnp.asarray(step(k), dtype=kind), jnp.zeros((), kind))
    shape = jnp.broadcast_shapes(term.shape, jnp.shape(low), jnp.shape(high))
    low, high = (jnp.broadcast_to(jnp.asarray(bound, dtype=kind), shape) for bound in (low, high))
    usable = (jnp.floor(low) == low) & (jnp.floor(high) == high) & (high - low < 1e8)
    runs = usable & (low <= high)
    first = jnp.min(jnp.where(runs, low, jnp.inf), initial=jnp.inf)
    last = jnp.max(jnp.where(runs, high, -jnp.inf), initial=-jnp.inf)

    def goes_on(state):
        return state[0] <= last

    def once(state):
        k, total, rest = state
        inside = runs & (low <= k) & (k <= high)
        found, lost = join(total, rest, jnp.where(inside, step(k), neutral).astype(kind))
        return k + 1, found, lost

    start = (first, jnp.where(usable, neutral, jnp.nan).astype(kind), jnp.zeros(shape, kind))
    return jax.lax.while_loop(goes_on, once, start)[1:]


FUNCTIONS = (loop_run, loop_sum, loop_product)
