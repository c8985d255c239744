"""Choose a small, class-balanced part of a set of images by their content alone.

For each class the images with the least SHA-256 are taken. The choice depends on no generator of random
numbers and on no order of the file, so anybody can repeat it with any tool.
"""

from __future__ import annotations

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray


def balanced_subset(images: NDArray[np.uint8], labels: NDArray[np.uint8], per_class: int) -> NDArray[np.intp]:
    """Positions of the `per_class` images of each class whose bytes have the least SHA-256.

    Parameters
    ----------
    images
        shape (n_samples, height, width) or (n_samples, n_pixels); hashed row by row, without the label.
    labels
        shape (n_samples,).
    per_class
        Images to take of every class that occurs.

    Returns
    -------
    array of integers, shape (n_classes * per_class,)
        In ascending order of the hash, so that the classes are mixed; of two equal images the earlier comes
        first.

    Raises
    ------
    ValueError
        If some class has fewer than `per_class` images.
    """
    if len(images) != len(labels):
        raise ValueError(f"expected one label an image, found {len(images)} images and {len(labels)} labels")
    hashes = [sha256(np.ascontiguousarray(image).tobytes()).digest() for image in images]
    order = np.array(sorted(range(len(images)), key=hashes.__getitem__), dtype=np.intp)
    taken = np.zeros(len(images), dtype=bool)
    for label in np.unique(labels):
        of_class = order[labels[order] == label]
        if len(of_class) < per_class:
            raise ValueError(f"class {label} has {len(of_class)} images, fewer than the {per_class} asked for")
        taken[of_class[:per_class]] = True
    return order[taken[order]]
