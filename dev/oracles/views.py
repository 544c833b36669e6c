"""torchvision's random views of 32x32 images for a whole batch at once, on float tensors [B, 3, S, S] in [0, 1].

The same distributions as RandomResizedCrop (bilinear), RandomHorizontalFlip, ColorJitter and RandomGrayscale, without rounding to bytes
between them. A crop is never larger than the image, so bilinear never shrinks and antialiasing has nothing to do.
"""

import math

import numpy as np
import torch
from torchvision.transforms._functional_tensor import _hsv2rgb, _rgb2hsv

GRAY = torch.tensor([0.2989, 0.587, 0.114])[:, None, None]


def boxes(count, side, smallest, rng):
    """torchvision's get_params: the first of ten tries that fits, else the whole image; top, left, height, width as [count]."""
    area = side * side * rng.uniform(smallest, 1.0, (10, count))
    ratio = np.exp(rng.uniform(math.log(3 / 4), math.log(4 / 3), (10, count)))
    width, height = np.rint(np.sqrt(area * ratio)).astype(int), np.rint(np.sqrt(area / ratio)).astype(int)
    fits = (0 < width) & (width <= side) & (0 < height) & (height <= side)
    first, which = fits.argmax(0), np.arange(count)
    found = fits.any(0)
    width, height = np.where(found, width[first, which], side), np.where(found, height[first, which], side)
    return rng.integers(0, side - height + 1), rng.integers(0, side - width + 1), height, width


def interpolation(start, length, side):
    """Rows of weights [B, S, S]: output pixel o reads its two neighbours inside [start, start + length)."""
    centre = (np.arange(side) + 0.5)[None] * (length / side)[:, None] - 0.5
    centre = np.clip(centre, 0, (length - 1)[:, None]) + start[:, None]
    distance = np.abs(centre[:, :, None] - np.arange(side)[None, None])
    return torch.from_numpy(np.maximum(0, 1 - distance).astype(np.float32))


def crop_and_flip(images, smallest, rng):
    count, _, side, _ = images.shape
    top, left, height, width = boxes(count, side, smallest, rng)
    rows, columns = interpolation(top, height, side), interpolation(left, width, side)
    flipped = torch.from_numpy(rng.random(count) < 0.5)
    columns = torch.where(flipped[:, None, None], columns.flip(1), columns)
    return rows[:, None] @ images @ columns.transpose(1, 2)[:, None]


def gray(images):
    return (images * GRAY).sum(1, keepdim=True)


def blend(images, other, factor):
    return (factor * images + (1 - factor) * other).clamp(0, 1)


def shift_hue(images, shift):
    hue, saturation, value = _rgb2hsv(images).unbind(1)
    return _hsv2rgb(torch.stack([(hue + shift) % 1.0, saturation, value], 1))


def jitter(images, strength, rng):
    """ColorJitter(0.8 s, 0.8 s, 0.8 s, 0.2 s) with probability 0.8, its four operations in a random order for every image."""
    count = len(images)
    order = rng.permuted(np.tile(np.arange(4), (count, 1)), axis=1)
    order[rng.random(count) >= 0.8] = -1
    factors = rng.uniform(1 - 0.8 * strength, 1 + 0.8 * strength, (3, count)).astype(np.float32)
    shifts = rng.uniform(-0.2 * strength, 0.2 * strength, count).astype(np.float32)
    for place in range(4):
        for operation in range(4):
            which = np.flatnonzero(order[:, place] == operation)
            if len(which) == 0:
                continue
            index, chosen = torch.from_numpy(which), images[which]
            factor = torch.from_numpy(factors[operation % 3][which])[:, None, None, None]
            if operation == 0:
                changed = blend(chosen, torch.zeros(()), factor)
            elif operation == 1:
                changed = blend(chosen, gray(chosen).mean((1, 2, 3), keepdim=True), factor)
            elif operation == 2:
                changed = blend(chosen, gray(chosen), factor)
            else:
                changed = shift_hue(chosen, torch.from_numpy(shifts[which])[:, None, None])
            images[index] = changed
    return images


def sim_augment(images, smallest, strength, rng):
    """Crop, flip, jitter with probability 0.8, gray with 0.2; HobbitLong's crops are of area 0.2 to 1, and the strength is 0.5."""
    images = jitter(crop_and_flip(images, smallest, rng), strength, rng)
    grayed = torch.from_numpy(rng.random(len(images)) < 0.2)[:, None, None, None]
    return torch.where(grayed, gray(images), images)
