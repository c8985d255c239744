r"""The neural septuple (x, P_in, P_out, w, b, f, H): a network with its state, its boundary and its loss.

``NeuralSeptuple`` is one with given matrices, of any architecture, a loss included; ``theory.models.any_septuple`` has
the letters of claims about all of them. Source: V. Vanchurin, Towards a theory of machine learning (2020), sections 2
and 3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import sympy as sp

Activation = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class NeuralSeptuple:
    """A network of N neurons with given matrices.

    Attributes
    ----------
    weights
        Shape (N, N); the entry i, j leads from neuron j to neuron i.
    bias
        Shape (N, 1).
    inputs, outputs
        The projections P_in and P_out, shape (N, N): diagonal, with entries 0 and 1, and no neuron in both.
    activation
        A function of one number such as ``sympy.tanh``, or one for each neuron.
    mass
        Strength of the local objective in the bulk loss.
    state
        Shape (N, 1); zeros if none is given.

    Raises
    ------
    ValueError
        If a shape does not fit, a projection is none, a neuron is input and output, or an entry is not real.
    """

    weights: Any
    bias: Any
    inputs: Any
    outputs: Any
    activation: Activation | tuple[Activation, ...]
    mass: Any = 0
    state: Any = None

    def __post_init__(self) -> None:
        weights = sp.ImmutableMatrix(self.weights)
        if weights.rows != weights.cols or weights.rows == 0:
            raise ValueError(f"weights connect N neurons with N neurons; found the shape {weights.shape}")
        size = weights.rows
        state = sp.zeros(size, 1) if self.state is None else self.state
        columns = {"bias": self.bias, "state": state}
        for name, value in {"weights": weights, **columns, "inputs": self.inputs, "outputs": self.outputs}.items():
            shape = (size, 1) if name in columns else (size, size)
            object.__setattr__(self, name, _of_shape(name, value, shape))
        for name in ("inputs", "outputs"):
            _require_projection(name, getattr(self, name))
        both = [n + 1 for n in range(size) if self.inputs[n, n] and self.outputs[n, n]]
        if both:
            raise ValueError(f"a neuron is an input or an output, not both; found the neurons {both} in both")
        if not callable(self.activation) and len(self.activation) != size:
            raise ValueError(f"one activation, or one for each of {size} neurons; found {len(self.activation)}")
        object.__setattr__(self, "mass", sp.sympify(self.mass, strict=True))

    @property
    def size(self) -> int:
        """The number of neurons."""
        return self.weights.rows

    def activated(self, signals: Any) -> sp.ImmutableMatrix:
        """f(y), neuron by neuron (2.6)."""
        functions = (self.activation,) * self.size if callable(self.activation) else self.activation
        values = [f(signals[n]) for n, f in enumerate(functions)]
        return sp.ImmutableMatrix(self.size, 1, values)

    def after_step(self, state: Any) -> sp.ImmutableMatrix:
        """f(w x + b), the next state (2.5)."""
        return self.activated(self.weights * _of_shape("state", state, (self.size, 1)) + self.bias)

    def states(self, boundary: Any, steps: int) -> tuple[sp.ImmutableMatrix, ...]:
        """x(0), ..., x(steps), from the boundary data on the inputs alone (2.4), (2.5)."""
        found = [sp.ImmutableMatrix(self.inputs * _of_shape("boundary data", boundary, (self.size, 1)))]
        for _ in range(steps):
            found.append(self.after_step(found[-1]))
        return tuple(found)

    def clamps_inputs(self, boundary: Any) -> bool:
        """Whether the bias of every input gives it its boundary value: P_in f(b) = P_in x (compare (2.8))."""
        data = _of_shape("boundary data", boundary, (self.size, 1))
        return _is_zero(self.inputs * (self.activated(self.bias) - data))

    def satisfies_printed_condition(self, boundary: Any) -> bool:
        """Whether f(P_in b) = P_in x, as (2.8) has it: that asks f(0) = 0 of every other neuron, too."""
        data = _of_shape("boundary data", boundary, (self.size, 1))
        return _is_zero(self.activated(self.inputs * self.bias) - self.inputs * data)

    @cached_property
    def layers(self) -> tuple[int, ...] | None:
        """For each neuron one more than the longest path that leads to it; None if connections form a cycle."""
        found: dict[int, int] = {}
        waiting = set(range(self.size))
        while waiting:
            ready = {n for n in waiting if not any(self.weights[n, m] != 0 for m in waiting)}
            if not ready:
                return None
            for n in ready:
                below = [found[m] for m in found if self.weights[n, m] != 0]
                found[n] = 1 + max(below, default=0)
            waiting -= ready
        return tuple(found[n] for n in range(self.size))

    @property
    def n_layers(self) -> int | None:
        """The number L of layers, from which on all powers of the weights vanish (2.1); None with cycles."""
        return None if self.layers is None else max(self.layers)

    @property
    def is_feedforward(self) -> bool:
        """Whether (2.1) to (2.3) hold: no cycle, nothing leads into an input or away from an output."""
        nothing_in, nothing_out = self.inputs * self.weights, self.outputs * self.weights.T
        return self.layers is not None and _is_zero(nothing_in) and _is_zero(nothing_out)

    def fixed_state(self, boundary: Any) -> sp.ImmutableMatrix:
        """The fixed state (2.9) of a network without cycles whose inputs are clamped: x(L - 1).

        Raises
        ------
        ValueError
            If connections form a cycle, or a bias moves an input away from its boundary value.
        """
        if self.n_layers is None:
            raise ValueError("connections form a cycle: whether the states settle depends on weights and activation")
        if not self.clamps_inputs(boundary):
            raise ValueError("an input moves away from its boundary value; choose its bias so that f(b) is that value")
        return self.states(boundary, self.n_layers - 1)[-1]

    def errors(self, state: Any) -> sp.ImmutableMatrix:
        """x - f(w x + b), shape (N, 1): zero at a fixed state."""
        return sp.ImmutableMatrix(_of_shape("state", state, (self.size, 1)) - self.after_step(state))

    def bulk_loss(self, state: Any) -> Any:
        """Half of the squared errors, with the local objective (3.4)."""
        x = _of_shape("state", state, (self.size, 1))
        return (_square(self.errors(x)) - self.mass * _square(x)) / 2

    def boundary_loss(self, state: Any, boundary: Any) -> Any:
        """Half of the squared deviation from the boundary data on inputs and outputs (2.11)."""
        data = _of_shape("boundary data", boundary, (self.size, 1))
        return _square((self.inputs + self.outputs) * (_of_shape("state", state, (self.size, 1)) - data)) / 2

    def response(self, state: Any) -> sp.ImmutableMatrix:
        """f'w at a state, shape (N, N) (5.4)."""
        signal = sp.Dummy("y", real=True)
        signals = self.weights * _of_shape("state", state, (self.size, 1)) + self.bias
        general = self.activated(sp.Matrix([signal] * self.size))
        slopes = [sp.diff(general[n], signal).subs(signal, signals[n]) for n in range(self.size)]
        return sp.ImmutableMatrix(sp.diag(*slopes) * self.weights)

    def quadratic_form(self, state: Any) -> sp.ImmutableMatrix:
        """G = (1 - f'w)^T (1 - f'w) at a state (5.6)."""
        less = sp.eye(self.size) - self.response(state)
        return sp.ImmutableMatrix(less.T * less)


def projection_on(neurons: Any, size: int) -> sp.ImmutableMatrix:
    """The projection on the given neurons, counted from 1."""
    chosen = set(neurons)
    if not chosen <= set(range(1, size + 1)):
        raise ValueError(f"neurons are counted from 1 to {size}; found {sorted(chosen)}")
    return sp.ImmutableMatrix(sp.diag(*(int(n in chosen) for n in range(1, size + 1))))


def _of_shape(name: str, value: Any, shape: tuple[int, int]) -> sp.ImmutableMatrix:
    matrix = sp.ImmutableMatrix(value)
    if matrix.shape != shape:
        raise ValueError(f"{name} of this network have the shape {shape}; found {matrix.shape}")
    unreal = [entry for entry in matrix if cast(Any, entry).is_real is False]
    if unreal:
        raise ValueError(f"{name} of this network are real; found {unreal[0]}")
    return matrix


def _require_projection(name: str, matrix: Any) -> None:
    if not _is_zero(matrix * matrix - matrix) or matrix != matrix.T:
        raise ValueError(f"{name} is a projection P with P P = P = P^T; found {matrix.tolist()}")
    if not matrix.is_diagonal():
        raise ValueError(f"{name} projects on a set of neurons, so it is diagonal; found {matrix.tolist()}")


def _is_zero(matrix: Any) -> bool:
    return all(sp.simplify(entry) == 0 for entry in matrix)


def _square(vector: Any) -> Any:
    return sp.Add(*(entry**2 for entry in vector))
