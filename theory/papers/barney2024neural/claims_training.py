"""Claims of section 3 that need no training run: activations, Hamiltonians, and what the text says of table 1."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.papers.barney2024neural.hamiltonian import HAMILTONIAN
from theory.papers.barney2024neural.printed import claim, line
from theory.papers.barney2024neural.table import LARGE_RATE, SMALL_RATE, VALUES
from theory.papers.barney2024neural.training import STEP, x
from theory.records import PrintedLine, PublishedValue
from theory.statements import Identity, Inequality

CLOSED = Domain({})


def exact(value: PublishedValue) -> Any:
    """Its printed digits."""
    return sp.Rational(value.value.numerator, value.value.denominator)


def rounded(label: str, printed: str, value: PublishedValue) -> PrintedLine:
    """The text rounds a value of the table to fewer digits."""
    half_unit = sp.Rational(1, 2 * 10 ** len(printed.partition(".")[2]))
    difference = sp.Abs(exact(value) - sp.Rational(printed))
    return line(label, Inequality(difference, half_unit, CLOSED, relation="<="))


BINARIZED, _, STANDARD, _ = VALUES
TRAINING_CLAIMS = (
    claim(
        "3.1a",
        r"Each neuron in the NN can only take on the values $\pm 1$ [...] enforced by applying the forward activation "
        "function (28)",
        line(
            "the square of its value is 1",
            Identity(STEP**2, 1, Domain({x: sp.Union(sp.Interval.open(-sp.oo, 0), sp.Interval.open(0, sp.oo))})),
            note="At 0 the function has no value as printed; with weights of a continuous distribution the input of a "
            "neuron is 0 with probability zero, but the text applies it to the input data too, where zeros can occur.",
        ),
    ),
    claim(
        "3.1b",
        "after 60 training epochs the validation error rate of the standard NN reaches approximately 0.019 while the "
        "binarized NN reaches approximately 0.027 after 500 epochs.",
        rounded("the standard network in table 1", "0.019", STANDARD),
        rounded("the binarized network in table 1", "0.027", BINARIZED),
    ),
    claim(
        "3.2a",
        "The weights obtained throughout training allow us to define a family of Hamiltonians for a multilayer spin "
        "system parameterized by the training time t",
        replace(
            HAMILTONIAN[2].lines[0],
            label="with the weights of any time the form (31) is the Hamiltonian (1), as (3) is",
            fragment="",
        ),
    ),
    claim(
        "3.3f",
        "the learning rate is 100 times smaller than previously.",
        line("the learning rates of table 1", Identity(sp.Rational(LARGE_RATE), 100 * sp.Rational(SMALL_RATE), CLOSED)),
    ),
)
