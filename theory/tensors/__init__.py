"""Symmetric tensor fields, what is made of their components and derivatives, and sums over repeated indices."""

from theory.tensors.contraction import Contracted, FirstVariation
from theory.tensors.fields import SymmetricTensorField, component_fields
from theory.tensors.geometry import (
    ENTRIES,
    Christoffel,
    ChristoffelSlope,
    Component,
    InverseChange,
    InverseMetric,
    RicciTensor,
    ScalarCurvature,
    SecondSlope,
    Slope,
    TensorEntry,
    VolumeElement,
)

__all__ = [
    "ENTRIES",
    "Christoffel",
    "ChristoffelSlope",
    "Component",
    "Contracted",
    "FirstVariation",
    "InverseChange",
    "InverseMetric",
    "RicciTensor",
    "ScalarCurvature",
    "SecondSlope",
    "Slope",
    "SymmetricTensorField",
    "TensorEntry",
    "VolumeElement",
    "component_fields",
]
