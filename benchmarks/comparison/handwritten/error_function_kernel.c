/* (2/pi) asin(2 c/sqrt((1 + 2 q)(1 + 2 p))). */
void handwritten(size_t n, double *restrict out, const double *restrict c, const double *restrict q,
                 const double *restrict p)
{
    for (size_t i = 0; i < n; i++)
        out[i] = 0.6366197723675814*asin(2.0*c[i]/sqrt((1.0 + 2.0*q[i])*(1.0 + 2.0*p[i])));
}
