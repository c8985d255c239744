"""Identifiers that no argument of a C function may have."""

from __future__ import annotations

from numerics.lowering.c.library import NAMES

_LANGUAGE = """
auto break case char const continue default do double else enum extern float for goto if inline int long register
restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
asm typeof bool true false unix linux
"""
_LIBRARY = """
acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh drem erf erfc exp exp10 exp2 expm1 fabs fdim finite
floor fma fmax fmin fmod frexp gamma hypot ilogb isfinite isinf isnan isnormal j0 j1 jn ldexp lgamma log log10 log1p
log2 logb lrint lround modf nan nearbyint nextafter pow remainder rint round scalb scalbn signbit signgam significand
sin sincos sinh sqrt tan tanh tgamma trunc y0 y1 yn div abs labs
NULL NAN INFINITY HUGE_VAL HUGE HUGE_VALF HUGE_VALL FP_NAN FP_INFINITE FP_ZERO FP_SUBNORMAL FP_NORMAL FP_FAST_FMA
FP_ILOGB0 FP_ILOGBNAN MATH_ERRNO MATH_ERREXCEPT DOMAIN SING OVERFLOW UNDERFLOW PLOSS TLOSS MAXFLOAT
M_E M_LOG2E M_LOG10E M_LN2 M_LN10 M_PI M_PI_2 M_PI_4 M_1_PI M_2_PI M_2_SQRTPI M_SQRT2 M_SQRT1_2
"""
_OURS = """
lowered contiguous adjacent n out i start count most apart main APART INDEPENDENT VECTOR VECTOR_LIBM
"""
RESERVED = frozenset((_LANGUAGE + _LIBRARY + _OURS).split()) | NAMES
