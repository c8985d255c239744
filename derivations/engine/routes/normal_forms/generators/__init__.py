"""The generators of the exact route's field: what each kind of letter stands for, and when an element may be split."""
