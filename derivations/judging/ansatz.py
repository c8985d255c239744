"""Whether an ansatz for a matrix over replicas is the most general one that no permutation of the replicas changes."""

from __future__ import annotations

import time
from itertools import permutations, product
from typing import Any

import sympy as sp

from derivations.engine.evidence import Counterexample, Evidence
from theory.statements import Definition
from theory.sums import rename

REPLICAS = (2, 3, 4)
TECHNIQUE = "average of a symmetric matrix over all permutations of the replicas"
ENGINE = f"SymPy {sp.__version__}"


def invariance(ansatz: Definition, replicas: tuple[sp.Symbol, sp.Symbol]) -> Evidence:
    """Average an arbitrary symmetric matrix over all permutations and match the ansatz with it, for 2, 3, 4 replicas.

    The ansatz is the general invariant matrix exactly if its parameters can be chosen, in one way, to give that
    average.

    Parameters
    ----------
    ansatz
        Defines the entry of a matrix, as in ``Q[k, a, b]``.
    replicas
        The two indices that number replicas.
    """
    started = time.perf_counter()
    for count in REPLICAS:
        reason, counterexample = _mismatch(ansatz, replicas, count)
        if reason:
            return Evidence(
                route="enumerated",
                outcome="refutes" if counterexample else "undecided",
                technique=TECHNIQUE,
                engine=ENGINE,
                reason=reason,
                counterexample=counterexample,
                seconds=time.perf_counter() - started,
            )
    return Evidence(
        route="enumerated",
        outcome="agrees",
        technique=TECHNIQUE,
        engine=ENGINE,
        points=len(REPLICAS),
        instances=tuple(f"m = {count}" for count in REPLICAS),
        seconds=time.perf_counter() - started,
    )


def _mismatch(ansatz: Definition, replicas: tuple[sp.Symbol, sp.Symbol], count: int) -> tuple[str, Any]:
    """Why the ansatz is not the general invariant matrix of this size; an empty text if it is."""
    numbers = range(1, count + 1)
    places = list(product(numbers, numbers))
    printed = {p: _entry(ansatz.expression, replicas, p) for p in places}
    average = {p: _average(p, count) for p in places}
    parameters = sorted(ansatz.expression.atoms(sp.Indexed), key=str)
    solution = sp.solve([printed[p] - average[p] for p in places], parameters, dict=True)
    if not solution:
        return "no choice of the parameters gives an invariant matrix", _clash(printed, average, parameters, count)
    if len(solution) > 1 or set(solution[0]) != set(parameters):
        return "the parameters are not determined by the matrix", None
    return "", None


def _entry(expression: Any, replicas: tuple[sp.Symbol, sp.Symbol], place: tuple[int, int]) -> Any:
    for index, value in zip(replicas, place, strict=True):
        expression = rename(expression, index, sp.Integer(value))
    return expression


def _average(place: tuple[int, int], count: int) -> Any:
    orders = list(permutations(range(1, count + 1)))
    terms = (_symmetric(order[place[0] - 1], order[place[1] - 1]) for order in orders)
    return sp.Add(*terms) / len(orders)


def _symmetric(row: int, column: int) -> sp.Symbol:
    return sp.Symbol(f"X_{min(row, column)}{max(row, column)}", real=True)


def _clash(printed: Any, average: Any, parameters: list[Any], count: int) -> Counterexample | None:
    """Two places where every invariant matrix has one value and the ansatz, at simple parameters, has two."""
    values = {name: sp.Integer(n) for n, name in enumerate(parameters, start=2)}
    at_values = {p: sp.sympify(e, strict=True).xreplace(values) for p, e in printed.items()}
    for one, other in product(printed, repeat=2):
        if average[one] == average[other] and at_values[one] != at_values[other]:
            note = f"entries {one} and {other} of {count} replicas, which a permutation exchanges"
            pairs = tuple(values.items())
            return Counterexample(values=pairs, left=str(at_values[one]), right=str(at_values[other]), note=note)
    return None
