"""What the *_golden.py scripts share: synthetic images, counter-made numbers, and the place and form of the files."""

import base64
import hashlib
import json
import math
import pathlib
import zlib

import numpy as np

FOLDER = pathlib.Path(__file__).parents[2] / "steps/runner/src/test/resources/golden"


def write(name, content):
    """Writes golden/<name>.json: one line for each leaf of the first two levels, floats in their shortest exact form."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.json"
    path.write_text(_text(content, 2) + "\n")
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def _text(value, lines, indent=""):
    more = indent + "  "
    if lines and isinstance(value, dict) and value:
        rows = (f"{more}{json.dumps(k)}: {_text(v, lines - 1, more)}" for k, v in value.items())
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    if lines and isinstance(value, list) and value and isinstance(value[0], (dict, list)):
        return "[\n" + ",\n".join(more + _text(v, lines - 1, more) for v in value) + f"\n{indent}]"
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def pixels(image):
    """uint8 [H, W, 3] (or [H, W]) as base64, which Jackson binds to byte[]."""
    image = np.ascontiguousarray(image)
    assert image.dtype == np.uint8, image.dtype
    return base64.b64encode(image.tobytes()).decode()


def floats(values, digits=9):
    """Flat list; 9 significant digits give a float32 back exactly, 17 a float64."""
    return [float(f"{v:.{digits}g}") for v in np.asarray(values, dtype=np.float64).ravel()]


def counter(name, count):
    """v[i] = ((i * 2654435761 + crc32(name)) mod 2^32) / 2^32 - 0.5 as float64, crc32 of the name's ASCII bytes."""
    i = np.arange(count, dtype=np.uint64)
    bits = (i * np.uint64(2654435761) + np.uint64(zlib.crc32(name.encode()))) % np.uint64(2**32)
    return bits.astype(np.float64) / 2.0**32 - 0.5


def mixed(name, count):
    """`counter` after murmur3's finalizer, which leaves nothing of its regular steps: two hundred layers amplify what they share."""
    h = (np.arange(count, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(zlib.crc32(name.encode()))) % np.uint64(2**32)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        h = (h ^ h >> np.uint64(shift)) * np.uint64(factor) % np.uint64(2**32)
    return (h ^ h >> np.uint64(16)).astype(np.float64) / 2.0**32 - 0.5


def hashed(name, count):
    """Uniform on [-0.5, 0.5) from SHA-256 of "<name>/<i>": slower than `counter`, without its regular structure."""
    digests = (hashlib.sha256(f"{name}/{i}".encode()).digest() for i in range(count))
    return np.array([int.from_bytes(digest[:4], "big") for digest in digests], dtype=np.float64) / 2.0**32 - 0.5


def normals(name, count, decimals):
    """Box-Muller on `hashed`, rounded: no numpy version changes them, and the file holds them exactly."""
    u, v = hashed(name + ".u", count) + 0.5, hashed(name + ".v", count)
    z = np.sqrt(-2 * np.log(np.maximum(u, 2.0**-33))) * np.cos(2 * math.pi * v)
    return np.round(z, decimals)


def wave_image(height, width):
    """Integers only, so that Java makes the same image without a file: see `formula` in corruption.json."""
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    red = (x * x + 3 * y * y) // 64 % 256
    green = (7 * x + 5 * y + x * y // 16) % 256
    blue = 128 + 100 * ((x // 16 + y // 16) % 2) - ((x * 31 + y * 17) * 2654435761 % 2**32 >> 26)
    return np.stack([red, green, blue], axis=2).astype(np.uint8)


def small_images():
    """Six 32x32 images and one 64 wide, 48 high: ramps, hard edges, waves, noise, pure colours, near black, a mixture."""
    y, x = np.mgrid[0:32, 0:32].astype(np.int64)
    ramp = np.stack([8 * x, 8 * y, 4 * (x + y)], axis=2)
    edges = np.stack([255 * ((x // 4 + y // 4) % 2), 255 * (x // 8 % 2), 255 - 255 * (y // 5 % 2)], axis=2)
    waves = np.stack([127.5 + 127 * np.sin(x / 3.0 + c) * np.cos(y / 4.0 - c) for c in range(3)], axis=2)
    noise = np.floor(256 * (hashed("noise", 3072) + 0.5)).reshape(32, 32, 3)
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (0, 255, 255), (255, 0, 255), (0, 0, 0), (255, 255, 255),
               (128, 128, 128), (1, 0, 0), (254, 255, 254), (200, 100, 50), (50, 100, 200), (100, 200, 50), (13, 14, 15), (240, 16, 17)]
    patches = np.array(colours)[(y // 8) * 4 + x // 8]
    dark = np.stack([(x + y) % 3, (x * y) % 4, (x - y) % 2], axis=2)
    dark[17, 11] = (255, 250, 3)
    named = dict(ramp=ramp, edges=edges, waves=waves, noise=noise, patches=patches, dark=dark, wide=wave_image(48, 64))
    return {name: np.clip(image, 0, 255).astype(np.uint8) for name, image in named.items()}
