/* sum of (1 + i + 2 j + 3 k)/(2 + k) x^i y^j z^k over sum of (2 + i j + k)/(1 + i) x^i y^j z^k, i + j + k <= 5, by
   Horner's scheme: in z for every i and j, then in y for every i, then in x. */
void handwritten(size_t n, double *restrict out, const double *restrict x_values, const double *restrict y_values,
                 const double *restrict z_values)
{
    for (size_t i = 0; i < n; i++) {
        const double x = x_values[i], y = y_values[i], z = z_values[i];
        const double above00 = 1.0/2.0 + z*(4.0/3.0 + z*(7.0/4.0 + z*(2.0 + z*(13.0/6.0 + z*(16.0/7.0)))));
        const double above01 = 3.0/2.0 + z*(2.0 + z*(9.0/4.0 + z*(12.0/5.0 + z*(5.0/2.0))));
        const double above02 = 5.0/2.0 + z*(8.0/3.0 + z*(11.0/4.0 + z*(14.0/5.0)));
        const double above03 = 7.0/2.0 + z*(10.0/3.0 + z*(13.0/4.0));
        const double above04 = 9.0/2.0 + 4.0*z;
        const double above05 = 11.0/2.0;
        const double above0 = above00 + y*(above01 + y*(above02 + y*(above03 + y*(above04 + y*above05))));
        const double above10 = 1.0 + z*(5.0/3.0 + z*(2.0 + z*(11.0/5.0 + z*(7.0/3.0))));
        const double above11 = 2.0 + z*(7.0/3.0 + z*(5.0/2.0 + z*(13.0/5.0)));
        const double above12 = 3.0 + z*(3.0 + 3.0*z);
        const double above13 = 4.0 + z*(11.0/3.0);
        const double above14 = 5.0;
        const double above1 = above10 + y*(above11 + y*(above12 + y*(above13 + y*above14)));
        const double above20 = 3.0/2.0 + z*(2.0 + z*(9.0/4.0 + z*(12.0/5.0)));
        const double above21 = 5.0/2.0 + z*(8.0/3.0 + z*(11.0/4.0));
        const double above22 = 7.0/2.0 + z*(10.0/3.0);
        const double above23 = 9.0/2.0;
        const double above2 = above20 + y*(above21 + y*(above22 + y*above23));
        const double above30 = 2.0 + z*(7.0/3.0 + z*(5.0/2.0));
        const double above31 = 3.0 + 3.0*z;
        const double above32 = 4.0;
        const double above3 = above30 + y*(above31 + y*above32);
        const double above40 = 5.0/2.0 + z*(8.0/3.0);
        const double above41 = 7.0/2.0;
        const double above4 = above40 + y*above41;
        const double above50 = 3.0;
        const double above5 = above50;
        const double above = above0 + x*(above1 + x*(above2 + x*(above3 + x*(above4 + x*above5))));
        const double below00 = 2.0 + z*(3.0 + z*(4.0 + z*(5.0 + z*(6.0 + 7.0*z))));
        const double below01 = 2.0 + z*(3.0 + z*(4.0 + z*(5.0 + 6.0*z)));
        const double below02 = 2.0 + z*(3.0 + z*(4.0 + 5.0*z));
        const double below03 = 2.0 + z*(3.0 + 4.0*z);
        const double below04 = 2.0 + 3.0*z;
        const double below05 = 2.0;
        const double below0 = below00 + y*(below01 + y*(below02 + y*(below03 + y*(below04 + y*below05))));
        const double below10 = 1.0 + z*(3.0/2.0 + z*(2.0 + z*(5.0/2.0 + 3.0*z)));
        const double below11 = 3.0/2.0 + z*(2.0 + z*(5.0/2.0 + 3.0*z));
        const double below12 = 2.0 + z*(5.0/2.0 + 3.0*z);
        const double below13 = 5.0/2.0 + 3.0*z;
        const double below14 = 3.0;
        const double below1 = below10 + y*(below11 + y*(below12 + y*(below13 + y*below14)));
        const double below20 = 2.0/3.0 + z*(1.0 + z*(4.0/3.0 + z*(5.0/3.0)));
        const double below21 = 4.0/3.0 + z*(5.0/3.0 + 2.0*z);
        const double below22 = 2.0 + z*(7.0/3.0);
        const double below23 = 8.0/3.0;
        const double below2 = below20 + y*(below21 + y*(below22 + y*below23));
        const double below30 = 1.0/2.0 + z*(3.0/4.0 + 1.0*z);
        const double below31 = 5.0/4.0 + z*(3.0/2.0);
        const double below32 = 2.0;
        const double below3 = below30 + y*(below31 + y*below32);
        const double below40 = 2.0/5.0 + z*(3.0/5.0);
        const double below41 = 6.0/5.0;
        const double below4 = below40 + y*below41;
        const double below50 = 1.0/3.0;
        const double below5 = below50;
        const double below = below0 + x*(below1 + x*(below2 + x*(below3 + x*(below4 + x*below5))));
        out[i] = above/below;
    }
}
