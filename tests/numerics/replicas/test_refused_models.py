"""A model that has no solver is refused by name, and told which have one."""

from typing import Any

import pytest

from numerics import one_step_solution, replica_symmetric_solution
from theory import MultilayerSpinGlass, SherringtonKirkpatrick

LAYERS = MultilayerSpinGlass((2, 3), (1.0,))


@pytest.mark.parametrize("model", [LAYERS, 3, SherringtonKirkpatrick])
def test_one_step_takes_one_model(model: Any) -> None:
    with pytest.raises(TypeError, match="SherringtonKirkpatrick; found"):
        one_step_solution(model, temperature=0.5)


@pytest.mark.parametrize("model", [3, None, SherringtonKirkpatrick])
def test_replica_symmetry_names_both_kinds(model: Any) -> None:
    with pytest.raises(TypeError, match=r"SherringtonKirkpatrick or theory\.MultilayerSpinGlass"):
        replica_symmetric_solution(model, temperature=0.5)
