/* exp(-z^2/2)/sqrt(2 pi) log(2 cosh(beta sqrt(q) z)), with log(2 cosh(x)) = |x| + log(1 + exp(-2|x|)). */
void handwritten(size_t n, double *restrict out, double beta, double q, const double *restrict z)
{
    const double width = beta*sqrt(q);
    for (size_t i = 0; i < n; i++) {
        const double field = fabs(width*z[i]);
        const double weight = 0.3989422804014327*exp(-0.5*z[i]*z[i]);
        out[i] = weight*(field + log1p(exp(-2.0*field)));
    }
}
