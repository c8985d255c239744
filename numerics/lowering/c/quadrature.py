"""Quadrature as C text, for files that stand alone: trapezoidal rules whose step is halved until two of them agree.

The changes of variable are those of `numerics.quadrature.rules`. The error is the difference of the last two rules,
that of the one with the longer step; the one before them has to agree to half as many digits.
"""

from __future__ import annotations

from collections.abc import Iterable

_NAMES = """
estimate integrand at tolerance found doubt accepted refused error WINDOW INTERVAL UPWARD DOWNWARD PI EPSILON
transformed stretch pieces window by_size gaussian_mean definite_integral
"""
NAMES = frozenset(_NAMES.split())
"""What no argument may be called beside the functions of a formula."""

HEAD = """\
/* Integrals, what their errors are taken for, and integrals of the absolute values, which errors are relative to. */
typedef struct { double value, error, scale; } estimate;
/* Of arguments, the variable of integration last, to a tolerance of the integrals that it may have itself. */
typedef estimate (*integrand)(const double *at, double tolerance);
enum { WINDOW, INTERVAL, UPWARD, DOWNWARD };
#define PI 3.14159265358979323846
#define EPSILON 2.220446049250313e-16
"""
_STRETCH = """\
/* The place at t, and what dx is over dt: an interval and half-lines by the doubly exponential change of variable, a
   window, at whose ends the integrand is negligible, as it is. */
static double transformed(int kind, double low, double high, double t, double *weight)
{
    if (kind == WINDOW) {
        *weight = high - low;
        return low + (high - low)*t;
    }
    if (kind == INTERVAL) {
        const double from_end = 1.0/(1.0 + exp(PI*sinh(fabs(t))));
        *weight = (high - low)*PI*cosh(t)*from_end*(1.0 - from_end);
        return t < 0.0 ? low + (high - low)*from_end : high - (high - low)*from_end;
    }
    const double distance = exp(PI/2.0*sinh(t));
    *weight = PI/2.0*cosh(t)*distance;
    return kind == UPWARD ? low + distance : high - distance;
}

/* The integral over one stretch, to an error relative to its own scale, or to that of all stretches if this is larger.
   point has the arguments, and a place for the variable behind them. */
static estimate stretch(integrand f, double *point, size_t last, int kind, double low, double high, double tolerance,
                        double whole)
{
    const double start = kind == WINDOW ? 0.0 : kind == INTERVAL ? -3.7 : -4.57;
    const double length = kind == WINDOW ? 1.0 : -2.0*start;
    estimate found = {0.0, INFINITY, 0.0};
    double sum = 0.0, size = 0.0, inherited = 0.0, before = NAN, change = INFINITY;
    size_t n = 24;
    for (int level = 0; level < 9; level++, n *= 2) {
        const double step = length/(double)n;
        /* The first rule takes all places, each further one those in the middle. */
        for (size_t k = level ? 1 : 0; k <= n; k += level ? 2 : 1) {
            double weight;
            point[last] = transformed(kind, low, high, start + (double)k*step, &weight);
            const estimate here = f(point, tolerance/8.0);
            if (weight == 0.0 || (here.value == 0.0 && here.error == 0.0)) continue;
            sum += weight*here.value;
            size += weight*fabs(here.value);
            inherited += weight*here.error;
        }
        const double value = step*sum, scale = step*size, newer = fabs(value - before);
        found.value = value;
        found.scale = scale;
        found.error = newer == newer ? newer + step*inherited + 10.0*EPSILON*scale : INFINITY;
        const double size_of_all = scale > whole ? scale : whole;
        if (found.error <= tolerance*size_of_all && change <= 10.0*sqrt(tolerance)*size_of_all) return found;
        change = newer == newer ? newer : INFINITY;
        before = value;
    }
    found.error = INFINITY;
    return found;
}

static int by_size(const void *one, const void *other)
{
    const double x = *(const double *)one, y = *(const double *)other;
    return (x > y) - (x < y);
}

/* The integral between two ends, cut at places between them. */
static estimate pieces(integrand f, double *point, size_t last, double low, double high, double *places,
                       size_t n_places, int uncut, double tolerance)
{
    size_t n = 0;
    for (size_t k = 0; k < n_places; k++)
        if (places[k] > low && places[k] < high) places[n++] = places[k];
    if (n == 0 && isinf(low) && isinf(high)) places[n++] = 0.0;
    qsort(places, n, sizeof(double), by_size);
    estimate total = {0.0, 0.0, 0.0};
    /* First roughly, to know what errors are relative to. */
    for (int pass = n == 0; pass < 2; pass++) {
        const double share = pass ? tolerance/(double)(n + 1) : 0.1, whole = total.scale;
        total = (estimate){0.0, 0.0, 0.0};
        for (size_t k = 0; k <= n; k++) {
            const double start = k ? places[k - 1] : low, end = k < n ? places[k] : high;
            if (!(start < end)) continue;
            const int kind = isinf(end) ? UPWARD : isinf(start) ? DOWNWARD : n ? INTERVAL : uncut;
            const estimate piece = stretch(f, point, last, kind, start, end, share, whole);
            total.value += piece.value;
            total.error += piece.error;
            total.scale += piece.scale;
        }
    }
    return total;
}
"""
_INTEGRAL = """\
/* The integral from low to high; places are kinks, then steep places with the steepness of each. */
static estimate definite_integral(integrand f, double *point, size_t last, double low, double high, double *places,
                                  size_t n_hard, const double *steepness, size_t n_soft, double tolerance)
{
    const double start = low < high ? low : high, end = low < high ? high : low;
    if (low != low || high != high) return (estimate){NAN, 0.0, 0.0};
    for (size_t k = 0; k < n_soft; k++)
        if (!(fabs(steepness[k])*(end - start) >= 4.0)) places[n_hard + k] = NAN;
    estimate found = pieces(f, point, last, start, end, places, n_hard + n_soft, INTERVAL, tolerance);
    if (high < low) found.value = -found.value;
    return found;
}
"""
_MEAN = """\
/* Where an integrand with the density of a standard normal variable is not negligible; false if it does not fall. */
static int window(integrand f, double *point, size_t last, const double *places, size_t n_places, double *low,
                  double *high)
{
    double peak = 0.0;
    *low = INFINITY;
    *high = -INFINITY;
    for (int pass = 0; pass < 2; pass++) {
        double far = 40.0;
        for (size_t k = 0; k < 2*(80 + 30 + n_places); k++) {
            const double sign = k % 2 ? -1.0 : 1.0;
            const size_t j = k/2;
            double x = j < 80 ? sign*(0.25 + 0.5*(double)j) : sign*far;
            if (j >= 80 && j < 110 && k % 2) far *= 1.25;
            if (j >= 110) x = places[j - 110] + sign*0.1;
            if (!(fabs(x) < 1e5)) continue;
            point[last] = x;
            const double size = fabs(f(point, 1e-3).value);
            if (pass == 0 && size > peak) peak = size;
            if (pass == 1 && size > 1e-22*peak) {
                const double margin = 1.0 + 0.25*fabs(x);
                if (x - margin < *low) *low = x - margin;
                if (x + margin > *high) *high = x + margin;
            }
        }
    }
    if (*low > *high) {
        *low = -40.0;
        *high = 40.0;
    }
    return isfinite(peak) && -*low < 1e4 && *high < 1e4;
}

/* The integral over the line of an integrand with the density of a standard normal variable. */
static estimate gaussian_mean(integrand f, double *point, size_t last, double *places, size_t n_hard,
                              const double *steepness, size_t n_soft, double tolerance)
{
    double low, high;
    const int falls = window(f, point, last, places, n_hard + n_soft, &low, &high);
    for (size_t k = 0; k < n_soft; k++)
        if (!(fabs(steepness[k]) >= 4.0)) places[n_hard + k] = NAN;
    if (!falls) return (estimate){NAN, INFINITY, 0.0};
    return pieces(f, point, last, low, high, places, n_hard + n_soft, WINDOW, tolerance);
}
"""


def runtime(texts: Iterable[str]) -> str:
    """What functions of these texts call, in order."""
    called = "\n".join(texts)
    parts = [HEAD]
    if "gaussian_mean(" in called or "definite_integral(" in called:
        parts.append(_STRETCH)
    parts += [_INTEGRAL] * ("definite_integral(" in called) + [_MEAN] * ("gaussian_mean(" in called)
    return "\n".join(parts)
