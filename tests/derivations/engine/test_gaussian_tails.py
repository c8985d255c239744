"""Logarithms and inverses of Gaussian tails under means, as in the theory of the perceptron."""

import pytest
import sympy as sp
from flint import acb, arb

from derivations import verify
from derivations.engine.routes.enclosures.growth import growth
from derivations.engine.routes.enclosures.points import Frame, UnknownError
from derivations.engine.routes.gaussian_tails import as_tail
from theory import Domain, Identity
from theory.averages import GaussianMean

z, k = sp.symbols("z k", real=True)
q = sp.Symbol("q", positive=True)
R = sp.Rational


@pytest.mark.parametrize(
    ("node", "factor", "argument"),
    [
        (sp.erfc(z), 1, z),
        (1 - sp.erf(z), 1, z),
        (1 + sp.erf(z), 1, -z),
        (R(1, 2) - sp.erf(z) / 2, R(1, 2), z),
        (R(1, 2) + sp.erf(z) / 2, R(1, 2), -z),
        (2 - sp.erfc(z), 1, -z),
        (1 - sp.erfc(z) / 2, R(1, 2), -z),
    ],
)
def test_tails_however_they_are_written(node, factor, argument):
    assert as_tail(node) == (factor, argument)
    assert (
        sp.simplify(
            node.subs(z, R(1, 3)).rewrite(sp.erf) - (factor * sp.erfc(argument.subs(z, R(1, 3)))).rewrite(sp.erf)
        )
        == 0
    )


@pytest.mark.parametrize(
    "node", [1 + sp.erfc(z), 2 - sp.erf(z), 3 - sp.erfc(z), sp.erf(z), 1 + z + sp.erf(z), k - sp.erf(z)]
)
def test_what_is_no_tail(node):
    assert as_tail(node) is None


@pytest.mark.parametrize("argument", [z, -z, 2 * z + 1, -z / 3 + 2, z - 5, -3 * z - 1], ids=str)
@pytest.mark.parametrize("side", [1, -1])
def test_bounds_of_inverse_tails_and_logarithms_hold_far_out(argument, side):
    frame = Frame(free=lambda name: name).far_out(z)
    for body in (1 / sp.erfc(argument), sp.log(sp.erfc(argument) / 2), sp.erfc(argument) ** -2):
        bound = growth(body, z, frame, acb(side))
        for x in (1, 2, 5, R(17, 2), 20):
            here = body.subs(z, side * x).evalf(30)
            limit = (
                bound.scale
                * (1 + arb(float(x))) ** bound.power
                * (bound.rate * float(x) + bound.curvature * float(x) ** 2).exp()
            )
            assert arb(str(abs(here))) < limit * arb("1.000001")


def test_a_steep_tail_outgrows_the_density():
    steep = GaussianMean(1 / sp.erfc(z), z, 1)
    assert verify(Identity(steep, 1, Domain({}))).holds is not True


def tail(u):
    return sp.erfc(u / sp.sqrt(2)) / 2


def density(u):
    return sp.exp(-(u**2) / 2) / sp.sqrt(2 * sp.pi)


DOMAIN = Domain({q: (R(1, 10), R(9, 10)), k: (-1, 1)})
U = (k + sp.sqrt(q) * z) / sp.sqrt(1 - q)
SLOPE = sp.sqrt(q / (1 - q))
CLAIMS = {
    "slope of log H": (sp.Derivative(sp.log(tail(k)), k), -density(k) / tail(k)),
    "mean of H": (GaussianMean(tail(U), z, 1), tail(k)),
    "H as an error function": (tail(k), (1 - sp.erf(k / sp.sqrt(2))) / 2),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_steps_of_the_perceptron_are_proved_and_their_doubles_refuted(name):
    left, right = CLAIMS[name]
    domain = Domain({s: DOMAIN.sets[s] for s in (left - right).free_symbols})
    assert verify(Identity(left, right, domain)).status == "proved"
    assert verify(Identity(left, 2 * right, domain)).status == "refuted"


@pytest.mark.parametrize("factor", [-1, R(1, 2)])
def test_stein_for_log_h_has_its_sign_and_its_factor(factor):
    left = GaussianMean(z * sp.log(tail(z)), z, 1)
    assert verify(Identity(left, -GaussianMean(density(z) / tail(z), z, 1), Domain({}))).holds
    assert verify(Identity(left, -factor * GaussianMean(density(z) / tail(z), z, 1), Domain({}))).status == "refuted"


def test_no_bound_where_the_argument_may_turn_round():
    frame = Frame(free=lambda name: name).far_out(z)
    with pytest.raises(UnknownError):
        growth(1 / sp.erfc(z**2), z, frame, acb(1))


def test_a_symbolic_power_that_is_one_at_the_point_is_bounded():
    d, y = sp.symbols("d y", positive=True)
    area = sp.Integral(y ** (d - 1) * sp.exp(-(y**2)), (y, 0, sp.oo))
    domain = Domain({d: sp.Range(1, 6)})
    assert verify(Identity(area, sp.gamma(d / 2) / 2, domain)).holds
    assert verify(Identity(area, sp.gamma(d / 2), domain)).status == "refuted"
