"""Golden corruptions: the formulas of Hendrycks & Dietterich's make_imagenet_c.py and make_cifar_c.py on NumPy, SciPy, scikit-image,
OpenCV and Pillow, fed with the draws of our counter. Writes corruption.json.

Where the imagecorruptions package does the same (ImageNet's parameters), its results must be the same. Motion blur is written out after
ImageMagick's MotionBlurImage; where ImageMagick can be loaded through wand, it must be the same.
"""

import hashlib
import io
import math
from unittest import mock

import cv2
import imagecorruptions
import imagecorruptions.corruptions as package
import numpy as np
import scipy.ndimage
import scipy.stats
import skimage
import skimage.color
import skimage.util
from PIL import Image

import corruption_draws
import golden

PARAMETERS = {
    "imagenet": {
        "gaussianNoise": [0.08, 0.12, 0.18, 0.26, 0.38],
        "shotNoise": [60, 25, 12, 5, 3],
        "impulseNoise": [0.03, 0.06, 0.09, 0.17, 0.27],
        "defocusBlur": [(3, 0.1), (4, 0.5), (6, 0.5), (8, 0.5), (10, 0.5)],
        "glassBlur": [(0.7, 1, 2), (0.9, 2, 1), (1, 2, 3), (1.1, 3, 2), (1.5, 4, 2)],
        "motionBlur": [(10, 3), (15, 5), (15, 8), (15, 12), (20, 15)],
        "zoomBlur": [(1.11, 0.01), (1.16, 0.01), (1.21, 0.02), (1.26, 0.02), (1.31, 0.03)],
        "snow": [(0.1, 0.3, 3, 0.5, 10, 4, 0.8), (0.2, 0.3, 2, 0.5, 12, 4, 0.7), (0.55, 0.3, 4, 0.9, 12, 8, 0.7),
                 (0.55, 0.3, 4.5, 0.85, 12, 8, 0.65), (0.55, 0.3, 2.5, 0.85, 12, 12, 0.55)],
        "fog": [(1.5, 2), (2, 2), (2.5, 1.7), (2.5, 1.5), (3, 1.4)],
        "brightness": [0.1, 0.2, 0.3, 0.4, 0.5],
        "contrast": [0.4, 0.3, 0.2, 0.1, 0.05],
        "elasticTransform": [(244 * 2, 244 * 0.7, 244 * 0.1), (244 * 2, 244 * 0.08, 244 * 0.2), (244 * 0.05, 244 * 0.01, 244 * 0.02),
                             (244 * 0.07, 244 * 0.01, 244 * 0.02), (244 * 0.12, 244 * 0.01, 244 * 0.02)],
        "pixelate": [0.6, 0.5, 0.4, 0.3, 0.25],
        "jpegCompression": [25, 18, 15, 10, 7],
        "speckleNoise": [0.15, 0.2, 0.35, 0.45, 0.6],
        "gaussianBlur": [1, 2, 3, 4, 6],
        "spatter": [(0.65, 0.3, 4, 0.69, 0.6, 0), (0.65, 0.3, 3, 0.68, 0.6, 0), (0.65, 0.3, 2, 0.68, 0.5, 0),
                    (0.65, 0.3, 1, 0.65, 1.5, 1), (0.67, 0.4, 1, 0.65, 1.5, 1)],
        "saturate": [(0.3, 0), (0.1, 0), (2, 0), (5, 0.1), (20, 0.2)],
    },
    "cifar": {
        "gaussianNoise": [0.04, 0.06, 0.08, 0.09, 0.10],
        "shotNoise": [500, 250, 100, 75, 50],
        "impulseNoise": [0.01, 0.02, 0.03, 0.05, 0.07],
        "defocusBlur": [(0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (1, 0.2), (1.5, 0.1)],
        "glassBlur": [(0.05, 1, 1), (0.25, 1, 1), (0.4, 1, 1), (0.25, 1, 2), (0.4, 1, 2)],
        "motionBlur": [(6, 1), (6, 1.5), (6, 2), (8, 2), (9, 2.5)],
        "zoomBlur": [(1.06, 0.01), (1.11, 0.01), (1.16, 0.01), (1.21, 0.01), (1.26, 0.01)],
        "snow": [(0.1, 0.2, 1, 0.6, 8, 3, 0.95), (0.1, 0.2, 1, 0.5, 10, 4, 0.9), (0.15, 0.3, 1.75, 0.55, 10, 4, 0.9),
                 (0.25, 0.3, 2.25, 0.6, 12, 6, 0.85), (0.3, 0.3, 1.25, 0.65, 14, 12, 0.8)],
        "fog": [(0.2, 3), (0.5, 3), (0.75, 2.5), (1, 2), (1.5, 1.75)],
        "brightness": [0.05, 0.1, 0.15, 0.2, 0.3],
        "contrast": [0.75, 0.5, 0.4, 0.3, 0.15],
        "elasticTransform": [(0, 0, 32 * 0.08), (32 * 0.05, 32 * 0.2, 32 * 0.07), (32 * 0.08, 32 * 0.06, 32 * 0.06),
                             (32 * 0.1, 32 * 0.04, 32 * 0.05), (32 * 0.1, 32 * 0.03, 32 * 0.03)],
        "pixelate": [0.95, 0.9, 0.85, 0.75, 0.65],
        "jpegCompression": [80, 65, 58, 50, 40],
        "speckleNoise": [0.06, 0.1, 0.12, 0.16, 0.2],
        "gaussianBlur": [0.4, 0.6, 0.7, 0.8, 1],
        "spatter": [(0.62, 0.1, 0.7, 0.7, 0.5, 0), (0.65, 0.1, 0.8, 0.7, 0.5, 0), (0.65, 0.3, 1, 0.69, 0.5, 0),
                    (0.65, 0.1, 0.7, 0.69, 0.6, 1), (0.65, 0.1, 0.5, 0.68, 0.6, 1)],
        "saturate": [(0.3, 0), (0.1, 0), (1.5, 0), (2, 0.1), (2.5, 0.2)],
    },
}
# Where the package does something else: another motion blur (snow has it too), no trimming after the zoom, another elastic transform.
NOT_THE_PACKAGE = {"motionBlur", "zoomBlur", "snow", "elasticTransform"}
SEED = 2019
SAMPLES = 256  # pixels of a result that are kept: number i is pixel (i * 7919) mod (height * width)


def clipped(values):
    return np.clip(values, 0, 1) * 255


def smooth(values, sigma, **more):
    return skimage.filters.gaussian(values, sigma=sigma, channel_axis=-1 if values.ndim == 3 else None, **more)


def gaussian_noise(image, draws, sigma):
    return clipped(image / 255.0 + sigma * draws.normal(image.shape))


def speckle_noise(image, draws, scale):
    return clipped(image / 255.0 + image / 255.0 * (scale * draws.normal(image.shape)))


def shot_noise(image, draws, photons):
    return clipped(draws.poisson(image / 255.0 * photons) / photons)


def impulse_noise(image, draws, amount):
    rng = mock.Mock(spec=np.random.Generator)
    rng.random.side_effect = [draws.uniform(image.shape), draws.stream(1).uniform(image.shape)]
    with mock.patch("numpy.random.default_rng", lambda _: rng):
        return clipped(skimage.util.random_noise(image / 255.0, mode="s&p", amount=amount))


def gaussian_blur(image, draws, sigma):
    return clipped(smooth(image / 255.0, sigma))


def glass_blur(image, draws, sigma, reach, times):
    pixels = np.uint8(smooth(image / 255.0, sigma) * 255)
    height, width = pixels.shape[:2]
    steps = draws.integers(-reach, reach, 2 * times * (height - 2 * reach) * (width - 2 * reach))
    number = 0
    for _ in range(times):
        for h in range(height - reach, reach, -1):
            for w in range(width - reach, reach, -1):
                dx, dy = steps[number], steps[number + 1]
                number += 2
                pixels[h, w], pixels[h + dy, w + dx] = pixels[h + dy, w + dx], pixels[h, w]  # views: a copy, not a swap
    return clipped(smooth(pixels / 255.0, sigma))


def disk(radius, alias_blur):
    if radius <= 8:
        grid, size = np.arange(-8, 9), (3, 3)
    else:
        grid, size = np.arange(-radius, radius + 1), (5, 5)
    x, y = np.meshgrid(grid, grid)
    aliased = np.array((x**2 + y**2) <= radius**2, dtype=np.float32)
    aliased /= np.sum(aliased)
    return cv2.GaussianBlur(aliased, ksize=size, sigmaX=alias_blur)


def defocus_blur(image, draws, radius, alias_blur):
    kernel = disk(radius, alias_blur)
    return clipped(np.stack([cv2.filter2D(image[:, :, c] / 255.0, -1, kernel) for c in range(3)], axis=2))


def magick_motion_blur(image, radius, sigma, angle):
    """ImageMagick 6.9 of 16 bits: MotionBlurImage, its edge pixels repeated, and its way back to 8 bits."""
    width = 2 * radius + 1
    kernel = np.exp(-(np.arange(width) ** 2) / (2.0 * sigma * sigma))
    kernel /= kernel.sum()
    y, x = width * math.sin(math.radians(angle)), width * math.cos(math.radians(angle))
    height, columns = image.shape[:2]
    total = np.zeros(image.shape)
    for i, weight in enumerate(kernel):
        down, right = math.ceil(i * y / math.hypot(y, x) - 0.5), math.ceil(i * x / math.hypot(y, x) - 0.5)
        rows = np.clip(np.arange(height) + down, 0, height - 1)
        total += weight * (image[rows][:, np.clip(np.arange(columns) + right, 0, columns - 1)] * 257.0)
    blurred = ((total + 0.5).astype(np.int64) // 257).astype(np.uint8)
    corruption_draws.compare_with_wand(image, radius, sigma, angle, blurred)
    return blurred


def motion_blur(image, draws, radius, sigma):
    return magick_motion_blur(image, radius, sigma, -45 + 90 * draws.uniform(1)[0]).astype(np.float64)


def clipped_zoom(image, factor):
    side = image.shape[0]
    crop = int(np.ceil(side / factor))
    top = (side - crop) // 2
    zoomed = scipy.ndimage.zoom(image[top:top + crop, top:top + crop], (factor, factor, 1), order=1)
    trim = (zoomed.shape[0] - side) // 2
    return zoomed[trim:trim + side, trim:trim + side]


def zoom_blur(image, draws, stop, step):
    values = (image / 255.0).astype(np.float32)
    factors = np.arange(1, stop, step)
    total = np.zeros_like(values)
    for factor in factors:
        total += clipped_zoom(values, factor)
    return clipped((values + total) / (len(factors) + 1))


def plasma(side, decay, draws):
    """Diamond-square on a torus; three draws of uniforms a level."""
    heights = np.zeros((side, side))
    step, wibble, drawn = side, 100, 0

    def mean(sums):
        nonlocal drawn
        uniforms = draws.uniform(drawn + sums.size)[drawn:].reshape(sums.shape)
        drawn += sums.size
        return sums / 4 + wibble * (-wibble + (wibble + wibble) * uniforms)

    while step >= 2:
        half = step // 2
        corners = heights[::step, ::step]
        squares = corners + np.roll(corners, -1, axis=0)
        squares += np.roll(squares, -1, axis=1)
        heights[half::step, half::step] = mean(squares)
        middles = heights[half::step, half::step]
        heights[::step, half::step] = mean((middles + np.roll(middles, 1, axis=0)) + (corners + np.roll(corners, -1, axis=1)))
        heights[half::step, ::step] = mean((middles + np.roll(middles, 1, axis=1)) + (corners + np.roll(corners, -1, axis=0)))
        step, wibble = half, wibble / decay
    heights -= heights.min()
    return heights / heights.max()


def fog(image, draws, weight, decay):
    values = image / 255.0
    brightest, side = values.max(), image.shape[0]
    values += weight * plasma(256 if side == 224 else 32, decay, draws)[:side, :side, np.newaxis]
    return clipped(values * brightest / (brightest + weight))


def snow(image, draws, mean, deviation, zoom, threshold, radius, sigma, mix):
    values = np.array(image, dtype=np.float32) / np.float32(255)
    layer = clipped_zoom((mean + deviation * draws.normal(image.shape[:2]))[..., np.newaxis], zoom)
    layer[layer < threshold] = 0
    flakes = (np.clip(layer.squeeze(), 0, 1) * 255).astype(np.uint8)
    flakes = magick_motion_blur(flakes, radius, sigma, -135 + 90 * draws.stream(1).uniform(1)[0]) / 255.0
    grey = cv2.cvtColor(values, cv2.COLOR_RGB2GRAY)[..., np.newaxis]
    values = mix * values + (1 - mix) * np.maximum(values, grey * 1.5 + 0.5)
    return clipped(values + flakes[..., np.newaxis] + np.rot90(flakes, k=2)[..., np.newaxis])


def spatter(image, draws, mean, deviation, sigma, threshold, strength, mud):
    values = np.array(image, dtype=np.float32) / np.float32(255)
    liquid = smooth(mean + deviation * draws.normal(image.shape[:2]), sigma)
    liquid[liquid < threshold] = 0
    return clipped(muddy(values, liquid, threshold, strength) if mud else watery(values, liquid, strength))


def watery(values, liquid, strength):
    liquid = (liquid * 255).astype(np.uint8)
    far = cv2.distanceTransform(255 - cv2.Canny(liquid, 50, 150), cv2.DIST_L2, 5)
    far = cv2.equalizeHist(cv2.blur(np.minimum(far, 20), (3, 3)).astype(np.uint8))
    far = cv2.blur(cv2.filter2D(far, cv2.CV_8U, np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]])), (3, 3)).astype(np.float32)
    mask = liquid * far
    mask = (mask / mask.max() * np.float32(strength)).astype(np.float32)
    return values + mask[..., np.newaxis] * np.array([175 / 255.0, 238 / 255.0, 238 / 255.0], dtype=np.float32)


def muddy(values, liquid, threshold, strength):
    mask = smooth((liquid > threshold).astype(np.float32), strength)
    mask[mask < 0.8] = 0
    color = np.array([63 / 255.0, 42 / 255.0, 20 / 255.0], dtype=np.float32)
    return values * (1 - mask[..., np.newaxis]) + color * mask[..., np.newaxis]


def contrast(image, draws, factor):
    scaled = image / 255.0
    means = np.mean(scaled, axis=(0, 1), keepdims=True)
    return clipped((scaled - means) * factor + means)


def brightness(image, draws, more):
    hsv = skimage.color.rgb2hsv(image / 255.0)
    hsv[:, :, 2] = np.clip(hsv[:, :, 2] + more, 0, 1)
    return clipped(skimage.color.hsv2rgb(hsv))


def saturate(image, draws, factor, more):
    hsv = skimage.color.rgb2hsv(image / 255.0)
    hsv[:, :, 1] = np.clip(hsv[:, :, 1] * factor + more, 0, 1)
    return clipped(skimage.color.hsv2rgb(hsv))


def jpeg_compression(image, draws, quality):
    written = io.BytesIO()
    Image.fromarray(image).save(written, "JPEG", quality=quality)
    return np.array(Image.open(written)).astype(np.float64)


def pixelate(image, draws, scale):
    side = image.shape[0]
    small = Image.fromarray(image).resize((int(side * scale), int(side * scale)), Image.BOX)
    return np.array(small.resize((side, side), Image.BOX)).astype(np.float64)


def elastic_transform(image, draws, alpha, sigma, jitter):
    values = np.array(image, dtype=np.float32) / np.float32(255)
    size = values.shape[:2]
    centre, reach = np.float32(size) // 2, min(size) // 3
    points = np.float32([centre + reach, [centre[0] + reach, centre[1] - reach], centre - reach])
    moved = points + (-jitter + (jitter + jitter) * draws.uniform(6).reshape(3, 2)).astype(np.float32)
    values = cv2.warpAffine(values, cv2.getAffineTransform(points, moved), size[::-1], borderMode=cv2.BORDER_REFLECT_101)

    def displacement(uniforms):
        return (smooth(-1 + 2 * uniforms, sigma, mode="reflect", truncate=3) * alpha).astype(np.float32)[..., np.newaxis]

    dx, dy = (displacement(draws.stream(number).uniform(size)) for number in (1, 2))
    x, y, z = np.meshgrid(np.arange(size[1]), np.arange(size[0]), np.arange(3))
    found = scipy.ndimage.map_coordinates(values, [y + dy, x + dx, z], order=1, mode="reflect")
    return clipped(found)


CORRUPTIONS = {
    "gaussianNoise": gaussian_noise, "shotNoise": shot_noise, "impulseNoise": impulse_noise, "defocusBlur": defocus_blur,
    "glassBlur": glass_blur, "motionBlur": motion_blur, "zoomBlur": zoom_blur, "snow": snow, "fog": fog, "brightness": brightness,
    "contrast": contrast, "elasticTransform": elastic_transform, "pixelate": pixelate, "jpegCompression": jpeg_compression,
    "speckleNoise": speckle_noise, "gaussianBlur": gaussian_blur, "spatter": spatter, "saturate": saturate,
}


def check_with_package(name, severity, image, draws, pixels):
    """The package with its random numbers replaced by ours."""
    drawn = [0]

    def uniform(low, high, shape):
        start, drawn[0] = drawn[0], drawn[0] + int(np.prod(shape))
        return low + (high - low) * draws.uniform(drawn[0])[start:].reshape(shape)

    def randint(low, high, size):
        start, drawn[0] = drawn[0], drawn[0] + 2
        return steps[start:start + 2]

    rng = mock.Mock(spec=np.random.Generator)
    rng.random.side_effect = [draws.uniform(image.shape), draws.stream(1).uniform(image.shape)]
    reach = PARAMETERS["imagenet"]["glassBlur"][severity - 1][1]
    steps = draws.integers(-reach, reach, 6 * 224 * 224) if name == "glassBlur" else []
    with mock.patch("numpy.random.normal", lambda size, scale, loc=0: loc + scale * draws.normal(size)), \
            mock.patch("numpy.random.poisson", draws.poisson), mock.patch("numpy.random.uniform", uniform), \
            mock.patch("numpy.random.randint", randint), mock.patch("numpy.random.default_rng", lambda _: rng), \
            mock.patch.object(package, "gaussian", lambda values, sigma, multichannel=None: smooth(values, sigma)):
        distance = np.abs(imagecorruptions.corrupt(image, severity=severity, corruption_name=snake(name)).astype(int) - pixels)
    assert distance.max() <= 1 and (distance > 0).mean() < 1e-3, (name, severity, distance.max(), (distance > 0).mean())


def histogram(name):
    """What the package makes of grey with NumPy's own random numbers, severity 3: 256 counts."""
    grey, rng = np.full((224, 224, 3), 128, dtype=np.uint8), np.random.default_rng(0)
    np.random.seed(0)
    with mock.patch("numpy.random.default_rng", lambda _: rng):
        noisy = imagecorruptions.corrupt(grey, severity=3, corruption_name=snake(name))
    return np.bincount(noisy.ravel(), minlength=256).tolist()


def snake(name):
    return "".join("_" + c.lower() if c.isupper() else c for c in name)


def result(name, severity, parameters, values, image):
    pixels = values.astype(np.uint8)  # by truncation, as np.uint8 does it in the published scripts
    kept = pixels.reshape(-1, 3)[np.arange(SAMPLES) * 7919 % (image.shape[0] * image.shape[1])]
    entry = {"severity": severity, "sha256": hashlib.sha256(pixels.tobytes()).hexdigest(), "sum": int(pixels.astype(np.int64).sum()),
             "pixels": golden.pixels(kept)}
    if name == "defocusBlur":
        kernel = disk(*parameters)
        entry |= {"parameters": [float(p) for p in parameters], "kernelSide": len(kernel), "kernel": golden.floats(kernel)}
    return entry, pixels


def main():
    large, small = golden.wave_image(224, 224), golden.wave_image(32, 32)
    sets = {}
    for size, image in (("imagenet", large), ("cifar", small)):
        table = sets[size] = {}
        for name, corruption in CORRUPTIONS.items():
            table[name] = []
            for severity, parameters in enumerate(PARAMETERS[size][name], 1):
                draws = corruption_draws.Draws.of(SEED, image=7, severity=severity)
                values = corruption(image.copy(), draws, *np.atleast_1d(np.array(parameters, dtype=object)))
                entry, pixels = result(name, severity, parameters, values, image)
                if size == "imagenet" and name not in NOT_THE_PACKAGE:
                    check_with_package(name, severity, image, draws, pixels)
                table[name].append(entry)
    golden.write("corruption", {
        "about": {
            "formula": "integers, y and x from 0, / rounds down: red (x*x + 3*y*y)/64 % 256; green (7*x + 5*y + x*y/16) % 256; "
                       "blue 128 + 100*((x/16 + y/16) % 2) - (((x*31 + y*17) * 2654435761 % 2^32) >>> 26)",
            "pixels": "uint8, RGB, base64; truncated, not rounded, like the published scripts; `pixels` number i is pixel "
                      "(i * 7919) mod (height * width), `sum` and `sha256` are of the whole result",
            "imagenet": "the formula at 224x224",
            "cifar": "the formula at 32x32",
            "histograms": "the imagecorruptions package on 224x224 of grey 128, severity 3, with NumPy's draws: how often 0 to 255 came out",
            "draws": f"CounterRandom, seed {SEED}, image 7: see corruption_draws.py",
            "checked": f"imagenet, but for {', '.join(sorted(NOT_THE_PACKAGE))}, equals the imagecorruptions package with the same draws (at most "
                       "1 in 1000 values differs, by 1); " + corruption_draws.wand_version(),
            "versions": {"opencv": cv2.__version__, "scipy": scipy.__version__, "skimage": skimage.__version__},
        },
        "seed": SEED,
        "image": 7,
        "largeImageSha256": hashlib.sha256(large.tobytes()).hexdigest(),
        "smallImageSha256": hashlib.sha256(small.tobytes()).hexdigest(),
        "histograms": {name: histogram(name) for name in ("gaussianNoise", "shotNoise", "impulseNoise", "speckleNoise")},
        "results": sets,
    })


if __name__ == "__main__":
    main()
