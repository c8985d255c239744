"""How an expression is written with NumPy and SciPy."""

from __future__ import annotations

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

VERSION = 1
"""Part of what a stored result depends on; raised when the same expression gives another program."""

FUNCTIONS: dict[Any, str] = {
    sp.exp: "np.exp", sp.log: "np.log", sp.sin: "np.sin", sp.cos: "np.cos", sp.tan: "np.tan",
    sp.asin: "np.arcsin", sp.acos: "np.arccos", sp.atan: "np.arctan", sp.atan2: "np.arctan2",
    sp.sinh: "np.sinh", sp.cosh: "np.cosh", sp.tanh: "np.tanh",
    sp.asinh: "np.arcsinh", sp.acosh: "np.arccosh", sp.atanh: "np.arctanh",
    sp.Abs: "np.abs", sp.sign: "np.sign", sp.floor: "np.floor", sp.ceiling: "np.ceil", sp.Heaviside: "np.heaviside",
    sp.erf: "special.erf", Erfc: "special.erfc", sp.erfinv: "special.erfinv", sp.erfcinv: "special.erfcinv",
    sp.gamma: "special.gamma", sp.loggamma: "special.gammaln",
    sp.sech: "sech", LogCosh: "log_cosh", LogTwoCosh: "log_two_cosh", LogErfc: "log_erfc", LogHalfErfc: "log_half_erfc",
    Logistic: "logistic",
    ScaledErfc: "special.erfcx", LogAddExp: "np.logaddexp", LogOnePlus: "np.log1p", ExpMinusOne: "np.expm1",
}  # fmt: skip


def _assignment(name: str, text: str, remark: str) -> str:
    return f"{name} = {text}" + (f"  # {remark}" if remark else "")


NUMPY = Dialect(
    language="NumPy",
    functions=FUNCTIONS,
    sqrt="np.sqrt", cbrt="np.cbrt", exp2="np.exp2", power="np.power", maximum="np.maximum", minimum="np.minimum",
    infinity="np.inf", nan="np.nan", true="True", false="False",
    both=" & ", either=" | ", negation="np.logical_not",
    folds_quotients=False,
    whole=str,
    choice=lambda condition, value, other: f"np.where({condition}, {value}, {other})",
    assignment=_assignment,
)  # fmt: skip
