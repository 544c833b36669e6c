"""Golden corruptions: the formulas of Hendrycks & Dietterich's make_imagenet_c.py and make_cifar_c.py. Writes corruption.json.

Where the imagecorruptions package has the same parameters (ImageNet's), its results must be the same.
"""

import hashlib
from unittest import mock

import cv2
import numpy as np
from imagecorruptions import corrupt

import golden

PARAMETERS = {
    "imagenet": {
        "gaussian_noise": [0.08, 0.12, 0.18, 0.26, 0.38],
        "defocus_blur": [(3, 0.1), (4, 0.5), (6, 0.5), (8, 0.5), (10, 0.5)],
        "contrast": [0.4, 0.3, 0.2, 0.1, 0.05],
    },
    "cifar": {
        "gaussian_noise": [0.04, 0.06, 0.08, 0.09, 0.10],
        "defocus_blur": [(0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (1, 0.2), (1.5, 0.1)],
        "contrast": [0.75, 0.5, 0.4, 0.3, 0.15],
    },
}
WINDOW = 96  # of the 224x224 image: noise is made for rows and columns 96 to 127 only
ROWS = [0, 1, 5, 17, 111, 200, 222, 223]  # what is kept of a 224x224 result


def disk(radius, alias_blur):
    if radius <= 8:
        grid, size = np.arange(-8, 9), (3, 3)
    else:
        grid, size = np.arange(-radius, radius + 1), (5, 5)
    x, y = np.meshgrid(grid, grid)
    aliased = np.array((x**2 + y**2) <= radius**2, dtype=np.float32)
    aliased /= np.sum(aliased)
    return cv2.GaussianBlur(aliased, ksize=size, sigmaX=alias_blur)


def gaussian_noise(image, sigma, noise):
    return np.clip(image / 255.0 + sigma * noise, 0, 1) * 255


def defocus_blur(image, parameters):
    kernel = disk(*parameters)
    blurred = np.stack([cv2.filter2D(image[:, :, c] / 255.0, -1, kernel) for c in range(3)], axis=2)
    return np.clip(blurred, 0, 1) * 255


def contrast(image, factor):
    scaled = image / 255.0
    means = np.mean(scaled, axis=(0, 1), keepdims=True)
    return np.clip((scaled - means) * factor + means, 0, 1) * 255


def reference(name, severity, image, noise):
    with mock.patch("numpy.random.normal", lambda size, scale: scale * noise):
        return corrupt(image, severity=severity, corruption_name=name)


def result(values, reference_pixels):
    """uint8 by truncation, as np.uint8 does it in the published scripts; `doubtful` counts values that rounding may tip."""
    found = values.astype(np.uint8)
    if reference_pixels is not None:
        distance = np.abs(found.astype(int) - reference_pixels)
        assert distance.max() <= 1 and (distance > 0).mean() < 1e-3, (distance.max(), (distance > 0).mean())
    doubtful = int((np.abs(values - np.round(values)) < 1e-4).sum())
    if found.shape[0] == 32:
        return {"doubtful": doubtful, "pixels": golden.pixels(found)}
    return {"doubtful": doubtful, "rowPixels": golden.pixels(found[ROWS]), "sum": int(found.astype(np.int64).sum()),
            "sha256": hashlib.sha256(found.tobytes()).hexdigest()}


noise = golden.normals("gaussian_noise", 32 * 32 * 3, 5).reshape(32, 32, 3)
large, small = golden.wave_image(224, 224), golden.wave_image(32, 32)
window = np.ascontiguousarray(large[WINDOW:WINDOW + 32, WINDOW:WINDOW + 32])
sets = {}
for size, image, noisy in (("imagenet", large, window), ("cifar", small, small)):
    table = sets[size] = {"gaussian_noise": [], "defocus_blur": [], "contrast": []}
    for severity in range(1, 6):
        for name, entries in table.items():
            parameters = PARAMETERS[size][name][severity - 1]
            source = noisy if name == "gaussian_noise" else image
            values = gaussian_noise(source, parameters, noise) if name == "gaussian_noise" else \
                {"defocus_blur": defocus_blur, "contrast": contrast}[name](source, parameters)
            checked = reference(name, severity, source, noise) if size == "imagenet" else None
            entry = {"severity": severity, "parameters": list(np.atleast_1d(parameters).astype(float)), **result(values, checked)}
            if name == "defocus_blur":
                entry["kernelSide"], entry["kernel"] = len(disk(*parameters)), golden.floats(disk(*parameters))
            entries.append(entry)

golden.write("corruption", {
    "about": {
        "formula": "integers, y and x from 0, / rounds down: red (x*x + 3*y*y)/64 % 256; green (7*x + 5*y + x*y/16) % 256; "
                   "blue 128 + 100*((x/16 + y/16) % 2) - (((x*31 + y*17) * 2654435761 % 2^32) >>> 26)",
        "pixels": "uint8, row by row, RGB interleaved, base64; truncated, not rounded, like the published scripts",
        "imagenet": "the formula at 224x224; `rowPixels` are the rows of `rows`, `sum` and `sha256` are of all pixels; gaussian_noise is on "
                    "the 32x32 window that starts at row and column `window`",
        "cifar": "the formula at 32x32",
        "noise": "standard normal [32, 32, 3]",
        "doubtful": "values within 1e-4 of an integer: there another order of summation may give a neighbour",
        "checked": "imagenet equals the imagecorruptions package (at most 1 in 1000 values differs, by 1)",
        "opencv": cv2.__version__,
    },
    "rows": ROWS,
    "window": WINDOW,
    "smallImage": golden.pixels(small),
    "largeImageSha256": hashlib.sha256(large.tobytes()).hexdigest(),
    "noise": golden.floats(noise),
    "results": sets,
})
