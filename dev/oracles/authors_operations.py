"""The operations of the paper's TensorFlow code, written out in NumPy from their formulas: no TensorFlow is needed.

Sources: `augment.py` of TensorFlow's models (official/vision/image_classification), google-research/supcon `preprocessing.py`, `tf.image`, and
TensorFlow Addons' `sparse_image_warp`. Images are uint8 [S, S, 3]; arithmetic that TensorFlow does in float32 is done in float32, apart from the
jitter's colour spaces and the warp, which are in float64: there a byte may differ by one.
"""

import math

import numpy as np

F = np.float32
LEVELS = range(11)
SIGNED = {"SHEAR_X", "SHEAR_Y", "TRANSLATE_X", "TRANSLATE_Y", "ROTATE"}
PLAIN = {"IDENTITY", "AUTO_CONTRAST", "EQUALIZE", "INVERT"}


def amount(operation, level, translation, cutout):
    """level_to_arg, without the random sign."""
    part = level / 10.0
    if operation in PLAIN:
        return 0
    if operation.startswith("SHEAR"):
        return part * 0.3
    if operation.startswith("TRANSLATE"):
        return part * translation
    whole = {"POSTERIZE": 4, "SOLARIZE": 256, "SOLARIZE_ADD": 110, "CUTOUT": cutout}
    if operation in whole:
        return int(part * whole[operation])
    return part * 30.0 if operation == "ROTATE" else part * 1.8 + 0.1


OPERATIONS = ["IDENTITY", "SHEAR_X", "SHEAR_Y", "TRANSLATE_X", "TRANSLATE_Y", "ROTATE", "AUTO_CONTRAST", "EQUALIZE", "INVERT", "SOLARIZE",
              "SOLARIZE_ADD", "POSTERIZE", "CONTRAST", "COLOR", "BRIGHTNESS", "SHARPNESS", "CUTOUT"]


def transform(image, a, b, c, d, e, f):
    """ImageProjectiveTransform, nearest, constant: std::round of float32 coordinates; 128 where the wrapped channel of ones comes out as 0."""
    side = len(image)
    y, x = np.mgrid[0:side, 0:side].astype(F)
    from_x = F(a) * x + F(b) * y + F(c)
    from_y = F(d) * x + F(e) * y + F(f)
    half_away = lambda v: np.copysign(np.floor(np.abs(v.astype(np.float64)) + 0.5), v).astype(np.int64)
    ix, iy = half_away(from_x), half_away(from_y)
    inside = (ix >= 0) & (ix < side) & (iy >= 0) & (iy < side)
    return np.where(inside[:, :, None], image[np.clip(iy, 0, side - 1), np.clip(ix, 0, side - 1)], np.uint8(128))


def rotate(image, degrees):
    last = F(len(image) - 1)
    radians = F(degrees) * F(math.pi / 180)
    cosine, sine = F(math.cos(float(radians))), F(math.sin(float(radians)))
    x = (last - (cosine * last - sine * last)) / F(2)
    y = (last - (sine * last + cosine * last)) / F(2)
    return transform(image, cosine, -sine, x, sine, cosine, y)


def blend(first, second, factor):
    if factor in (0.0, 1.0):
        return second if factor else first
    first, second = first.astype(F), second.astype(F)
    return np.clip(first + F(factor) * (second - first), 0, 255).astype(np.uint8)


def grey(image):
    """rgb_to_grayscale of uint8, over convert_image_dtype's 1 / 255 and 255.5."""
    unit = image.astype(F) * F(1 / 255)
    weighted = unit[:, :, 0] * F(0.2989) + unit[:, :, 1] * F(0.587) + unit[:, :, 2] * F(0.114)
    return np.repeat((weighted * F(255.5)).astype(np.uint8)[:, :, None], 3, axis=2)


def autocontrast(image):
    out = image.copy()
    for channel in range(3):
        plane = image[:, :, channel]
        low, high = F(plane.min()), F(plane.max())
        if high > low:
            scale = F(255) / (high - low)
            out[:, :, channel] = np.clip(plane.astype(F) * scale + -low * scale, 0, 255).astype(np.uint8)
    return out


def equalize(image):
    out = image.copy()
    for channel in range(3):
        counts = np.bincount(image[:, :, channel].ravel(), minlength=256)
        step = (counts.sum() - counts[counts > 0][-1]) // 255
        if step:
            table = np.concatenate([[0], ((np.cumsum(counts) + step // 2) // step)[:-1]])
            out[:, :, channel] = np.clip(table, 0, 255)[image[:, :, channel]]
    return out


def sharpness(image, factor):
    """The smoothed value is the true quotient, truncated; TensorFlow's float32 sum may lie a hair below a whole one."""
    wide = image.astype(np.int64)
    around = sum(wide[1 + dy:len(wide) - 1 + dy, 1 + dx:len(wide) - 1 + dx] for dy in (-1, 0, 1) for dx in (-1, 0, 1))
    smooth = image.copy()
    smooth[1:-1, 1:-1] = (around + 4 * wide[1:-1, 1:-1]) // 13
    return blend(smooth, image, factor)


def cutout(image, reach, row, column):
    out, side = image.copy(), len(image)
    y, x = int(row * side), int(column * side)
    out[max(0, y - reach):y + reach, max(0, x - reach):x + reach] = 128
    return out


def apply(operation, image, value, row=0.25, column=0.5):
    match operation:
        case "IDENTITY": return image
        case "SHEAR_X": return transform(image, 1, value, 0, 0, 1, 0)
        case "SHEAR_Y": return transform(image, 1, 0, 0, value, 1, 0)
        case "TRANSLATE_X": return transform(image, 1, 0, value, 0, 1, 0)
        case "TRANSLATE_Y": return transform(image, 1, 0, 0, 0, 1, value)
        case "ROTATE": return rotate(image, value)
        case "AUTO_CONTRAST": return autocontrast(image)
        case "EQUALIZE": return equalize(image)
        case "INVERT": return 255 - image
        case "SOLARIZE": return np.where(image < value, image, 255 - image).astype(np.uint8)
        case "SOLARIZE_ADD": return np.where(image < 128, np.clip(image.astype(np.int64) + value, 0, 255), image).astype(np.uint8)
        case "POSTERIZE":  # a shift is at most 7 bits (bitwise_ops.h), so that 0 bits keep the highest one
            return image >> min(8 - value, 7) << min(8 - value, 7)
        case "CONTRAST":  # not the mean: the histogram's sum over 256
            return blend(np.full_like(image, min(image.shape[0] * image.shape[1] // 256, 255)), image, value)
        case "COLOR": return blend(grey(image), image, value)
        case "BRIGHTNESS": return blend(np.zeros_like(image), image, value)
        case "SHARPNESS": return sharpness(image, value)
        case "CUTOUT": return cutout(image, value, row, column)


def to_hsv(rgb):
    high, low = rgb.max(2), rgb.min(2)
    chroma = high - low
    safe = np.where(chroma == 0, 1, chroma)
    red, green, blue = np.moveaxis(rgb, 2, 0)
    hue = np.where(high == red, (green - blue) / safe, np.where(high == green, 2 + (blue - red) / safe, 4 + (red - green) / safe))
    return np.where(chroma == 0, 0, hue / 6 % 1), np.where(high == 0, 0, chroma / np.where(high == 0, 1, high)), high


def to_rgb(hue, saturation, value):
    sector, part = np.floor(hue * 6), hue * 6 - np.floor(hue * 6)
    p, q, t = value * (1 - saturation), value * (1 - saturation * part), value * (1 - saturation * (1 - part))
    case = [sector % 6 == k for k in range(6)]
    return np.stack([np.select(case, [value, q, p, p, t, value]), np.select(case, [t, value, value, q, p, p]),
                     np.select(case, [p, p, t, value, value, q])], axis=2)


def jitter(image, order, brightness, contrast, saturation, hue):
    """_jitter_colors with tf.image: brightness adds `brightness - 1`."""
    rgb = image / 255.0
    for change in order:
        if change == "BRIGHTNESS":
            rgb = rgb + (brightness - 1)
        elif change == "CONTRAST":
            mean = rgb.mean((0, 1), keepdims=True)
            rgb = (rgb - mean) * contrast + mean
        else:
            h, s, v = to_hsv(rgb)
            rgb = to_rgb((h + hue) % 1, s, v) if change == "HUE" else to_rgb(h, np.clip(s * saturation, 0, 1), v)
        rgb = np.clip(rgb, 0, 1)
    return (rgb * 255.5).astype(np.uint8)


def warp(image, moves):
    """sparse_image_warp: a thin-plate spline through the moves, fitted at the destinations; bilinear at p - flow(p), edges clamped."""
    side = len(image)
    start = np.array([[(i + 1) * side / 3, (j + 1) * side / 3] for i in range(2) for j in range(2)])
    moves = np.reshape(moves, (4, 2))
    end = start + moves

    def spline(p, q):
        squared = ((p[:, None] - q[None]) ** 2).sum(2)
        return 0.5 * squared * np.log(np.maximum(squared, 1e-10))

    ones = np.hstack([end, np.ones((4, 1))])
    system = np.block([[spline(end, end), ones], [ones.T, np.zeros((3, 3))]])
    weights = np.linalg.solve(system, np.vstack([moves, np.zeros((3, 2))]))
    grid = np.mgrid[0:side, 0:side].reshape(2, -1).T.astype(np.float64)
    flow = spline(grid, end) @ weights[:4] + np.hstack([grid, np.ones((len(grid), 1))]) @ weights[4:]
    place = np.clip(grid - flow, 0, side - 1)
    corner = np.minimum(np.floor(place).astype(int), side - 2)
    down, right = np.moveaxis((place - corner)[:, :, None], 1, 0)
    at = lambda dy, dx: image[corner[:, 0] + dy, corner[:, 1] + dx].astype(np.float64)
    top, bottom = at(0, 0) + right * (at(0, 1) - at(0, 0)), at(1, 0) + right * (at(1, 1) - at(1, 0))
    return (top + down * (bottom - top)).astype(np.uint8).reshape(image.shape)
