import numpy as np
import pytest

from numerics.networks.digits import Digits


@pytest.fixture
def few_digits() -> Digits:
    """Seventy made-up images of 12 pixels in 3 classes, each class bright in its own third."""
    rng = np.random.default_rng(5)

    def half(n_samples: int) -> tuple[np.ndarray, np.ndarray]:
        labels = np.arange(n_samples) % 3
        bright = (np.arange(12) // 4)[None, :] == labels[:, None]
        noise = rng.random((n_samples, 12))
        return (0.5 * bright + 0.5 * noise).astype(np.float32), labels

    x_train, y_train = half(50)
    x_test, y_test = half(20)
    return Digits(x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
