"""Stationary points under constraints and stationary fields: right ones are proved, wrong ones refuted."""

import pytest
import sympy as sp

from derivations.engine.mutation import mutated_statements
from derivations.engine.verify import verify
from theory.domain import Domain
from theory.printing import statement_latex, statement_text
from theory.statements import Stationarity
from theory.sums import Sigma

x, y, a, b, w, A, m, t = sp.symbols("x y a b omega A m t")
k, n = sp.symbols("k n", integer=True)
p, E = sp.IndexedBase("p"), sp.IndexedBase("E")
phi, V = sp.Function("phi"), sp.Function("V")
q, field = phi(t), phi(t, x)
PLANE = Domain({x: sp.S.Reals, y: sp.S.Reals, a: (0, 3)})
CHANCES = Domain({p: (0, 1), n: sp.Range(2, sp.oo), k: sp.Range(1, n + 1)})
LEVELS = Domain({p: (0, 1), E: (0, 2), b: (0, 2), n: sp.Range(2, 4), k: sp.Range(1, n + 1)})
MOTION = Domain({m: (0, 5), w: (0, 5), A: (-2, 2)})
ENTROPY = -Sigma(p[k] * sp.log(p[k]), (k, 1, n))
TOTAL = Sigma(p[k], (k, 1, n))
FREE = ENTROPY - b * Sigma(p[k] * E[k], (k, 1, n))
Z = Sigma(sp.exp(-b * E[k]), (k, 1, n))
OSCILLATOR = sp.Integral(m * q.diff(t) ** 2 / 2 - m * w**2 * q**2 / 2, (t, 0, 1))
KINK = sp.Integral(q.diff(t) ** 2 / 2 + (q**2 - 1) ** 2 / 4, (t, -sp.oo, sp.oo))
STRING = sp.Integral(field.diff(t) ** 2 / 2 - field.diff(x) ** 2 / 2, (t, -sp.oo, sp.oo), (x, -sp.oo, sp.oo))
CHANCE = sp.Function("p", positive=True)(t)
LEVEL, (c, d) = sp.Function("E", real=True)(t), sp.symbols("c d", real=True)
MULTIPLIED = (
    sp.Integral(-CHANCE * sp.log(CHANCE) - c * LEVEL * CHANCE, (t, 0, 1))
    + a * c
    - d * (sp.Integral(CHANCE, (t, 0, 1)) - 1)
)
MULTIPLIERS = Domain({a: sp.S.Reals, c: sp.S.Reals, d: sp.S.Reals})
POTENTIAL = sp.Integral(q.diff(t) ** 2 / 2 - V(q), (t, 0, 1))


def line(at, total=2 * a) -> Stationarity:
    return Stationarity(x * y, PLANE, variables=(x, y), at=at, constraints=(x + y - total,))


def chances(action, domain, value) -> Stationarity:
    return Stationarity(action, domain, variables=(p[k],), at={p[k]: value}, constraints=(TOTAL - 1,))


def motion(action, key, value, domain=MOTION, variable=q) -> Stationarity:
    return Stationarity(action, domain, variables=(variable,), at={key: value})


RIGHT = {
    "the middle of a line": (line({x: a, y: a}), "proved"),
    "a point of a circle": (
        Stationarity(
            x + y,
            PLANE,
            variables=(x, y),
            at={x: a / sp.sqrt(2), y: a / sp.sqrt(2)},
            constraints=(sp.Eq(x**2 + y**2, a**2),),
        ),
        "proved",
    ),
    "maximum entropy": (chances(ENTROPY, CHANCES, 1 / n), "proved"),
    "Boltzmann weights": (chances(FREE, LEVELS, sp.exp(-b * E[k]) / Z), "proved"),
    "an oscillation": (motion(OSCILLATOR, q, A * sp.cos(w * t)), "proved"),
    "an equation of motion": (motion(OSCILLATOR, q.diff(t, 2), -(w**2) * q), "proved"),
    "a kink": (motion(KINK, q, sp.tanh(t / sp.sqrt(2)), Domain({})), "proved"),
    "a wave": (motion(STRING, field, sp.sin(w * (x - t)), Domain({w: (0, 1)}), field), "proved"),
    "any potential": (motion(POTENTIAL, q.diff(t, 2), -V(q).diff(q), Domain({})), "proved"),
    "a functional beside what its multipliers fix": (
        motion(MULTIPLIED, CHANCE, sp.exp(-c * LEVEL - 1 - d), MULTIPLIERS, CHANCE),
        "proved",
    ),
}
WRONG = {
    "off the constraint": line({x: a, y: a}, a),
    "on the line but not its middle": line({x: a / 2, y: 3 * a / 2}),
    "unequal chances": chances(ENTROPY, CHANCES, 2 * k / (n * (n + 1))),
    "twice the temperature": chances(FREE, LEVELS, sp.exp(-2 * b * E[k]) / Sigma(sp.exp(-2 * b * E[k]), (k, 1, n))),
    "weights that are not normalized": chances(FREE, LEVELS, sp.exp(-b * E[k])),
    "a wrong frequency": motion(OSCILLATOR, q, A * sp.cos(2 * w * t)),
    "an equation of motion with a sign": motion(OSCILLATOR, q.diff(t, 2), w**2 * q),
    "a kink that is too wide": motion(KINK, q, sp.tanh(t / 2), Domain({})),
    "a multiplier of another size": motion(MULTIPLIED, CHANCE, sp.exp(-2 * c * LEVEL - 1 - d), MULTIPLIERS, CHANCE),
    "a multiplier with a sign": motion(MULTIPLIED, CHANCE, sp.exp(-c * LEVEL - 1 + d), MULTIPLIERS, CHANCE),
    "a functional with a lost one": motion(MULTIPLIED, CHANCE, sp.exp(-c * LEVEL - d), MULTIPLIERS, CHANCE),
    "a wave that is too fast": motion(STRING, field, sp.sin(w * (x - 2 * t)), Domain({w: (0, 1)}), field),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_stationary_point_is_accepted(name: str) -> None:
    statement, status = RIGHT[name]
    assert verify(statement).status == status


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_stationary_point_is_refuted(name: str) -> None:
    assert verify(WRONG[name]).status == "refuted"


def test_without_independent_gradients_multipliers_are_not_claimed() -> None:
    claim = Stationarity(x + y, PLANE, variables=(x, y), at={x: 0, y: 0}, constraints=(x**2 + y**2,))
    assert verify(claim).status == "inconclusive"


def test_an_action_that_is_not_local_stays_undecided() -> None:
    claim = motion(sp.Integral(q, (t, 0, 1)) ** 2, q, sp.Integer(0), Domain({}))
    assert verify(claim).status == "inconclusive"


def test_an_action_over_other_coordinates_stays_undecided() -> None:
    claim = Stationarity(sp.Integral(q**2, (x, 0, 1)), Domain({t: (0, 1)}), variables=(q,), at={q: 0})
    assert verify(claim).status == "inconclusive"


def test_a_proof_names_the_condition_at_the_ends() -> None:
    verdict = verify(RIGHT["an oscillation"][0])
    assert any("vanish at the ends" in e.reason for e in verdict.evidence)


def test_slips_in_a_stationary_field_are_refuted() -> None:
    claim = RIGHT["a kink"][0]
    changed = [slip.changed for slip in mutated_statements(claim)]
    assert changed
    # the opposite of a kink is a kink
    held = {other.at[0][1] for other in changed if verify(other).status != "refuted"}
    assert held <= {-sp.tanh(t / sp.sqrt(2))}


def test_constraints_of_a_functional_belong_into_its_density() -> None:
    with pytest.raises(ValueError, match="density"):
        Stationarity(OSCILLATOR, MOTION, variables=(q,), at={}, constraints=(q,))


def test_constraints_and_fields_are_printed() -> None:
    assert statement_text(line({x: a, y: a})).endswith("= 0 at x = a, y = a under -2*a + x + y = 0")
    assert r"\frac{\delta}{\delta \phi" in statement_latex(RIGHT["an oscillation"][0])


@pytest.mark.parametrize(("high", "status"), [(3, "proved"), (5, "refuted"), (sp.oo, "refuted")])
def test_a_stationary_point_lies_in_the_domain(high, status):
    claim = Stationarity(-(x**2) - a * x, Domain({x: (-2, 2), a: (0, high)}), variables=(x,), at={x: -a / 2})
    assert verify(claim).status == status
