"""The error rates of table 1."""

from __future__ import annotations

from theory.papers.barney2024neural.letters import KEY
from theory.records import PublishedValue

LARGE_RATE, SMALL_RATE = "1e-4", "1e-6"
PROTOCOL = ("MNIST", "three hidden layers of 512", "momentum 0.9", "batch size 32", "squared hinge loss with margin 10")


def validation_error(printed: str, network: str, learning_rate: str, epochs: int) -> PublishedValue:
    """A row of table 1."""
    return PublishedValue(
        paper=KEY,
        quantity=f"validation error rate of the {network} network",
        printed=printed,
        conventions=(*PROTOCOL, f"learning rate {learning_rate}", f"{epochs} epochs"),
        source="table 1",
    )


VALUES = (
    validation_error("0.0266", "binarized", LARGE_RATE, 500),
    validation_error("0.0742", "binarized", SMALL_RATE, 960),
    validation_error("0.0189", "standard", LARGE_RATE, 60),
    validation_error("0.0267", "standard", SMALL_RATE, 960),
)
