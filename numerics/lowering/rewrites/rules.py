"""The rules in their order, and the pass that applies them from the leaves up until none answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sympy as sp

from numerics.lowering.nodes import spelled_out
from numerics.lowering.rewrites.complements import (
    complements,
    complements_of_powers,
    log_near_one,
    mirrored_tail,
    power_minus_one,
)
from numerics.lowering.rewrites.differences import (
    differences,
    mixed_logarithms,
    power_difference,
    reciprocals,
    squared_difference,
)
from numerics.lowering.rewrites.entropies import mode_entropy, relative_entropy, spin_entropy, times_log
from numerics.lowering.rewrites.exponentials import (
    exponential_over_sum,
    exponential_products,
    hyperbolic_exponential,
    hyperbolic_pairs,
    own_erfc,
    reciprocal_cosh,
    reciprocal_logistic,
)
from numerics.lowering.rewrites.logarithm_differences import logarithm_differences
from numerics.lowering.rewrites.logarithms import (
    log_of_exponentials,
    log_of_half_erfc,
    log_of_hypotenuse,
    log_of_power,
    log_of_product,
    log_of_quotient,
    log_of_sum_less_exponent,
    log_of_two_cosh,
    log_one_plus,
    logarithm_less_exponent,
)
from numerics.lowering.rewrites.powers import power_near_one, power_of_one_plus
from numerics.lowering.rewrites.quotients import vanishing_quotient
from numerics.lowering.rewrites.ranges import within_range
from numerics.lowering.rewrites.roots import (
    angle_of_product,
    complementary_angle,
    conjugate_root,
    hypotenuse,
    inverse_at_branch_point,
    inverse_of_function,
    inverse_of_tail,
    root_of_squares,
    side_over_hypotenuse,
    square_over_factor,
)
from numerics.lowering.rewrites.scales import overflowing_logarithm, overflowing_power, overflowing_product
from numerics.lowering.special_differences import DIFFERENCE_RULES
from numerics.lowering.special_forms import SPECIAL_RULES
from numerics.lowering.special_gammas import GAMMA_RULES, stirling_sum
from numerics.lowering.special_products import PRODUCT_RULES

Rule = Callable[[Any], Any]
"""The better form of a node whose arguments have been rewritten already, or None."""

RULES: tuple[Rule, ...] = (
    own_erfc,
    *SPECIAL_RULES,
    *PRODUCT_RULES,
    *DIFFERENCE_RULES,
    *GAMMA_RULES,
    inverse_at_branch_point,
    inverse_of_function,
    inverse_of_tail,
    angle_of_product,
    root_of_squares,
    hypotenuse,
    square_over_factor,
    reciprocal_cosh,
    reciprocal_logistic,
    exponential_products,
    exponential_over_sum,
    overflowing_power,
    power_of_one_plus,
    power_near_one,
    overflowing_product,
    hyperbolic_pairs,
    hyperbolic_exponential,
    complements,
    complements_of_powers,
    mirrored_tail,
    power_minus_one,
    power_difference,
    complementary_angle,
    vanishing_quotient,
    squared_difference,
    differences,
    mixed_logarithms,
    logarithm_differences,
    reciprocals,
    side_over_hypotenuse,
    conjugate_root,
    spin_entropy,
    mode_entropy,
    logarithm_less_exponent,
    log_of_power,
    log_of_hypotenuse,
    log_of_half_erfc,
    log_of_two_cosh,
    log_of_quotient,
    log_of_product,
    log_of_exponentials,
    log_near_one,
    overflowing_logarithm,
    log_one_plus,
    times_log,
)
"""In this order: what is a function by itself comes before what only shifts exponents, and logarithms of sums are
looked at after products have been taken out of them."""

OUTERMOST: tuple[Rule, ...] = (
    overflowing_power,
    stirling_sum,
    relative_entropy,
    log_of_sum_less_exponent,
    log_of_half_erfc,
    log_of_two_cosh,
    log_of_product,
)
"""These look at a node before its arguments are rewritten: a logarithm needs no product that does not overflow, and
quotients and sums of exponentials are then as they were written."""


def by_rules(expression: sp.Basic) -> Any:
    """The expression with every rule applied, and its products kept within the range of doubles; symbols are real."""
    return within_range(rewritten(expression))


@lru_cache(maxsize=4096)  # subexpressions come back in derived formulas
def rewritten(expression: sp.Basic) -> Any:
    """The expression with every rule applied."""
    # Constants are left as they are: they become literals, evaluated to as many digits as they need.
    if not expression.args or isinstance(expression, sp.Indexed) or getattr(expression, "is_number", False):
        return spelled_out(expression) if expression.args else expression
    for rule in OUTERMOST:
        better = rule(expression)
        if better is not None:
            return rewritten(better)
    arguments = tuple(rewritten(a) for a in expression.args)
    node: Any = expression if arguments == expression.args else expression.func(*arguments)
    for rule in RULES:
        better = rule(node)
        if better is not None:
            return rewritten(better)
    return node
