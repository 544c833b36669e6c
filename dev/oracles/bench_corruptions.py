"""The imagecorruptions package's time for one image of 224 pixels at each of the five severities, one thread. Peer of `supcon bench corruptions`.

Prints one JSON line, or with --serve first {"ready": true}, then answers each line `step N` on stdin with {"ms": [...]}, until stdin ends.
Its motion blur, snow, zoom blur and elastic transform are not quite the authors'.
"""

import argparse
import json
import platform
from importlib import metadata
from unittest import mock

import cv2
import imagecorruptions
import imagecorruptions.corruptions as package
import skimage.filters

import golden
import serving

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--type", required=True, help="as the package names it")
parser.add_argument("--steps", type=int, default=5)
parser.add_argument("--warmup", type=int, default=1)
parser.add_argument("--serve", action="store_true")
options = parser.parse_args()
image = golden.wave_image(224, 224)


def gaussian(values, sigma, multichannel=False, **more):
    """As the package's scikit-image had it."""
    return skimage.filters.gaussian(values, sigma=sigma, channel_axis=-1 if multichannel else None, **more)


def severities():
    for severity in range(1, 6):
        imagecorruptions.corrupt(image, severity=severity, corruption_name=options.type)


def versions():
    names = ("imagecorruptions", "numpy", "scipy", "scikit-image", "opencv-python-headless", "pillow")
    return ", ".join([*(f"{name} {metadata.version(name)}" for name in names), f"Python {platform.python_version()}"])


cv2.setNumThreads(1)
with mock.patch.object(package, "gaussian", gaussian):
    serving.times(severities, options.warmup)
    if options.serve:
        serving.serve(severities, peer=versions)
    else:
        print(json.dumps({"bench": "corruptions", "type": options.type, **serving.summary(serving.times(severities, options.steps))}))
