"""Functions of one or two real numbers that the C library lacks, as C text.

All are written without branches that a compiler could not turn into selections, so that loops over them vectorize.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from numerics.lowering.c.coefficients import scaled_erfc_coefficients

VECTOR_LIBM = (
    "exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
    "erf", "erfc", "cbrt", "exp2", "expm1", "log1p",
)  # fmt: skip
"""What glibc's libmvec has of one argument; of two: ``pow`` and ``atan2``."""
VECTOR_LIBM_OF_TWO = ("pow", "atan2")

_HELPERS: dict[str, str] = {
    "sign": """
/* -1, 0 or 1; NaN for NaN. */
static inline double sign(double x) { return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x; }
""",
    "heaviside": """
/* 0 below zero, h at zero, 1 above; NaN for NaN. */
static inline double heaviside(double x, double h) { return x > 0.0 ? 1.0 : x < 0.0 ? 0.0 : x == 0.0 ? h : x; }
""",
    "maximum": """
/* The larger one; NaN if either is. */
static inline double maximum(double x, double y) { return x > y || x != x ? x : y; }
""",
    "minimum": """
/* The smaller one; NaN if either is. */
static inline double minimum(double x, double y) { return x < y || x != x ? x : y; }
""",
    "sech": """
/* 1 / cosh(x). */
static inline double sech(double x) {
    const double decay = exp(-fabs(x));
    return 2.0*decay/(1.0 + decay*decay);
}
""",
    "logistic": """
/* 1 / (1 + exp(-x)). */
static inline double logistic(double x) {
    const double decay = exp(-fabs(x));
    return (x < 0.0 ? decay : 1.0)/(1.0 + decay);
}
""",
    "log_cosh": """
/* log(cosh(x)): log1p(2 sinh(x/2)^2) up to |x| = 1, by the series of sinh; |x| - log 2 + log1p(exp(-2 |x|)) above. */
static inline double log_cosh(double x) {
    const double size = fabs(x), half = 0.5*(size < 1.0 ? size : 1.0), square = half*half;
    const double sinh_half = half*(1.0 + square*(1.0/6.0 + square*(1.0/120.0 + square*(1.0/5040.0
        + square*(1.0/362880.0 + square*(1.0/39916800.0 + square*(1.0/6227020800.0)))))));
    const double decay = exp(-size);
    const double rest = log1p(size < 1.0 ? 2.0*sinh_half*sinh_half : decay*decay);
    return rest + (size < 1.0 ? 0.0 : size - 0.6931471805599453);
}
""",
    "log_two_cosh": """
/* log(2 cosh(x)). */
static inline double log_two_cosh(double x) {
    const double size = fabs(x);
    return size + log1p(exp(-2.0*size));
}
""",
    "log_add_exp": """
/* log(exp(x) + exp(y)). */
static inline double log_add_exp(double x, double y) {
    const double larger = x > y || x != x ? x : y;
    const double gap = x == y ? 0.0 : fabs(x - y);
    return larger + log1p(exp(-gap));
}
""",
    "erfcx": """
/* exp(x^2) erfc(x): (1 + 2 |x|) exp(x^2) erfc(|x|) is a Chebyshev series in (|x| - 15/4) / (|x| + 15/4)
   (Shepherd and Laframboise 1981), with coefficients from balls; 2 exp(x^2) - exp(x^2) erfc(-x) below zero. */
static inline double erfcx(double x) {
    const double size = fabs(x);
    const double t = size < 1e300 ? (size - 3.75)/(size + 3.75) : 1.0;
    double b0 = 0.0, b1 = 0.0, b2 = 0.0;
SERIES
    const double tail = 0.25*(b0 - b2)/(0.5 + size);
    const double square = x*x;
    const double low = square < 800.0 ? fma(x, x, -square) : 0.0;
    const double mirrored = 2.0*exp(square)*(1.0 + low) - tail;
    return x != x ? x : x < 0.0 ? mirrored : tail;
}
""",
    "log_erfc": """
/* log(erfc(x)): log1p(-erf(x)) below 1/2, log(erfcx(x)) - x^2 above, two terms of one sign. */
static inline double log_erfc(double x) {
    const double near = log1p(-erf(x < 0.5 ? x : 0.5));
    const double far = log(erfcx(x < 0.5 ? 0.5 : x)) - x*x;
    return x < 0.5 ? near : far;
}
""",
    "log_half_erfc": """
/* log(erfc(x) / 2): log1p(-erfc(-x) / 2) below 1/2, log(erfcx(x) / 2) - x^2 above. */
static inline double log_half_erfc(double x) {
    const double near = log1p(-0.5*erfc(x < 0.5 ? -x : -0.5));
    const double far = log(0.5*erfcx(x < 0.5 ? 0.5 : x)) - x*x;
    return x < 0.5 ? near : far;
}
""",
    "modulo": """
/* x - y floor(x / y), with the sign of y. */
static inline double modulo(double x, double y) {
    const double rest = fmod(x, y);
    return rest == 0.0 ? copysign(0.0, y) : (rest < 0.0) != (y < 0.0) ? rest + y : rest;
}
""",
    "erf_difference": """
/* erf(y) - erf(x), by tails where both lie on one side. */
static inline double erf_difference(double x, double y) {
    const double right = erfc(x) - erfc(y), left = erfc(-y) - erfc(-x), across = erf(y) - erf(x);
    return x > 0.0 && y > 0.0 ? right : x < 0.0 && y < 0.0 ? left : across;
}
""",
    "log_gamma": """
/* log(gamma(x)) for x >= 0; not a number below, where the principal branch is not real. */
static inline double log_gamma(double x) { return x >= 0.0 ? lgamma(x) : NAN; }
""",
    "log_of_gamma": """
/* log(gamma(x)); not a number where gamma is negative. */
static inline double log_of_gamma(double x) {
    const double below = floor(x);
    return x < 0.0 && (fmod(below, 2.0) != 0.0 || x == below) && x > -INFINITY ? NAN : lgamma(x);
}
""",
    **{
        name: f"""
/* Of POSIX, which C99 alone does not declare. */
double {name}({parameters});
"""
        for name, parameters in (
            ("j0", "double"),
            ("j1", "double"),
            ("y0", "double"),
            ("y1", "double"),
            ("jn", "int, double"),
            ("yn", "int, double"),
        )
    },
    "bessel_j": """
/* J_n(x); POSIX has it of whole orders. */
static inline double bessel_j(double n, double x) { return n == floor(n) && fabs(n) < 1e9 ? jn((int)n, x) : NAN; }
""",
    "bessel_y": """
/* Y_n(x); POSIX has it of whole orders. */
static inline double bessel_y(double n, double x) { return n == floor(n) && fabs(n) < 1e9 ? yn((int)n, x) : NAN; }
""",
}

NAMES = frozenset(_HELPERS)


def called(text: str) -> set[str]:
    """The names of functions that C text calls."""
    return set(re.findall(r"\b([A-Za-z_]\w*)\(", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)))


def helpers_of(text: str) -> list[str]:
    """The definitions that C text needs, in an order in which each stands before its use."""
    wanted = _closure(called(text))
    return [_definition(name) for name in _HELPERS if name in wanted]


def vectorized(texts: Iterable[str]) -> list[str]:
    """Prototypes of the library's vector functions that the texts call, with the macro that says so."""
    used: set[str] = set().union(*(called(text) for text in texts))
    one = [f"VECTOR double {name}(double);" for name in VECTOR_LIBM if name in used]
    return one + [f"VECTOR double {name}(double, double);" for name in VECTOR_LIBM_OF_TWO if name in used]


def _closure(names: set[str]) -> set[str]:
    wanted = names & NAMES
    for name in tuple(wanted):
        wanted |= _closure(called(_HELPERS[name]) - {name})
    return wanted


@lru_cache(maxsize=len(_HELPERS))
def _definition(name: str) -> str:
    text = _HELPERS[name].strip()
    if "SERIES" not in text:
        return text
    *higher, constant = reversed(scaled_erfc_coefficients())
    lines = [f"    b2 = b1; b1 = b0; b0 = 2.0*t*b1 - b2 + {c!r};" for c in higher]
    return text.replace("SERIES", "\n".join([*lines, f"    b2 = b1; b1 = b0; b0 = 2.0*t*b1 - b2 + {2 * constant!r};"]))
