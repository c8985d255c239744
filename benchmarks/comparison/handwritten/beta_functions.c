/* beta_k = (k - 3) u_k + k! g_k for k = 1 to 10, stored one after the other; g are the Taylor coefficients of 1/A,

       g_0 = 1/a_0,    g_k = -sum_{j=1}^k (a_j g_0) g_{k-j},    a_0 = 1 + u_1,    a_j = (2 j + 1) u_{j+1}/j!,

   with g_0 within a1 to a9. The pragma says that results do not overlap. */
void handwritten(size_t n, double *restrict out, const double *restrict u1, const double *restrict u2,
                 const double *restrict u3, const double *restrict u4, const double *restrict u5,
                 const double *restrict u6, const double *restrict u7, const double *restrict u8,
                 const double *restrict u9, const double *restrict u10)
{
    #pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double v1 = u1[i], v2 = u2[i];
        const double v3 = u3[i], v4 = u4[i];
        const double v5 = u5[i], v6 = u6[i];
        const double v7 = u7[i], v8 = u8[i];
        const double v9 = u9[i], v10 = u10[i];
        const double g0 = 1.0/(1.0 + v1);
        const double a1 = 3.0/1.0*g0*v2;
        const double a2 = 5.0/2.0*g0*v3;
        const double a3 = 7.0/6.0*g0*v4;
        const double a4 = 9.0/24.0*g0*v5;
        const double a5 = 11.0/120.0*g0*v6;
        const double a6 = 13.0/720.0*g0*v7;
        const double a7 = 15.0/5040.0*g0*v8;
        const double a8 = 17.0/40320.0*g0*v9;
        const double a9 = 19.0/362880.0*g0*v10;
        const double g1 = -(a1*g0);
        const double g2 = -(a1*g1 + a2*g0);
        const double g3 = -(a1*g2 + a2*g1 + a3*g0);
        const double g4 = -(a1*g3 + a2*g2 + a3*g1 + a4*g0);
        const double g5 = -(a1*g4 + a2*g3 + a3*g2 + a4*g1 + a5*g0);
        const double g6 = -(a1*g5 + a2*g4 + a3*g3 + a4*g2 + a5*g1 + a6*g0);
        const double g7 = -(a1*g6 + a2*g5 + a3*g4 + a4*g3 + a5*g2 + a6*g1 + a7*g0);
        const double g8 = -(a1*g7 + a2*g6 + a3*g5 + a4*g4 + a5*g3 + a6*g2 + a7*g1 + a8*g0);
        const double g9 = -(a1*g8 + a2*g7 + a3*g6 + a4*g5 + a5*g4 + a6*g3 + a7*g2 + a8*g1 + a9*g0);
        const double g10 = -(a1*g9 + a2*g8 + a3*g7 + a4*g6 + a5*g5 + a6*g4 + a7*g3 + a8*g2 + a9*g1);
        out[i] = -2.0*v1 + g1;
        out[n + i] = -v2 + 2.0*g2;
        out[2*n + i] = 6.0*g3;
        out[3*n + i] = v4 + 24.0*g4;
        out[4*n + i] = 2.0*v5 + 120.0*g5;
        out[5*n + i] = 3.0*v6 + 720.0*g6;
        out[6*n + i] = 4.0*v7 + 5040.0*g7;
        out[7*n + i] = 5.0*v8 + 40320.0*g8;
        out[8*n + i] = 6.0*v9 + 362880.0*g9;
        out[9*n + i] = 7.0*v10 + 3628800.0*g10;
    }
}
