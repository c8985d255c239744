"""The oracles against cases that are known by hand or by another library."""

from fractions import Fraction

import numpy as np
import pytest

from derivations.oracles.disorder_average import layered_interactions, moments_of_partition_function
from derivations.oracles.replica_moments import replica_gap
from derivations.oracles.tridiagonal import eigenvalue, eigenvalues_below, is_positive_definite


def test_second_moment_of_one_bond_is_known_by_hand():
    # Z = 2 y + 2 / y, so Z^2 = 4 y^2 + 8 + 4 / y^2 and its mean is 8 + 8 exp(2 beta^2 v).
    moments = moments_of_partition_function(2, [((0, 1), Fraction(3))], 2, Fraction(1, 2))
    assert moments == {Fraction(0): 8, Fraction(3, 2): 8}


@pytest.mark.parametrize("sizes", [(1, 1), (2, 3), (1, 2, 2)])
def test_multiplicities_add_up_to_all_configurations_of_all_replicas(sizes):
    bonds = layered_interactions(sizes, [Fraction(1)] * (len(sizes) - 1))
    moments = moments_of_partition_function(sum(sizes), bonds, 2, Fraction(1))
    assert sum(moments.values()) == 4 ** sum(sizes)


def test_layered_bonds_have_the_variance_of_the_layer_below():
    bonds = layered_interactions((2, 1, 3), [Fraction(1), Fraction(5)])
    assert [v for _, v in bonds] == [Fraction(1, 2)] * 2 + [Fraction(5)] * 3


def test_bisected_eigenvalues_contain_those_of_a_dense_solver():
    diagonal, beside = (
        [Fraction(1), Fraction(3), Fraction(2), Fraction(7, 3)],
        [Fraction(1, 2), Fraction(-2), Fraction(5, 7)],
    )
    dense = np.diag([float(x) for x in diagonal])
    dense += np.diag([float(x) for x in beside], 1) + np.diag([float(x) for x in beside], -1)
    expected = np.linalg.eigvalsh(dense)
    slack = 16 * np.finfo(float).eps * np.abs(expected).max()  # backward error of the dense solver
    for rank, value in enumerate(expected):
        low, high = eigenvalue(diagonal, beside, rank)
        assert float(low) - slack <= value <= float(high) + slack
    assert eigenvalues_below(diagonal, beside, Fraction(100)) == 4


def test_definiteness_by_minors_turns_where_the_least_eigenvalue_does():
    beside = [Fraction(1), Fraction(1)]
    low, high = eigenvalue([Fraction(0)] * 3, beside, 0)  # minus the root of 2
    assert is_positive_definite([-low + Fraction(1, 1000)] * 3, beside)
    assert not is_positive_definite([-high - Fraction(1, 1000)] * 3, beside)


def test_replica_identity_closes_linearly_in_the_number_of_replicas():
    gaps = [replica_gap(m, inverse_temperature=0.9, variance=1.3) for m in (0.1, 0.01, 0.001)]
    ratios = [gaps[0] / gaps[1], gaps[1] / gaps[2]]
    # The gap is c m + O(m^2): each ratio is ten up to a relative correction of the order of m.
    assert abs(ratios[0] - 10) < 10 * 0.1 * 2 and abs(ratios[1] - 10) < 10 * 0.01 * 2
