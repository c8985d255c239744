"""The average over each family of quenched variables, by the rule of its law."""

from __future__ import annotations

from typing import Any

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.rules.gaussian_average import gaussian_average
from derivations.rules.pattern_average import linearize_patterns, pattern_average, second_order
from theory.models.disordered import Disorder, DisorderedModel, GaussianCouplings, GaussianPatterns
from theory.models.replica_symbols import n_replicas
from theory.symbols import family

PATTERN_FIELD = family("x", real=True)


def averaged_over(
    d: Derivation, replicas: Step, model: DisorderedModel, piece: Disorder, *, name: str, oracle: Any = None
) -> Step:
    """The replicated partition function averaged over one family, under the given name."""
    if isinstance(piece, GaussianCouplings):
        return d.apply(gaussian_average, replicas, model=model, couplings=piece, name=name, oracle=oracle)
    weight = d.apply(
        linearize_patterns, replicas, model=model, patterns=piece, field=PATTERN_FIELD, name="fields of the patterns"
    )
    averaged = d.apply(pattern_average, weight, replicas, patterns=piece, name=name, oracle=oracle)
    if isinstance(piece, GaussianPatterns):
        return averaged
    beta = model.inverse_temperature
    return d.apply(
        second_order, averaged, n_replicas=n_replicas, inverse_temperature=beta, name=f"{name} for many sites"
    )
