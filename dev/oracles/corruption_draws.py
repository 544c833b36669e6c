"""The random draws of corruption_golden.py: CounterRandom.java and Draws.java written again in NumPy; and ImageMagick, where it is there."""

import ctypes
import dataclasses
import io

import cv2
import numpy as np
import scipy.stats
from PIL import Image

try:
    from wand.api import library
    from wand.image import Image as WandImage
    from wand.version import MAGICK_VERSION
    library.MagickMotionBlurImage.argtypes = (ctypes.c_void_p, ctypes.c_double, ctypes.c_double, ctypes.c_double)
except ImportError:
    WandImage = None

GOLDEN = 0x9E3779B97F4A7C15
MASK = 2**64 - 1
PURPOSE = 0x636F7272757074  # "corrupt"


def mix(word):
    z = (word ^ word >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


def key(first, *rest):
    made = mix(first + GOLDEN & MASK)
    for word in rest:
        made = mix(made + GOLDEN + mix(word + GOLDEN & MASK) & MASK)
    return made


@dataclasses.dataclass(frozen=True)
class Draws:
    key: int

    @staticmethod
    def of(seed, image, severity):
        return Draws(key(key(seed, PURPOSE, image), severity))

    def stream(self, number):
        return Draws(key(self.key, number))

    def bits(self, count):
        positions = np.arange(1, count + 1, dtype=np.uint64)
        z = positions * np.uint64(GOLDEN) + np.uint64(self.key)
        z = (z ^ z >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ z >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
        return z ^ z >> np.uint64(31)

    def uniform(self, shape):
        return ((self.bits(int(np.prod(shape))) >> np.uint64(11)).astype(np.float64) * 2.0**-53).reshape(shape)

    def normal(self, shape):
        pairs = self.uniform(2 * int(np.prod(shape))).reshape(-1, 2)
        return (np.sqrt(-2 * np.log(1 - pairs[:, 0])) * np.cos(2 * np.pi * pairs[:, 1])).reshape(shape)

    def integers(self, low, high, count):
        bits, bound = self.bits(count) >> np.uint64(1), np.uint64(high - low)
        upper, lower = (bits >> np.uint64(32)) * bound, (bits & np.uint64(2**32 - 1)) * bound
        return ((upper + (lower >> np.uint64(32))) >> np.uint64(31)).astype(np.int64) + low

    def poisson(self, rates):
        """The least count whose cumulative probability reaches the uniform draw."""
        uniforms, counts = self.uniform(rates.shape), np.zeros(rates.shape, dtype=np.int64)
        for rate in np.unique(rates):
            here = rates == rate
            counts[here] = np.searchsorted(scipy.stats.poisson.cdf(np.arange(1000), rate), uniforms[here])
        return counts


def wand_version():
    return f"motionBlur and snow: equals {MAGICK_VERSION}" if WandImage else "ImageMagick was not there to compare with"


def compare_with_wand(image, radius, sigma, angle, ours):
    if WandImage:
        written = io.BytesIO()
        Image.fromarray(image).save(written, "PNG")
        picture = WandImage(blob=written.getvalue())
        library.MagickMotionBlurImage(picture.wand, radius, sigma, angle)
        theirs = cv2.imdecode(np.frombuffer(picture.make_blob(), np.uint8), cv2.IMREAD_UNCHANGED)
        theirs = theirs[..., ::-1] if theirs.ndim == 3 else theirs[..., np.newaxis]  # BGR; grey images come back as one plane
        assert (theirs == ours.reshape(*ours.shape[:2], -1)).all(), (radius, sigma, angle)
