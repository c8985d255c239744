"""How an expression is written in C."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

import numerics.lowering.numpy_dialect as numpy_dialect
import numerics.lowering.special_nodes as special
from numerics.lowering.definitions import FORMULAS
from numerics.lowering.dialect import Dialect, LoopCode
from numerics.lowering.nodes import (
    Erfc,
    ErfDifference,
    ExpMinusOne,
    ExpMinusOneOver,
    Hypotenuse,
    LogAddExp,
    LogCosh,
    LogErfc,
    LogHalfErfc,
    Logistic,
    LogNear,
    LogOnePlus,
    LogOnePlusOver,
    LogTwoCosh,
    SinOver,
    SquareOver,
    TimesLog,
    TimesLogOnePlus,
)
from numerics.lowering.special_tables import SERIES

FUNCTIONS: dict[Any, str] = {
    sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan",
    sp.asin: "asin", sp.acos: "acos", sp.atan: "atan", sp.atan2: "atan2",
    sp.sinh: "sinh", sp.cosh: "cosh", sp.tanh: "tanh", sp.asinh: "asinh", sp.acosh: "acosh", sp.atanh: "atanh",
    sp.Abs: "fabs", sp.sign: "sign", sp.floor: "floor", sp.ceiling: "ceil", sp.Heaviside: "heaviside",
    sp.Mod: "modulo", sp.erf: "erf", Erfc: "erfc",
    sp.sech: "sech", LogCosh: "log_cosh", LogTwoCosh: "log_two_cosh", LogErfc: "log_erfc",
    LogHalfErfc: "log_half_erfc", Logistic: "logistic", LogNear: "log_near", ErfDifference: "erf_difference",
    TimesLog: "times_log", TimesLogOnePlus: "times_log_one_plus",
    LogAddExp: "log_add_exp", LogOnePlus: "log1p", ExpMinusOne: "expm1",
    ExpMinusOneOver: "exp_minus_one_over", LogOnePlusOver: "log_one_plus_over", SinOver: "sin_over",
    Hypotenuse: "hypotenuse", SquareOver: "square_over",
    sp.gamma: "tgamma", special.ExpSquare: "exp_square",
    special.Distance: "distance",
    special.LambertPrincipal: "lambert_principal", special.LambertLower: "lambert_lower",
    special.BesselJ0: "j0", special.BesselJ1: "j1", special.WholeBesselJ: "bessel_j",
    special.BesselY0: "y0", special.BesselY1: "y1", special.WholeBesselY: "bessel_y",
    **{node: name for node, (name, _) in FORMULAS.items()}, **SERIES,
}  # fmt: skip


REMEDIES = numpy_dialect.REMEDIES | {
    function: "C has no such function: use backend='numpy'"
    for function in numpy_dialect.FUNCTIONS
    if function not in FUNCTIONS
}


def _assignment(name: str, text: str, remark: str) -> str:
    return f"const double {name} = {text};" + (f"  /* {remark} */" if remark else "")


def _loop(loop: LoopCode) -> tuple[list[str], str]:
    total, index, low, high = loop.total, loop.index, loop.low, loop.high
    neutral = "0.0" if loop.is_sum else "1.0"
    start = neutral if loop.is_concrete else f"loop_start({low}, {high}, {neutral})"
    more = "" if loop.is_concrete else f" && {total} == {total}"
    rest = f", {total}_rest = 0.0" if loop.is_sum else ""
    step = f"loop_add(&{total}, &{total}_rest, {loop.value});" if loop.is_sum else f"{total} *= {loop.value};"
    lines = [
        f"double {total} = {start}{rest};",
        f"for (double {index} = {low}; {index} <= {high}{more}; {index} += 1.0) {{",
        *("    " + line for line in (*loop.lines, step)),
        "}",
    ]
    return lines, f"loop_total({total}, {total}_rest)" if loop.is_sum else total


STRICT = Dialect(
    language="C",
    functions=FUNCTIONS,
    sqrt="sqrt", cbrt="cbrt", exp2="exp2", power="pow", maximum="maximum", minimum="minimum",
    infinity="INFINITY", nan="NAN", true="1", false="0",
    both=" && ", either=" || ", negation="!",
    folds_quotients=False,
    fuses=False,
    whole=lambda value: f"{float(value)!r}",
    choice=lambda condition, value, other: f"({condition} ? {value} : {other})",
    assignment=_assignment,
    loop=_loop,
    remedies=REMEDIES,
)  # fmt: skip
FAST = replace(STRICT, folds_quotients=True, fuses=True, root_of_product="root_of_product")
