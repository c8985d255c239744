/* atanh(m) - beta h + beta^2 (1 - q) m. */
void handwritten(size_t n, double *restrict out, const double *restrict m, const double *restrict h,
                 const double *restrict beta, const double *restrict q)
{
    for (size_t i = 0; i < n; i++)
        out[i] = atanh(m[i]) - beta[i]*(h[i] - beta[i]*(1.0 - q[i])*m[i]);
}
