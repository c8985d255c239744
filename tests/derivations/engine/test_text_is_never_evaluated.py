"""Text in the place of an expression is refused wherever one is asked for, and never executed."""

import pytest
import sympy as sp

from derivations import Derivation
from theory import Domain, Identity
from theory.averages import GaussianMean
from theory.sums import Sigma

x = sp.Symbol("x", real=True)
k = sp.Symbol("k", integer=True)
REFUSALS = (TypeError, ValueError, AttributeError)


@pytest.fixture
def trap(tmp_path):
    """Text that leaves a file where it is executed."""
    mark = tmp_path / "executed"
    yield f"open({str(mark)!r}, 'w')"
    assert not mark.exists()


PLACES = {
    "a side": lambda text: Identity(text, 1, Domain({})),
    "an end of a domain": lambda text: Domain({x: (text, 1)}),
    "a constraint": lambda text: Domain({x: (0, 1)}, [text]),
    "an end of a sum": lambda text: Sigma(k, (k, 1, text)),
    "a variance": lambda text: GaussianMean(x, x, text),
    "a step": lambda text: begun().so(text, 1),
    "a premise": lambda text: begun().premise(text, 1),
    "a definition": lambda text: begun().define(sp.Symbol("y"), text),
    "a factor": lambda text: begun().multiply(text),
    "a value": lambda text: begun().substitute(x, text),
    "an end": lambda text: begun().integrate(x, text, 1),
    "a variable": lambda text: begun().so(x, x, variable=text, order=2),
    "a point": lambda text: begun().so(x, x, variable=x, order=2, about=text),
    "a limit": lambda text: begun().limit(x, text),
}


def begun():
    derivation = Derivation("begun", domain={x: (0, 1)})
    derivation.so(x, x)
    return derivation


@pytest.mark.parametrize("place", PLACES)
def test_text_is_refused(place, trap):
    with pytest.raises(REFUSALS):
        PLACES[place](trap)
