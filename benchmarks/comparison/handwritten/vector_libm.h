#include <math.h>
#include <stddef.h>
#ifdef VECTOR_LIBM
#define VECTOR __attribute__((simd("notinbranch"), const))
VECTOR double acos(double);
VECTOR double asin(double);
VECTOR double atan(double);
VECTOR double atanh(double);
VECTOR double cosh(double);
VECTOR double erf(double);
VECTOR double exp(double);
VECTOR double log(double);
VECTOR double log1p(double);
VECTOR double tanh(double);
#endif
