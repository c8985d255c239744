"""Functions of one or two real numbers that the C library lacks, as C text.

All are written without branches that a compiler could not turn into selections, so that loops over them vectorize.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from numerics.lowering.c.defined import NAMES as DEFINED
from numerics.lowering.c.defined import defined
from numerics.lowering.loop_functions import LONGEST_LOOP

VECTOR_LIBM = (
    "exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
    "erf", "erfc", "cbrt", "exp2", "expm1", "log1p",
)  # fmt: skip
"""What glibc's libmvec has of one argument; of two: ``pow`` and ``atan2``."""
VECTOR_LIBM_OF_TWO = ("pow", "atan2")

_HELPERS: dict[str, str] = {
    "loop_start": """
/* What a sum or a product starts from; NaN where the bounds are not whole, or are too far apart. */
static inline double loop_start(double low, double high, double neutral) {
    return floor(low) == low && floor(high) == high && high - low < LONGEST ? neutral : NAN;
}
""".replace("LONGEST", f"{LONGEST_LOOP:g}"),
    "loop_add": """
/* Add a term, and keep what rounding took from it. */
static inline void loop_add(double *total, double *rest, double term) {
    const double sum = *total + term, added = sum - *total;
    *rest += (*total - (sum - added)) + (term - added);
    *total = sum;
}
""",
    "loop_total": """
/* A sum with what rounding took; infinite where it overflowed. */
static inline double loop_total(double total, double rest) { return rest - rest == 0.0 ? total + rest : total; }
""",
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
    "exp_minus_one_over": """
/* (exp(x) - 1) / x, and 1 at 0. */
static inline double exp_minus_one_over(double x) { return x == 0.0 ? 1.0 : expm1(x)/x; }
""",
    "log_one_plus_over": """
/* log(1 + x) / x, and 1 at 0. */
static inline double log_one_plus_over(double x) { return x == 0.0 ? 1.0 : log1p(x)/x; }
""",
    "sin_over": """
/* sin(x) / x, and 1 at 0. */
static inline double sin_over(double x) { return x == 0.0 ? 1.0 : sin(x)/x; }
""",
    "hypotenuse": """
/* sqrt(x^2 + y^2), the squares in a unit in which they are doubles. */
static inline double hypotenuse(double x, double y) {
    const double a = fabs(x), b = fabs(y), larger = a > b ? a : b;
    const double unit = larger > 0x1p500 ? 0x1p600 : larger < 0x1p-500 ? 0x1p-600 : 1.0;
    const double inverse = larger > 0x1p500 ? 0x1p-600 : larger < 0x1p-500 ? 0x1p600 : 1.0;
    const double first = a*inverse, second = b*inverse;
    return unit*sqrt(first*first + second*second);
}
""",
    "root_of_product": """
/* sqrt(x) sqrt(y) for x, y >= 1, by one root: of 2^-1024 x y where the product may be too large. */
static inline double root_of_product(double x, double y) {
    const double product = x*y, less = (0x1p-512*x)*(0x1p-512*y);
    const double inside = product < 0x1p1000 ? product : less, unit = product < 0x1p1000 ? 1.0 : 0x1p512;
    return unit*sqrt(inside);
}
""",
    "square_over": """
/* x^2 / y, by x / y; infinite where both are. */
static inline double square_over(double x, double y) {
    const double ratio = x/y;
    return fabs(x) == INFINITY && fabs(y) == INFINITY ? y : x*ratio;
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
    "log_near": """
/* log(x), by the difference of x from 1 where that is not far. */
static inline double log_near(double x, double from_one) {
    const double near = log1p(from_one > -0.5 ? from_one : -0.5);
    return x > 0.5 ? near : log(x);
}
""",
    "times_log": """
/* x log(y); 0 where x is, unless y is not a number. */
static inline double times_log(double x, double y) {
    const double product = x*log(y);
    return x == 0.0 && y == y ? 0.0 : product;
}
""",
    "times_log_one_plus": """
/* x log(1 + y); 0 where x is, unless y is not a number. */
static inline double times_log_one_plus(double x, double y) {
    const double product = x*log1p(y);
    return x == 0.0 && y == y ? 0.0 : product;
}
""",
    "erf_difference": """
/* erf(x) - erf(y) with gap = x - y: of tails where both lie on one side; where they lie close by the series
   2/sqrt(pi) exp(-m^2) sum_k H_2k(m) 2 h^(2k + 1)/(2k + 1)! about the middle m, with h half the gap. */
static inline double erf_difference(double x, double y, double gap) {
    const double low = x < y ? x : y, high = x < y ? y : x, half = 0.5*gap, middle = y + half;
    const double above = erfc(y) - erfc(x), below = erfc(-x) - erfc(-y), across = erf(x) - erf(y);
    const double far = low > 0.5 ? above : high < -0.5 ? below : across;
    const int is_near = fabs(half)*(1.0 + fabs(middle)) < 0.25 && fabs(middle) < 30.0;
    const double m = is_near ? middle : 0.0, h = is_near ? half : 0.0;
    double before = 1.0, hermite = 2.0*m, factor = 0.5*h, total = 1.0;
    for (int n = 2; n < 15; n++) {
        const double next = 2.0*m*hermite - 2.0*(n - 1)*before;
        before = hermite;
        hermite = next;
        factor = factor*h/(n + 1);
        total = total + (n % 2 == 0 ? hermite*factor : 0.0);
    }
    const double near = 2.256758334191025*exp(-m*m)*h*total;
    return is_near ? near : far;
}
""",
    "log_erfc": """
/* log(erfc(x)): log1p(-erf(x)) below 1/2, log(scaled_erfc(x)) - x^2 above, two terms of one sign. */
static inline double log_erfc(double x) {
    const double near = log1p(-erf(x < 0.5 ? x : 0.5));
    const double far = log(scaled_erfc(x < 0.5 ? 0.5 : x)) - x*x;
    return x < 0.5 ? near : far;
}
""",
    "log_half_erfc": """
/* log(erfc(x) / 2): log1p(-erfc(-x) / 2) below 1/2, log(scaled_erfc(x) / 2) - x^2 above. */
static inline double log_half_erfc(double x) {
    const double near = log1p(-0.5*erfc(x < 0.5 ? -x : -0.5));
    const double far = log(0.5*scaled_erfc(x < 0.5 ? 0.5 : x)) - x*x;
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
    "exp_square": """
/* exp(x^2), the square not rounded. */
static inline double exp_square(double x) {
    const double square = x*x;
    const double rest = square < 1e3 ? fma(x, x, -square) : 0.0;
    return exp(square)*(1.0 + rest);
}
""",
    "distance": """
/* x - high - low, in this order. */
static inline double distance(double x, double high, double low) { return (x - high) - low; }
""",
    "lambert_principal": """
/* w >= -1 with w exp(w) = x: a guess right to a tenth, then Halley's method. */
static inline double lambert_principal(double x) {
    const double root = sqrt(2.0*fma(x, 2.718281828459045, 1.0) + 2.0*x*1.4456468917292502e-16);
    const double near = root*(1.0 - root*(1.0/3.0 - root*(11.0/72.0))) - 1.0;
    const double size = log1p(x < 0.0 ? 0.0 : x), first = log(x < 3.0 ? 3.0 : x), second = log(first);
    const double middle = size*(1.0 - log1p(size)/(2.0 + size));
    double w = x < 0.3 ? near : x < 3.0 ? middle : first - second + second/first;
    for (int step = 0; step < 4; step++) {
        const double e = exp(w), gap = w*e - x, slope = e*(w + 1.0);
        w -= gap == 0.0 ? 0.0 : gap/(slope - 0.5*(w + 2.0)*gap/(w + 1.0));
    }
    return x == INFINITY ? x : root != root ? NAN : w;
}
""",
    "lambert_lower": """
/* w <= -1 with w exp(w) = x: a guess, then Halley's method close to -1/e, and Newton's on the logarithm elsewhere. */
static inline double lambert_lower(double x) {
    const double root = sqrt(2.0*fma(x, 2.718281828459045, 1.0) + 2.0*x*1.4456468917292502e-16);
    const double first = log(-x), second = log(-first);
    double near = -1.0 - root*(1.0 + root*(1.0/3.0 + root*(11.0/72.0)));
    double far = first - second + second/first;
    for (int step = 0; step < 4; step++) {
        const double e = exp(near), gap = near*e - x, slope = e*(near + 1.0);
        near -= gap == 0.0 ? 0.0 : gap/(slope - 0.5*(near + 2.0)*gap/(near + 1.0));
        far -= (far + log(-far) - first)*far/(far + 1.0);
    }
    return x == 0.0 ? -INFINITY : x < 0.0 && root == root ? (x < -0.2 ? near : far) : NAN;
}
""",
    "bessel_j": """
/* J_n(x); POSIX has it of whole orders. */
static inline double bessel_j(double n, double x) { return n == floor(n) && fabs(n) < 1e9 ? jn((int)n, x) : NAN; }
""",
    "bessel_y": """
/* Y_n(x); POSIX has it of whole orders. */
static inline double bessel_y(double n, double x) { return n == floor(n) && fabs(n) < 1e9 ? yn((int)n, x) : NAN; }
""",
}

NAMES = DEFINED | frozenset(_HELPERS)
"""Of all functions that can stand before a formula."""


def called(text: str) -> set[str]:
    """The names of functions that C text calls."""
    return set(re.findall(r"\b([A-Za-z_]\w*)\(", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)))


def helpers_of(text: str) -> list[str]:
    """The definitions that C text needs, each before its use."""
    found: dict[str, str] = {}
    _collect(text, found)
    return list(found.values())


def _collect(text: str, found: dict[str, str]) -> None:
    wanted = called(text)
    for name in (*_HELPERS, *sorted(DEFINED)):
        if name in wanted and name not in found:
            definition = _definition(name)
            _collect(_body(definition), found)
            found[name] = definition


def _body(definition: str) -> str:
    """What stands between the braces of a function; nothing for a prototype."""
    return definition.partition("static inline")[2].partition("{")[2]


def vectorized(texts: Iterable[str]) -> list[str]:
    """Prototypes of the library's vector functions that the texts call, with the macro that says so."""
    used: set[str] = set().union(*(called(text) for text in texts))
    one = [f"VECTOR double {name}(double);" for name in VECTOR_LIBM if name in used]
    return one + [f"VECTOR double {name}(double, double);" for name in VECTOR_LIBM_OF_TWO if name in used]


def vector_calls(source: str) -> int:
    """How many calls in a source from `c_source` may go to vector functions."""
    names = "|".join((*VECTOR_LIBM, *VECTOR_LIBM_OF_TWO))
    without_comments = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    return len(re.findall(rf"(?<!VECTOR double )\b(?:{names})\(", without_comments))


@lru_cache(maxsize=len(NAMES))
def _definition(name: str) -> str:
    if name in DEFINED:
        return defined(name)
    return _HELPERS[name].strip()
