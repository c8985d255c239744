import re
from hashlib import sha256
from importlib.resources import files

import numpy as np
import pytest

from numerics.networks import digits as digits_module
from numerics.networks.digits import BUILT_IN_CONTENT, Digits, content_hash, load_digits
from numerics.networks.subset import balanced_subset


def test_the_built_in_digits_are_balanced_and_scaled() -> None:
    digits = load_digits()
    assert digits.x_train.shape == (2000, 784)
    assert digits.x_test.shape == (500, 784)
    assert np.bincount(digits.y_train).tolist() == [200] * 10
    assert np.bincount(digits.y_test).tolist() == [50] * 10
    assert digits.x_train.min() == 0
    assert digits.x_train.max() == 1
    assert (digits.n_pixels, digits.n_classes) == (784, 10)


def test_the_built_in_digits_stand_in_the_order_of_their_hashes() -> None:
    digits = load_digits()
    for images in (digits.x_train, digits.x_test):
        gray_levels = np.rint(images * 255).astype(np.uint8)
        hashes = [sha256(image.tobytes()).digest() for image in gray_levels]
        assert hashes == sorted(set(hashes))


def test_no_test_image_is_a_training_image() -> None:
    digits = load_digits()
    assert not {x.tobytes() for x in digits.x_train} & {x.tobytes() for x in digits.x_test}


def test_the_licence_beside_the_data_names_its_content_and_its_authors() -> None:
    text = (files("numerics.networks") / "data" / "LICENSE-DIGITS.md").read_text(encoding="utf-8")
    assert BUILT_IN_CONTENT in text
    assert all(name in text for name in ("LeCun", "Cortes", "Burges", "NIST", "by-sa/3.0"))


def test_digits_that_were_altered_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digits_module, "BUILT_IN_CONTENT", "0" * 64)
    with pytest.raises(ValueError, match=r"damaged: expected content 0{64}.*install the package again"):
        load_digits()


def test_the_content_hash_sees_one_pixel() -> None:
    halves = {name: np.zeros((2, 3), np.uint8) for name in ("x_train", "y_train", "x_test", "y_test")}
    before = content_hash(**halves)
    halves["x_test"][1, 2] = 1
    assert re.fullmatch("[0-9a-f]{64}", before)
    assert content_hash(**halves) != before


def test_the_subset_takes_the_least_hashes_of_each_class_whatever_the_order() -> None:
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (60, 4, 4)).astype(np.uint8)
    labels = (np.arange(60) % 3).astype(np.uint8)
    chosen = balanced_subset(images, labels, 5)
    assert np.bincount(labels[chosen]).tolist() == [5, 5, 5]

    hashes = np.array([sha256(image.tobytes()).hexdigest() for image in images])
    for label in range(3):
        of_class = hashes[labels == label]
        assert set(hashes[chosen[labels[chosen] == label]]) == set(sorted(of_class)[:5])

    shuffled = rng.permutation(60)
    again = balanced_subset(images[shuffled], labels[shuffled], 5)
    assert np.array_equal(images[chosen], images[shuffled][again])


def test_a_class_with_too_few_images_is_named() -> None:
    with pytest.raises(ValueError, match="class 1 has 1 images, fewer than the 2"):
        balanced_subset(np.zeros((3, 2), np.uint8), np.array([0, 0, 1], np.uint8), 2)


def test_digits_out_of_range_are_refused(few_digits: Digits) -> None:
    good = {name: getattr(few_digits, name) for name in ("x_train", "y_train", "x_test", "y_test")}
    nan = good["x_train"].copy()
    nan[0, 0] = np.nan
    for name, value, error, message in (
        ("x_train", nan, ValueError, r"x_train must lie in \[0, 1\]"),
        ("x_train", good["x_train"] * 255, ValueError, r"x_train must lie in \[0, 1\]"),
        ("x_train", good["x_train"].astype(float), TypeError, "x_train must be float32"),
        ("x_test", good["x_test"][:, :5], ValueError, "training images have 12 pixels, test images 5"),
        ("x_test", good["x_test"][:0], ValueError, "none of them 0"),
        ("y_test", good["y_test"][:-1], ValueError, r"y_test must have shape \(20,\)"),
        ("y_train", -good["y_train"], ValueError, "y_train must hold labels from 0"),
        ("y_train", good["y_train"] * 1.0, TypeError, "y_train must hold integers"),
    ):
        with pytest.raises(error, match=message):
            Digits(**{**good, name: value})
