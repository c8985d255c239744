"""Means over discrete, Gaussian and Markov randomness: right values are accepted, wrong ones and wrong laws are not."""

import pytest
import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.mutation import mutated_statements
from derivations.engine.verify import verify
from theory.domain import Domain
from theory.laws import Discrete, Gaussian, MarkovPath
from theory.printing import statement_latex, statement_text
from theory.statements import EnsembleMean
from theory.sums import Sigma

p, b, a, c, m, v, x, y = sp.symbols("p beta a c m v x y")
k, t, n, T = sp.symbols("k t n T", integer=True)
spin, other = sp.symbols("sigma tau")
s, level = sp.IndexedBase("s"), sp.IndexedBase("lambda")
half = sp.Rational(1, 2)
SETS = {p: (0, 1), b: (0, 1), a: (0, 1), c: (-1, 1), m: (-1, 1), v: (0, 2)}
BIASED = {spin: {1: p, -1: 1 - p}}
FAIR = {1: half, -1: half}
FLIPS = sp.Matrix([[1 - p, p], [p, 1 - p]])
PAIR = Gaussian((x, y), 0, sp.Matrix([[1, c], [c, 1]]))


def boltzmann(energy, sign):
    return sp.exp(-b * energy * sign) / (2 * sp.cosh(b * energy))


HEAT_BATH = sp.Matrix([[boltzmann(level[t + 1], 1), boltzmann(level[t + 1], -1)]] * 2)
START = {1: boltzmann(level[0], 1), -1: boltzmann(level[0], -1)}
WORK = Sigma((level[k + 1] - level[k]) * s[k], (k, 0, T - 1))
PROTOCOL = MarkovPath(s, T, initial=START, transition=HEAT_BATH, time=t)

# expression, laws, mean, status, wrong means
MEANS = {
    "a biased spin": (spin, BIASED, 2 * p - 1, "proved", [1 - 2 * p, p, 0]),
    "a function of a spin": (
        sp.tanh(b + spin),
        BIASED,
        p * sp.tanh(b + 1) + (1 - p) * sp.tanh(b - 1),
        "proved",
        [sp.tanh(b + 2 * p - 1), (1 - p) * sp.tanh(b + 1) + p * sp.tanh(b - 1)],
    ),
    "a Gaussian's generating function": (
        sp.exp(a * x),
        {x: (m, v)},
        sp.exp(a * m + a**2 * v / 2),
        "proved",
        [sp.exp(a * m + a**2 * v), sp.exp(a * m - a**2 * v / 2), sp.exp(a**2 * v / 2)],
    ),
    "Isserlis for a pair": (x**2 * y**2, PAIR, 1 + 2 * c**2, "proved", [1 + c**2, 2 * c**2, 3]),
    "a variable that follows another": (
        spin * other,
        (Discrete(spin, {1: p, -1: 1 - p}), Discrete(other, {1: (1 + spin * c) / 2, -1: (1 - spin * c) / 2})),
        c,
        "proved",
        [c * (2 * p - 1), 1],
    ),
    "a chain of three steps": (
        s[0] * s[3],
        MarkovPath(s, 3, initial=FAIR, transition=FLIPS),
        (1 - 2 * p) ** 3,
        "proved",
        [(1 - 2 * p) ** 4, (1 - p) ** 3],
    ),
    "a chain of any length": (
        s[0] * s[T],
        MarkovPath(s, T, initial=FAIR, transition=FLIPS),
        (1 - 2 * p) ** T,
        "enumerated",
        [(1 - 2 * p) ** (T - 1), (1 - 2 * p) * T],
    ),
    "many independent spins": (Sigma(s[k], (k, 1, n)) ** 2, Discrete(s, FAIR, (k, 1, n)), n, "enumerated", [n**2, 1]),
    "many biased spins": (
        Sigma(s[k], (k, 1, n)),
        Discrete(s, {1: p, -1: 1 - p}, (k, 1, n)),
        n * (2 * p - 1),
        "enumerated",
        [n * p],
    ),
    "a partition function": (
        sp.exp(b * Sigma(s[k], (k, 1, n))),
        Discrete(s, FAIR, (k, 1, n)),
        sp.cosh(b) ** n,
        "proved",
        [sp.cosh(b), (2 * sp.cosh(b)) ** n],
    ),
    "Jarzynski": (
        sp.exp(-b * WORK),
        PROTOCOL,
        sp.cosh(b * level[T]) / sp.cosh(b * level[0]),
        "enumerated",
        [sp.cosh(b * level[0]) / sp.cosh(b * level[T]), 1],
    ),
}
WRONG = [(name, place) for name, claim in MEANS.items() for place in range(len(claim[-1]))]


def statement(expression, over, mean) -> EnsembleMean:
    sets = {**SETS, T: sp.Range(1, sp.oo), n: sp.Range(1, sp.oo), level: (0, 2)}
    return EnsembleMean(expression, mean, Domain(sets), over=over)


def small(expression, over, mean) -> EnsembleMean:
    """With no more in the domain than it needs: sizes that do not occur make instances of proofs."""
    whole = statement(expression, over, mean)
    used = set().union(*(e.free_symbols for e in whole.expressions()))
    kept = {k: v for k, v in whole.domain.sets.items() if k in used or getattr(k, "label", None) in used}
    return whole.replaced(domain=Domain(kept))


@pytest.mark.parametrize("name", MEANS)
def test_a_right_mean_is_accepted(name: str) -> None:
    expression, over, mean, status, _ = MEANS[name]
    assert verify(small(expression, over, mean)).status == status


@pytest.mark.parametrize(("name", "place"), WRONG)
def test_a_wrong_mean_is_refuted(name: str, place: int) -> None:
    expression, over, _, _, wrong = MEANS[name]
    assert verify(small(expression, over, wrong[place])).status == "refuted"


@pytest.mark.parametrize(
    ("over", "word"),
    [
        ({spin: {1: 2 * p, -1: 1 - p}}, "sum to 1"),
        ({spin: {1: 2 * p, -1: 1 - 2 * p}}, "negative"),
        (Gaussian((spin, y), 0, sp.Matrix([[1, 3 * c], [3 * c, 1]])), "negative"),
        ((Discrete(x, FAIR), Discrete(spin, {1: half + x, -1: half - x})), "not proved to be nonnegative"),
    ],
)
def test_what_is_no_law_decides_nothing(over, word: str) -> None:
    verdict = verify(EnsembleMean(spin, 0, Domain({p: (0, 1), c: (-1, 1)}), over=over))
    assert verdict.status == "inconclusive"
    assert word in verdict.reason


def test_a_mean_that_is_infinite_is_undecided() -> None:
    claim = EnsembleMean(1 / spin, p, Domain({p: (0, 1)}), over={spin: {1: p, 0: 1 - p}})
    assert verify(claim).holds is None


def test_numbers_that_are_no_probabilities_are_refused() -> None:
    with pytest.raises(ValueError, match="sum to 3/2"):
        Discrete(spin, {1: 1, -1: half})
    with pytest.raises(ValueError, match="not negative"):
        Discrete(spin, {1: sp.Rational(3, 2), -1: -half})
    with pytest.raises(ValueError, match="sum to"):
        MarkovPath(s, 2, initial=FAIR, transition=sp.Matrix([[half, half], [half, 1]]))
    with pytest.raises(ValueError, match="symmetric"):
        Gaussian((x, y), 0, sp.Matrix([[1, 0], [1, 1]]))


def test_a_random_variable_is_not_in_the_domain() -> None:
    with pytest.raises(ValueError, match="random"):
        EnsembleMean(spin, 0, Domain({spin: (0, 1)}), over={spin: FAIR})
    with pytest.raises(ValueError, match="declared positive"):
        bent = sp.Symbol("u", positive=True)
        EnsembleMean(sp.sqrt(bent**2), 0, Domain({}), over={bent: FAIR})


def test_the_name_of_a_random_variable_is_no_part_of_the_claim() -> None:
    domain = Domain({p: (0, 1)})
    first = EnsembleMean(spin, 2 * p - 1, domain, over=BIASED)
    second = EnsembleMean(other, 2 * p - 1, domain, over={other: {1: p, -1: 1 - p}})
    third = EnsembleMean(spin, 2 * p - 1, domain, over={spin: {1: 1 - p, -1: p}})
    assert claim_hash(first) == claim_hash(second) != claim_hash(third)


def test_slips_in_the_value_are_refuted() -> None:
    claim = EnsembleMean(spin, 2 * p - 1, Domain({p: (0, 1)}), over=BIASED)
    changed = {slip.text: slip.changed for slip in mutated_statements(claim)}
    assert len(changed) > 5
    assert {verify(other).status for other in changed.values()} == {"refuted"}


def test_a_mean_is_printed_with_its_laws() -> None:
    claim = EnsembleMean(spin, 2 * p - 1, Domain({p: (0, 1)}), over=BIASED)
    assert statement_text(claim) == "E_{σ}[σ] = 2*p - 1 for σ = 1 (p), -1 (1 - p)"
    assert r"\mathbb{E}_{\sigma}" in statement_latex(claim)
    assert "N(m, v)" in statement_text(EnsembleMean(x, m, Domain(SETS), over={x: (m, v)}))
    assert "s[T]" in statement_text(statement(*MEANS["Jarzynski"][:3]))


def test_probabilities_are_checked_at_the_slots_that_there_are() -> None:
    family = Discrete(s, {1: k / 4, -1: 1 - k / 4}, (k, 1, n))
    claim = EnsembleMean(Sigma(s[k], (k, 1, n)), Sigma(k / 2 - 1, (k, 1, n)), Domain({n: sp.Range(1, 5)}), over=family)
    assert verify(claim).status == "enumerated"
    assert verify(claim.replaced(value=Sigma(k / 2, (k, 1, n)))).status == "refuted"
    assert verify(claim.replaced(domain=Domain({n: sp.Range(1, sp.oo)}))).status == "inconclusive"


def test_a_law_that_is_none_close_to_an_end_of_the_domain_decides_nothing() -> None:
    beyond = sp.Rational(1000001, 10**6)
    claim = EnsembleMean(x**2 * y**2, 1 + 2 * c**2, Domain({c: (-1, 1)}), over=PAIR)
    assert verify(claim).status == "proved"
    assert verify(claim.replaced(domain=Domain({c: (-1, beyond)}))).status == "inconclusive"
    spins = EnsembleMean(spin, 2 * p - 1, Domain({p: (0, beyond)}), over=BIASED)
    assert verify(spins).status == "inconclusive"
