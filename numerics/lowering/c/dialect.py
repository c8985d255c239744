"""How an expression is written in C."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from numerics.lowering.dialect import Dialect
from numerics.lowering.nodes import (
    Erfc,
    ExpMinusOne,
    LogAddExp,
    LogCosh,
    LogErfc,
    LogHalfErfc,
    Logistic,
    LogOnePlus,
    LogTwoCosh,
    ScaledErfc,
)

FUNCTIONS: dict[Any, str] = {
    sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan",
    sp.asin: "asin", sp.acos: "acos", sp.atan: "atan", sp.atan2: "atan2",
    sp.sinh: "sinh", sp.cosh: "cosh", sp.tanh: "tanh", sp.asinh: "asinh", sp.acosh: "acosh", sp.atanh: "atanh",
    sp.Abs: "fabs", sp.sign: "sign", sp.floor: "floor", sp.ceiling: "ceil", sp.Heaviside: "heaviside",
    sp.erf: "erf", Erfc: "erfc", sp.gamma: "tgamma", sp.loggamma: "lgamma",
    sp.sech: "sech", LogCosh: "log_cosh", LogTwoCosh: "log_two_cosh", LogErfc: "log_erfc",
    LogHalfErfc: "log_half_erfc", Logistic: "logistic",
    ScaledErfc: "erfcx", LogAddExp: "log_add_exp", LogOnePlus: "log1p", ExpMinusOne: "expm1",
}  # fmt: skip


def _assignment(name: str, text: str, remark: str) -> str:
    return f"const double {name} = {text};" + (f"  /* {remark} */" if remark else "")


STRICT = Dialect(
    language="C",
    functions=FUNCTIONS,
    sqrt="sqrt", cbrt="cbrt", exp2="exp2", power="pow", maximum="maximum", minimum="minimum",
    infinity="INFINITY", nan="NAN", true="1", false="0",
    both=" && ", either=" || ", negation="!",
    folds_quotients=False,
    whole=lambda value: f"{float(value)!r}",
    choice=lambda condition, value, other: f"({condition} ? {value} : {other})",
    assignment=_assignment,
)  # fmt: skip
FAST = replace(STRICT, folds_quotients=True)
