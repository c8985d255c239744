"""How an expression is written with NumPy and SciPy."""

from __future__ import annotations

import keyword
from typing import Any

import sympy as sp

import numerics.lowering.special_nodes as special_nodes
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
    ScaledErfc,
    SinOver,
    SquareOver,
    TimesLog,
    TimesLogOnePlus,
)
from numerics.lowering.special_tables import SERIES

VERSION = 2
"""Part of what a stored result depends on; raised when the same expression gives another program."""

ELEMENTARY: dict[Any, str] = {
    sp.exp: "np.exp", sp.log: "np.log", sp.sin: "np.sin", sp.cos: "np.cos", sp.tan: "np.tan",
    sp.asin: "np.arcsin", sp.acos: "np.arccos", sp.atan: "np.arctan", sp.atan2: "np.arctan2",
    sp.sinh: "np.sinh", sp.cosh: "np.cosh", sp.tanh: "np.tanh",
    sp.asinh: "np.arcsinh", sp.acosh: "np.arccosh", sp.atanh: "np.arctanh",
    sp.Abs: "np.abs", sp.sign: "np.sign", sp.floor: "np.floor", sp.ceiling: "np.ceil", sp.Heaviside: "np.heaviside",
    sp.Mod: "np.mod", sp.erf: "special.erf", Erfc: "special.erfc",
    sp.sech: "sech", LogCosh: "log_cosh", LogTwoCosh: "log_two_cosh", LogErfc: "log_erfc", LogHalfErfc: "log_half_erfc",
    Logistic: "logistic", LogNear: "log_near", ErfDifference: "erf_difference",
    TimesLog: "special.xlogy", TimesLogOnePlus: "special.xlog1py",
    LogAddExp: "np.logaddexp", LogOnePlus: "np.log1p", ExpMinusOne: "np.expm1",
    ExpMinusOneOver: "exp_minus_one_over", LogOnePlusOver: "log_one_plus_over", SinOver: "sin_over",
    Hypotenuse: "np.hypot", SquareOver: "square_over",
}  # fmt: skip
"""Those without a dot are of `numerics.lowering.stable_functions`."""

SPECIAL: dict[Any, str] = {
    sp.erfinv: "special.erfinv", sp.erfcinv: "special.erfcinv", special_nodes.ExpSquare: "exp_square",
    special_nodes.Distance: "distance", sp.gamma: "special.gamma",
    special_nodes.GammaRatio: "gamma_ratio", special_nodes.Digamma: "special.digamma",
    sp.polygamma: "special.polygamma", sp.beta: "special.beta",
    sp.binomial: "special.binom",
    special_nodes.RegularizedLowerGamma: "special.gammainc", special_nodes.RegularizedUpperGamma: "special.gammaincc",
    special_nodes.RegularizedBeta: "special.betainc", special_nodes.BesselJ0: "bessel_j0",
    special_nodes.BesselJ1: "bessel_j1", special_nodes.WholeBesselJ: "bessel_j", sp.besselj: "bessel_j",
    special_nodes.BesselY0: "bessel_y0", special_nodes.BesselY1: "bessel_y1",
    special_nodes.WholeBesselY: "bessel_y", sp.bessely: "bessel_y",
    sp.besseli: "special.iv", sp.besselk: "bessel_k",
    special_nodes.ScaledBesselI: "special.ive", special_nodes.ScaledBesselK: "special.kve",
    sp.jn: "special.spherical_jn", sp.yn: "special.spherical_yn", sp.airyai: "airy_ai", sp.airybi: "airy_bi",
    sp.airyaiprime: "airy_ai_prime", sp.airybiprime: "airy_bi_prime",
    sp.expint: "special.expn", sp.Si: "sine_integral",
    sp.Ci: "cosine_integral", sp.Shi: "hyperbolic_sine_integral", sp.Chi: "hyperbolic_cosine_integral",
    sp.fresnels: "fresnel_sine", sp.fresnelc: "fresnel_cosine", sp.zeta: "special.zeta",
    sp.elliptic_k: "special.ellipk", special_nodes.EllipticComplement: "special.ellipkm1",
    sp.elliptic_f: "special.ellipkinc", sp.elliptic_e: "elliptic_e",
    special_nodes.LambertPrincipal: "lambert_principal", special_nodes.LambertLower: "lambert_lower",
    special_nodes.Hyper0F1: "special.hyp0f1", special_nodes.Hyper1F1: "special.hyp1f1",
    special_nodes.Hyper2F1: "special.hyp2f1", sp.legendre: "legendre", sp.chebyshevt: "chebyshev_t",
    sp.chebyshevu: "chebyshev_u", sp.hermite: "hermite", sp.laguerre: "laguerre",
    sp.assoc_laguerre: "associated_laguerre", sp.gegenbauer: "gegenbauer", sp.jacobi: "jacobi",
}  # fmt: skip
"""Those without a dot are of `numerics.lowering.special_functions`."""

_OWN = (
    ScaledErfc, sp.erfi, sp.loggamma, sp.Ei,
    special_nodes.ExponentialIntegral, special_nodes.Dawson, special_nodes.Dilogarithm,
    special_nodes.LogGamma, special_nodes.LogAbsGamma, special_nodes.LogFactorial, special_nodes.LogBesselI0,
    special_nodes.ExpDilogarithm, special_nodes.FermiDilogarithm, special_nodes.ComplementDilogarithm,
    special_nodes.LogOnePlusGap, special_nodes.StirlingRemainder, special_nodes.DigammaGap,
    special_nodes.LogGammaDifference, special_nodes.DigammaDifference, special_nodes.LogBeta, special_nodes.LogBinomial,
    special_nodes.LogScaledBesselI0, special_nodes.BesselQuotientGap, special_nodes.ScaledErfcGap,
    special_nodes.Trigamma, special_nodes.BesselI0, special_nodes.BesselI1,
    special_nodes.ScaledBesselI0, special_nodes.ScaledBesselI1,
    special_nodes.ScaledBesselK0, special_nodes.ScaledBesselK1, special_nodes.BesselK0, special_nodes.BesselK1,
)  # fmt: skip
DEFINED = {node: FORMULAS[node][0] for node in _OWN} | SERIES
"""Those that SciPy lacks, or has with fewer digits: of `numerics.lowering.definitions`, with their tables."""

FUNCTIONS = ELEMENTARY | SPECIAL | DEFINED
MODULES = {
    name: f"numerics.lowering.{module}"
    for table, module in (
        (ELEMENTARY, "stable_functions"),
        (SPECIAL, "special_functions"),
        (DEFINED, "defined_functions"),
    )
    for name in table.values()
    if "." not in name
} | dict.fromkeys(("loop_start", "loop_indices", "loop_add", "loop_total"), "numerics.lowering.loop_functions")
"""Where each function of ours is defined."""
RESERVED = frozenset({*keyword.kwlist, "np", "special", "lowered", *MODULES})
"""Identifiers that no argument of a NumPy source may have."""


REMEDIES: dict[Any, str] = {
    sp.DiracDelta: "carry the integral over it out first; by itself it has no values",
    **dict.fromkeys((sp.hankel1, sp.hankel2), "lower its real part besselj and its imaginary part bessely"),
    sp.LambertW: "only the branches 0 and -1 are real",
    sp.polylog: "only whole orders up to 2 have a program: write others as a sum or an integral",
    sp.meijerg: "write it by hyper first, with hyperexpand",
    sp.hyper: "only the series 0F1, 1F1 and 2F1 have a program: write others as a sum or an integral",
    sp.harmonic: "only the order 1 has a program: write others by zeta(s) - zeta(s, n + 1)",
}
"""What can be done about some functions that have no program."""


def _assignment(name: str, text: str, remark: str) -> str:
    return f"{name} = {text}" + (f"  # {remark}" if remark else "")


def _loop(loop: LoopCode) -> tuple[list[str], str]:
    total, index, low, high = loop.total, loop.index, loop.low, loop.high
    neutral = "0.0" if loop.is_sum else "1.0"
    start = neutral if loop.is_concrete else f"loop_start({low}, {high}, {neutral})"
    value = (
        loop.value
        if loop.is_concrete
        else f"np.where(({low} <= {index}) & ({index} <= {high}), {loop.value}, {neutral})"
    )
    head = [f"{total} = {start}", *([f"{total}_rest = 0.0"] if loop.is_sum else [])]
    step = (
        f"{total}, {total}_rest = loop_add({total}, {total}_rest, {value})"
        if loop.is_sum
        else f"{total} = {total}*{value}"
    )
    inner = ["    " + line for line in (*loop.lines, step)]
    result = f"loop_total({total}, {total}_rest)" if loop.is_sum else total
    return [*head, f"for {index} in loop_indices({low}, {high}):", *inner], result


NUMPY = Dialect(
    language="NumPy",
    functions=FUNCTIONS,
    sqrt="np.sqrt", cbrt="np.cbrt", exp2="np.exp2", power="np.power", maximum="np.maximum", minimum="np.minimum",
    infinity="np.inf", nan="np.nan", true="True", false="False",
    both=" & ", either=" | ", negation="np.logical_not",
    folds_quotients=False,
    fuses=False,
    whole=str,
    choice=lambda condition, value, other: f"np.where({condition}, {value}, {other})",
    assignment=_assignment,
    loop=_loop,
    remedies=REMEDIES,
)  # fmt: skip
