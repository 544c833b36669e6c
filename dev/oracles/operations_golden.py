"""Golden results of AutoAugment's and RandAugment's operations at every level. Writes operations.json, or with --photographs FOLDER --out FILE the
same of up to 20 photographs, cut square and brought to sizes from 8 to 512, for PixelOperationsTest (-Dsupcon.operations=FILE).

torchvision's operations on Pillow images by torchvision itself; those of the paper's TensorFlow code by authors_operations.py.
"""

import argparse
import hashlib
import itertools
import json
import pathlib

import numpy as np
import PIL
import torchvision
from PIL import Image
from torchvision.transforms import InterpolationMode
from torchvision.transforms import autoaugment as A

import authors_operations as authors
import golden

NAMES = {"Identity": "IDENTITY", "ShearX": "SHEAR_X", "ShearY": "SHEAR_Y", "TranslateX": "TRANSLATE_X", "TranslateY": "TRANSLATE_Y",
         "Rotate": "ROTATE", "AutoContrast": "AUTO_CONTRAST", "Equalize": "EQUALIZE", "Invert": "INVERT", "Solarize": "SOLARIZE",
         "Posterize": "POSTERIZE", "Contrast": "CONTRAST", "Color": "COLOR", "Brightness": "BRIGHTNESS", "Sharpness": "SHARPNESS"}
SIZES = [8, 9, 15, 16, 27, 31, 32, 33, 48, 63, 64, 97, 127, 128, 160, 223, 224, 225, 333, 512]


def torchvision_levels(side):
    """{"autoAugment" or "randAugment": {operation: [(level, amounts of both signs)]}}; an amount is what our operation takes."""
    spaces = {"autoAugment": A.AutoAugment()._augmentation_space(10, (side, side)), "randAugment": A.RandAugment()._augmentation_space(31, (side, side))}
    return {policy: {NAMES[name]: [sides(name, float(m), signed) for m in (magnitudes if magnitudes.ndim else [magnitudes])]
                     for name, (magnitudes, signed) in space.items()} for policy, space in spaces.items()}


def sides(name, magnitude, signed):
    """torchvision's own magnitudes, plus and minus; enhancements become factors, translations whole."""
    each = [magnitude, -magnitude] if signed else [magnitude]
    if name in ("Brightness", "Color", "Contrast", "Sharpness"):
        return [(m, 1.0 + m) for m in each]
    return [(m, int(m) if name.startswith("Translate") else m) for m in each]


def by_torchvision(image):
    pil, names = Image.fromarray(image), {ours: theirs for theirs, ours in NAMES.items()}
    for policy, space in torchvision_levels(len(image)).items():
        for operation, levels in space.items():
            yield policy, operation, [
                (amount, np.asarray(A._apply_op(pil, names[operation], magnitude, InterpolationMode.NEAREST, None)))
                for level in levels for magnitude, amount in level]


def by_authors(image):
    for policy, translation, cutout in (("autoAugment", 250, 100), ("randAugment", 100, 40)):
        for operation in authors.OPERATIONS:
            levels = [0] if operation in authors.PLAIN else authors.LEVELS
            signs = (1, -1) if operation in authors.SIGNED else (1,)
            values = [sign * authors.amount(operation, level, translation, cutout) for level in levels for sign in signs]
            yield policy, operation, [(value, authors.apply(operation, image, value)) for value in values]


def digest(results):
    """Of the pixels of all levels, one after the other."""
    return hashlib.sha256(b"".join(pixels.tobytes() for _, pixels in results)).hexdigest()[:32]


def operations(image, of):
    """{semantics: {policy: {operation: of its results}}}"""
    found = {}
    for semantics, by in (("torchvision", by_torchvision), ("authorsTf", by_authors)):
        for policy, operation, results in by(image):
            found.setdefault(semantics, {}).setdefault(policy, {})[operation] = of(results)
    return found


def amounts(results):
    return [float(amount) + 0.0 for amount, _ in results]  # no -0.0


def square(image):
    side = min(image.shape[:2])
    return np.ascontiguousarray(image[:side, :side])


def made():
    images = {name: image for name, image in golden.small_images().items() if name != "wide"}
    images |= {f"waves{side}": golden.wave_image(side, side) for side in (8, 31, 45)}
    images["grey33"] = np.repeat(golden.wave_image(33, 33)[:, :, :1], 3, axis=2)
    images["saturated"] = np.where(golden.wave_image(31, 31) > 127, 255, 0).astype(np.uint8)
    images["flat"] = np.full((9, 9, 3), 77, np.uint8)
    return images


def photographs(folder):
    """Every fifth is grey, every fifth saturated."""
    files = sorted(path for path in pathlib.Path(folder).iterdir() if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    for i, (path, size) in enumerate(zip(files, itertools.cycle(SIZES))):
        if i == 20:
            return
        image = Image.fromarray(square(np.asarray(Image.open(path).convert("RGB")))).resize((size, size), Image.Resampling.BICUBIC)
        if i % 5 == 3:
            image = image.convert("L").convert("RGB")
        pixels = np.asarray(image)
        yield path.stem, np.clip(pixels.astype(int) * 3 - 255, 0, 255).astype(np.uint8) if i % 5 == 4 else pixels


JITTERS = [(("BRIGHTNESS", "CONTRAST", "SATURATION", "HUE"), 1.3, 0.7, 1.4, 0.07), (("HUE", "SATURATION", "CONTRAST", "BRIGHTNESS"), 0.6, 1.5, 0.5, -0.18),
           (("SATURATION", "HUE", "BRIGHTNESS", "CONTRAST"), 0.25, 0.3, 1.79, 0.2)]
WARPS = [2.0, 11.5, 23.0]


def floating(images):
    """Of jitter and warp, which are no whole-number arithmetic, the pixels themselves."""
    for name in ("noise", "patches", "waves45"):
        image = images[name]
        for order, *factors in JITTERS:
            yield {"image": name, "jitter": order, "factors": factors, "pixels": golden.pixels(authors.jitter(image, order, *factors))}
        for length in WARPS:
            moves = length * golden.normals(f"warp{length}", 8, 6)
            yield {"image": name, "moves": golden.floats(moves, 17), "pixels": golden.pixels(authors.warp(image, moves))}


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--photographs")
parser.add_argument("--out", type=pathlib.Path)
options = parser.parse_args()
images = dict(photographs(options.photographs)) if options.photographs else made()
content = {
    "about": {"amounts": "by the side in pixels, level by level; where there is a sign, plus before minus",
              "images": "the first 32 hexadecimal digits of that of all amounts' pixels, one after the other; uint8, row by row, RGB interleaved",
              "cutout": "centre at a quarter of the rows and half of the columns",
              "pillow": PIL.__version__, "torchvision": torchvision.__version__},
    "amounts": {str(side): operations(golden.wave_image(side, side), amounts) for side in (32, 224)},
    "images": {name: {"side": len(image), "pixels": golden.pixels(image), **operations(image, digest)} for name, image in images.items()},
    "floating": [] if options.photographs else list(floating(images)),
}
if options.out:
    options.out.write_text(json.dumps(content))
    print(f"{options.out}: {len(images)} images of {sorted(len(image) for image in images.values())} pixels")
else:
    golden.write("operations", content)
