/* atanh(m) - beta h + beta^2 r m. */
void handwritten(size_t n, double *restrict out, const double *restrict m, const double *restrict h,
                 const double *restrict beta, const double *restrict r)
{
    for (size_t i = 0; i < n; i++)
        out[i] = atanh(m[i]) - beta[i]*(h[i] - beta[i]*r[i]*m[i]);
}
