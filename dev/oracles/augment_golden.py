"""Golden results of the view operations: Pillow and torchvision on seven synthetic images. Writes augment.json."""

import numpy as np
import PIL
import torch
import torchvision
from PIL import Image
from torchvision.transforms import functional as F
from torchvision.transforms import InterpolationMode

import golden

FACTORS = {
    "brightness": [0.0, 0.6, 1.0, 1.37, 2.0],
    "contrast": [0.0, 0.6, 1.0, 1.37, 2.0],
    "saturation": [0.0, 0.6, 1.0, 1.37, 2.0],
    "hue": [-0.5, -0.1, -0.013, 0.0, 0.07, 0.25, 0.5],
}
# top, left, height, width: whole, odd parts (down and up), a sliver each way, one pixel
BOXES = {
    (32, 32): [(0, 0, 32, 32), (3, 5, 20, 17), (1, 0, 31, 29), (11, 2, 7, 25), (0, 20, 30, 6), (9, 9, 1, 1)],
    (48, 64): [(0, 0, 48, 64), (2, 7, 41, 50), (5, 1, 33, 40), (30, 40, 12, 20), (0, 0, 48, 9)],
}


def crops(image, size):
    pil, tensor = Image.fromarray(image), torch.from_numpy(image).permute(2, 0, 1).contiguous()
    for box in BOXES[image.shape[:2]]:
        options = dict(size=[size, size], interpolation=InterpolationMode.BILINEAR, antialias=True)
        on_tensor = F.resized_crop(tensor, *box, **options).permute(1, 2, 0).numpy()
        yield {
            "top": box[0], "left": box[1], "height": box[2], "width": box[3], "size": size,
            "pillow": golden.pixels(np.asarray(F.resized_crop(pil, *box, **options))),
            "torch": golden.pixels(on_tensor),
        }


def adjusted(image, every):
    pil = Image.fromarray(image)
    for operation, factors in FACTORS.items():
        factors = factors if every else factors[1:2]
        adjust = getattr(F, f"adjust_{operation}")
        for factor in factors:
            yield {"operation": operation, "factor": factor, "pixels": golden.pixels(np.asarray(adjust(pil, factor)))}


def blurred(image, sigma):
    """Green channel / 255 as float32 through torchvision's kernel of 3; it pads by reflection, `zero` pads with zeros."""
    plane = torch.from_numpy(image[:, :, 1].astype(np.float32) / np.float32(255))[None, None]
    reflect = F.gaussian_blur(plane, [3, 3], [sigma, sigma])
    kernel = torchvision.transforms._functional_tensor._get_gaussian_kernel2d([3, 3], [sigma, sigma], torch.float32, plane.device)
    zero = torch.nn.functional.conv2d(torch.nn.functional.pad(plane, [1, 1, 1, 1]), kernel[None, None])
    again = torch.nn.functional.conv2d(torch.nn.functional.pad(plane, [1, 1, 1, 1], mode="reflect"), kernel[None, None])
    assert torch.allclose(reflect, again, atol=1e-6)
    return {"sigma": sigma, "kernel": golden.floats(kernel.numpy()), "reflect": golden.floats(reflect.numpy(), 7),
            "zero": golden.floats(zero.numpy(), 7)}


cases = {}
for name, image in golden.small_images().items():
    height, width = image.shape[:2]
    case = {"height": height, "width": width, "pixels": golden.pixels(image)}
    case["crops"] = [crop for size in ([32] if width == 32 else [32, 24]) for crop in crops(image, size)]
    case["flipped"] = golden.pixels(np.asarray(F.hflip(Image.fromarray(image))))
    case["gray"] = golden.pixels(np.asarray(Image.fromarray(image).convert("L")))
    if name not in ("ramp", "edges"):
        case["adjusted"] = list(adjusted(image, every=name in ("waves", "noise", "patches")))
    if name in ("noise", "edges"):
        case["blurred"] = [blurred(image, sigma) for sigma in (0.1, 1.0, 2.0)]
    cases[name] = case

golden.write("augment", {
    "about": {
        "pixels": "uint8, row by row, RGB interleaved (gray: one byte a pixel), base64",
        "crops": "torchvision resized_crop, bilinear, antialias: `pillow` on a PIL image, `torch` on a uint8 tensor",
        "adjusted": "torchvision adjust_* on a PIL image",
        "blurred": "green channel / 255, float32, Gaussian kernel of 3",
        "pillow": PIL.__version__, "torchvision": torchvision.__version__,
    },
    "images": cases,
})
