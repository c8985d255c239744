"""Gauss and Legendre's rule on pieces: known integrals, singular ends and kinks; what diverges is refused."""

import pytest
from mpmath import mp

from derivations.oracles.composite_quadrature import composite_gauss
from derivations.oracles.summation import UnansweredError, double_exponential, integrated, integrating_by, within

KNOWN = {
    "a Gaussian": (lambda x: mp.exp(-x * x / 2), (-mp.inf, mp.inf), lambda: mp.sqrt(2 * mp.pi)),
    "slow decay": (lambda x: 1 / (1 + x**2), (-mp.inf, mp.inf), lambda: +mp.pi),
    "a logarithm at its end": (mp.log, (0, 1), lambda: mp.mpf(-1)),
    "a root at its lower end": (lambda x: x ** mp.mpf("-0.5"), (0, 1), lambda: mp.mpf(2)),
    "a root at its upper end": (lambda x: (1 - x) ** mp.mpf("-0.5"), (0, 1), lambda: mp.mpf(2)),
    "a kink nobody names": (lambda x: abs(x - mp.mpf(1) / 3), (0, 1), lambda: mp.mpf(5) / 18),
    "towards minus infinity": (mp.exp, (-mp.inf, 1), lambda: +mp.e),
    "a complex integrand": (mp.expj, (0, 1), lambda: (mp.expj(1) - 1) / mp.j),
}
DIVERGENT = {
    "a pole at an end": (lambda x: 1 / x, (0, 1)),
    "a pole inside": (lambda x: 1 / (x - mp.mpf(1) / 3), (0, 1)),
    "no decay": (lambda x: 1 / x, (1, mp.inf)),
    "a constant": (lambda x: mp.mpf(1), (0, mp.inf)),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_integrals_come_out_to_twenty_digits(name):
    function, ends, value = KNOWN[name]
    with mp.workdps(34), integrating_by(composite_gauss):
        assert abs(integrated(function, *map(mp.mpf, ends)) - value()) < mp.mpf(10) ** -20


@pytest.mark.parametrize("name", DIVERGENT)
def test_a_divergent_integral_has_no_value(name):
    function, ends = DIVERGENT[name]
    with mp.workdps(30), integrating_by(composite_gauss), within(20), pytest.raises(UnansweredError):
        integrated(function, *map(mp.mpf, ends))


def test_the_rule_is_in_force_inside_the_block_only_and_under_other_integrals():
    used = []

    def rule(function, low, high, kinks):
        used.append((low, high))
        return double_exponential(function, low, high, kinks)

    with mp.workdps(15), integrating_by(rule):
        area = integrated(lambda x: integrated(lambda y: x * y, mp.mpf(0), x), mp.mpf(0), mp.mpf(1))
    assert abs(area - mp.mpf(1) / 8) < 1e-10
    assert len(used) > 1
    count = len(used)
    integrated(mp.exp, mp.mpf(0), mp.mpf(1))
    assert len(used) == count
