/* (sqrt(1 - r^2) + r (pi - acos(r)))/(2 pi). */
void handwritten(size_t n, double *restrict out, const double *restrict r)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (sqrt((1.0 - r[i])*(1.0 + r[i])) + r[i]*(3.141592653589793 - acos(r[i])))*0.15915494309189535;
}
