"""torchvision's time for an epoch of random views of PIL images, by a DataLoader's worker processes. Peer of `supcon bench views`.

Two views of every image go out as uint8 batches. Blur is Pillow's, which is many times faster than torchvision's own. Prints one JSON line,
or with --serve first {"ready": true}, then answers each line `step N` on stdin with {"ms": [...]}, N epochs, until stdin ends.
"""

import argparse
import json
import random

import numpy as np
import torch
from PIL import Image, ImageFilter
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms as T

import serving

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--images", required=True, help="a file of uint8 RGB [N, stored, stored, 3]")
parser.add_argument("--side", type=int, required=True, help="of a view")
parser.add_argument("--stored", type=int, help="side of the images in the file; absent: that of a view")
parser.add_argument("--policy", default="SIM_AUGMENT", choices=["SIM_AUGMENT", "AUTO_AUGMENT", "RAND_AUGMENT", "STACKED_RAND_AUGMENT"])
parser.add_argument("--batch", type=int, default=256, help="images, not views")
parser.add_argument("--threads", type=int, default=2, help="worker processes, each of one thread")
parser.add_argument("--smallest", type=float, default=0.2, help="smallest area of a crop")
parser.add_argument("--strength", type=float, default=0.5, help="of the colour jitter")
parser.add_argument("--blur", type=float, default=0.0, help="its probability")
parser.add_argument("--steps", type=int, default=5)
parser.add_argument("--warmup", type=int, default=1)
parser.add_argument("--serve", action="store_true")
options = parser.parse_args()


class Blur:
    def __call__(self, image):
        return image.filter(ImageFilter.GaussianBlur(random.uniform(0.1, 2.0)))


class TwoViews(Dataset):
    def __init__(self):
        stored = options.stored or options.side
        pixels = np.fromfile(options.images, np.uint8).reshape(-1, stored, stored, 3)
        self.images = [Image.fromarray(image) for image in pixels]
        s = options.strength
        jitter = [T.RandomApply([T.ColorJitter(0.8 * s, 0.8 * s, 0.8 * s, 0.2 * s)], p=0.8)]
        operations = {"AUTO_AUGMENT": [T.AutoAugment()], "SIM_AUGMENT": []}.get(options.policy, [T.RandAugment()])
        blur = [T.RandomApply([Blur()], p=options.blur)] if options.blur else []
        if options.policy in ("SIM_AUGMENT", "STACKED_RAND_AUGMENT"):
            operations = [*jitter, *operations, T.RandomGrayscale(p=0.2), *blur]
        crop = T.RandomResizedCrop(options.side, scale=(options.smallest, 1.0))
        self.view = T.Compose([crop, T.RandomHorizontalFlip(), *operations, T.PILToTensor()])

    def __len__(self):
        return len(self.images)

    def __getitem__(self, i):
        return torch.stack([self.view(self.images[i]), self.view(self.images[i])])


images = TwoViews()
loader = DataLoader(images, options.batch, shuffle=True, num_workers=options.threads, persistent_workers=True, drop_last=True)


def epoch():
    for _ in loader:
        pass


serving.times(epoch, options.warmup)
if options.serve:
    serving.serve(epoch)
else:
    found = serving.summary(serving.times(epoch, options.steps))
    views = 2 * len(images) // options.batch * options.batch
    print(json.dumps({"bench": "views", **found, "viewsPerSecond": round(views / found["medianMs"] * 1000, 1), "side": options.side,
                      "threads": options.threads, "peer": serving.versions()}))
