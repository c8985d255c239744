"""The derivative of a functional by entries of an indexed field, as a node that means the ordinary derivative."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from theory.sums import Binder, Lookup, concrete, unroll


class FieldDerivative(Binder):
    """The derivative of ``functional`` by the entries ``atoms`` such as ``q[i], q[j]``, unevaluated.

    At concrete sizes it is what it says: the functional written out, with the entries of the field kept as
    independent variables, and differentiated.
    """

    def __new__(cls, functional: Any, *atoms: sp.Indexed) -> FieldDerivative:
        if not atoms or not all(isinstance(a, sp.Indexed) for a in atoms):
            raise ValueError(f"a field derivative is taken by entries such as q[i]; found {atoms}")
        return sp.Expr.__new__(cls, sp.sympify(functional, strict=True), *atoms)

    @property
    def functional(self) -> sp.Expr:
        """What is differentiated."""
        return cast(sp.Expr, self.args[0])

    @property
    def atoms_by(self) -> tuple[Any, ...]:
        """The entries it is differentiated by."""
        return self.args[1:]

    @property
    def bound_names(self) -> frozenset[sp.Basic]:
        """Nothing is bound: the derivative is a function of the same field."""
        return frozenset()

    def written_out(self, lookup: Lookup) -> sp.Expr:
        """Unroll with the field symbolic, differentiate, then put the field's values in."""
        bases = {a.base for a in self.atoms_by}

        def keep_field(atom: sp.Expr) -> sp.Expr:
            return atom if isinstance(atom, sp.Indexed) and atom.base in bases else lookup(atom)

        entries = [a.base[tuple(concrete(cast(Any, i), lookup) for i in a.indices)] for a in self.atoms_by]
        derived = sp.diff(unroll(self.functional, keep_field), *entries)
        return unroll(derived, lookup)
