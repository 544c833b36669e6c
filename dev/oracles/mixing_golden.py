"""Golden Mixup and CutMix: images by torchvision's v2 transforms, losses by timm, quantiles of shares by SciPy. Writes mixing.json.

    cases   images [B, S, S, 3] from 0 to 255 in float64, mixed by torchvision with what `drawn` and `centre` (x, y) say instead of chance; its
            partner of image i is image i - 1. `share` is CutMix's corrected one. Loss and gradient of `logits` [B, C]: timm's
            SoftTargetCrossEntropy of its mixup_target, whose partners are put in by hand
    boxes   side, drawn share, x, y -> top, bottom, left, right, corrected share: torchvision's, compared here with the lines of the authors' code
            (clovaai/CutMix-PyTorch, rand_bbox). timm's box of 2025 has a row and a column more where the authors' side is odd
    deciles of Beta(alpha, alpha), by alpha
"""

from unittest import mock

import numpy as np
import scipy
import scipy.stats
import timm
import torch
import torchvision
from timm.data.mixup import mixup_target
from timm.loss import SoftTargetCrossEntropy
from torchvision.transforms import v2

import golden

SIDE, IMAGES, CLASSES, LABELS = 6, 3, 4, [2, 0, 3]


def authors_box(side, drawn, x, y):
    cut = int(side * np.sqrt(1.0 - drawn))
    low = lambda c: int(np.clip(c - cut // 2, 0, side))
    high = lambda c: int(np.clip(c + cut // 2, 0, side))
    return low(y), high(y), low(x), high(x)


def transform(kind, drawn, centre):
    made = (v2.MixUp if kind == "mixup" else v2.CutMix)(alpha=1.0, num_classes=CLASSES)
    made._dist = mock.Mock(sample=lambda _: torch.tensor(drawn, dtype=torch.float64))
    places = iter(centre)
    return made, mock.patch("torch.randint", lambda *_, **__: torch.tensor([next(places)]))


def box(side, drawn, x, y):
    made, places = transform("cutMix", drawn, (x, y))
    with places:
        params = made.make_params([torch.zeros(1, 3, side, side)])
    left, top, right, bottom = params["box"]
    assert (top, bottom, left, right) == authors_box(side, drawn, x, y)
    return [side, drawn, x, y, top, bottom, left, right, params["lam_adjusted"]]


def case(images, logits, kind, drawn, centre, smoothing):
    made, places = transform(kind, drawn, centre)
    with places:
        mixed, soft = made(images.permute(0, 3, 1, 2), torch.tensor(LABELS))
    share = drawn if kind == "mixup" else box(SIDE, drawn, *centre)[-1]
    with mock.patch.object(torch.Tensor, "flip", lambda x, _: x.roll(1, 0)):
        target = mixup_target(torch.tensor(LABELS), CLASSES, share, smoothing).double()
    if smoothing == 0:
        assert torch.allclose(target, soft.double(), atol=1e-7)
    rows = logits.clone().requires_grad_()
    loss = SoftTargetCrossEntropy()(rows, target)
    loss.backward()
    return {"type": kind, "drawn": drawn, "centre": list(centre), "smoothing": smoothing, "share": share,
            "images": golden.floats(mixed.permute(0, 2, 3, 1), 10), "loss": golden.floats(loss.detach())[0], "gradient": golden.floats(rows.grad)}


if __name__ == "__main__":
    images = np.floor(256 * (golden.hashed("mixing", IMAGES * SIDE * SIDE * 3) + 0.5)).astype(np.uint8).reshape(IMAGES, SIDE, SIDE, 3)
    logits = torch.tensor(4 * golden.counter("mixing.logits", IMAGES * CLASSES)).reshape(IMAGES, CLASSES)
    floats = torch.tensor(images).double()
    golden.write("mixing", {
        "about": {"made": "by dev/oracles/mixing_golden.py", "torchvision": torchvision.__version__.split("+")[0], "timm": timm.__version__,
                  "scipy": scipy.__version__},
        "side": SIDE, "images": golden.pixels(images), "labels": LABELS, "classes": CLASSES, "logits": golden.floats(logits, 17),
        "cases": [case(floats, logits, *rest) for rest in (
            ("mixup", 0.3, (), 0.0), ("mixup", 0.85, (), 0.1), ("cutMix", 0.3, (3, 2), 0.0), ("cutMix", 0.6, (0, 5), 0.1), ("cutMix", 0.999, (1, 1), 0.0))],
        "boxes": [box(side, drawn, x * side // 16, y * side // 16) for side in (32, 33, 224) for drawn in (0.0, 0.2, 0.5, 0.77, 0.97)
                  for x, y in ((0, 0), (3, 8), (8, 8), (15, 11))],
        "deciles": {str(alpha): golden.floats(scipy.stats.beta(alpha, alpha).ppf(np.arange(1, 10) / 10)) for alpha in (0.1, 0.2, 1.0, 4.0)},
    })
