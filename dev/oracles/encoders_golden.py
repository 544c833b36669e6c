"""Golden encoders: every depth with both stems, at an eighth of the width. Writes encoders.json.

Weights, images and projections are made by the formulas of resnet_golden.py with u = golden.mixed, but for the weights of batch norms:
1 + 0.05 u, and 0.1 + 0.05 u in the last one of a residual block, so that two hundred layers are as well conditioned as eighteen.
Images are small, too: among millions of values some are so near to 0 that a ReLU opens in float32 and not in float64.

    input [4, 3, S, S]   2 * u("input", i), S = 64 with the ImageNet stem, 16 with the CIFAR stem
    trained              features [4, F] with batch statistics; loss = sum(trained * u("cotangent", i))
    evaluated            features [4, F] after that, with the running statistics of this one step

All values are float64's. Of every tensor the file holds its norm, in the network's order, of a sample of them eight projections.
`float32` and `autocast` say how far PyTorch's own float32 and bfloat16 autocast are from float64, as norm of the difference over the norm:
of the features, and the root mean square over all gradients. ResNet-200 is timm's: its tensors have the names and shapes of torchvision's
class with blocks (3, 24, 36, 3), and this script makes sure that both give the same features. `structure` is the SHA-256 of the sorted
lines "<name> <sizes joined by x>".
"""

import hashlib
import zlib

import timm
import torch
import torchvision
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet

import golden

PROJECTIONS, SAMPLE = 8, 24
DEPTHS = {"resnet18": (BasicBlock, (2, 2, 2, 2)), "resnet34": (BasicBlock, (3, 4, 6, 3)), "resnet50": (Bottleneck, (3, 4, 6, 3)),
          "resnet101": (Bottleneck, (3, 4, 23, 3)), "resnet152": (Bottleneck, (3, 8, 36, 3)), "resnet200": (Bottleneck, (3, 24, 36, 3))}


class Encoder(ResNet):
    """torchvision's ResNet with any base width, one of two stems, and the average pool as its output."""

    def __init__(self, block, blocks, width, cifar):
        nn.Module.__init__(self)
        self._norm_layer, self.dilation, self.groups, self.base_width, self.inplanes = nn.BatchNorm2d, 1, 1, 64, width
        self.conv1 = nn.Conv2d(3, width, 3 if cifar else 7, 1 if cifar else 2, 1 if cifar else 3, bias=False)
        self.bn1, self.relu = nn.BatchNorm2d(width), nn.ReLU(inplace=True)
        self.maxpool = nn.Identity() if cifar else nn.MaxPool2d(3, 2, 1)
        for group, count in enumerate(blocks):
            layer = self._make_layer(block, width << group, count, stride=1 if group == 0 else 2)
            setattr(self, f"layer{group + 1}", layer)
        self.avgpool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Identity()


def made(name, shape, scale=1.0, offset=0.0):
    return torch.from_numpy(offset + scale * golden.mixed(name, torch.Size(shape).numel())).float().reshape(shape)


def fill(network):
    last = "bn3" if any(name.endswith("bn3.weight") for name, _ in network.named_parameters()) else "bn2"
    for name, parameter in network.named_parameters():
        if parameter.dim() == 4:
            value = made(name, parameter.shape, 2 * (6 / parameter[0].numel()) ** 0.5)
        elif name.endswith("weight"):
            value = made(name, parameter.shape, 0.05, 0.1 if name.startswith("layer") and name.endswith(last + ".weight") else 1.0)
        else:
            value = made(name, parameter.shape, 0.1)
        parameter.data.copy_(value)
    return network


def measure(depth, cifar, kind):
    dtype = torch.float64 if kind == "float64" else torch.float32
    network = fill(Encoder(*DEPTHS[depth], 8, cifar)).to(dtype)
    side = 16 if cifar else 64
    images = made("input", (4, 3, side, side), 2.0).to(dtype)
    with torch.autocast("cpu", torch.bfloat16, enabled=kind == "autocast"):
        trained = network.train()(images)
    (trained.to(dtype) * made("cotangent", trained.shape).to(dtype)).sum().backward()
    with torch.autocast("cpu", torch.bfloat16, enabled=kind == "autocast"), torch.no_grad():
        evaluated = network.eval()(images)
    found = {"trained": trained.detach().double(), "evaluated": evaluated.double()}
    gradients = {name: parameter.grad.double() for name, parameter in network.named_parameters()}
    statistics = {name: buffer.double() for name, buffer in network.named_buffers() if "running" in name}
    return found, gradients, statistics


def distance(exact, other):
    return ((exact - other).norm() / exact.norm()).item()


def deviation(exact, other):
    squares = [distance(value, other[1][name]) ** 2 for name, value in exact[1].items()]
    return {**{name: float(f"{distance(value, other[0][name]):.2e}") for name, value in exact[0].items()},
            "gradients": float(f"{(sum(squares) / len(squares)) ** 0.5:.2e}"), "worstGradient": float(f"{max(squares) ** 0.5:.2e}")}


def projections(name, value):
    flat = value.flatten()
    return golden.floats([(flat * made(f"projection.{j}.{name}", flat.shape).double()).sum() for j in range(PROJECTIONS)], 12)


def described(tensors):
    step = -(-len(tensors) // SAMPLE)
    sample = [name for name in tensors if zlib.crc32(name.encode()) % step == 0]
    return {"norms": golden.floats([value.norm() for value in tensors.values()], 12),
            "projections": {name: projections(name, tensors[name]) for name in sample}}


def encoder(depth, cifar):
    exact = measure(depth, cifar, "float64")
    return {**{name: {"norm": golden.floats(value.norm(), 12)[0], "projections": projections(name, value)} for name, value in exact[0].items()},
            "float32": deviation(exact, measure(depth, cifar, "float32")), "autocast": deviation(exact, measure(depth, cifar, "autocast")),
            "gradients": described(exact[1]), "statistics": described(exact[2])}


def timms(depth):
    """Digest of the names and shapes of timm's network, after its tensors were shown to mean what torchvision's mean."""
    theirs, ours = timm.create_model(depth, num_classes=0), Encoder(*DEPTHS[depth], 64, cifar=False)
    shapes = [{key: tuple(value.shape) for key, value in network.state_dict().items()} for network in (theirs, ours)]
    assert shapes[0] == shapes[1]
    images = made("input", (1, 3, 64, 64), 2.0)
    with torch.no_grad():
        features = [fill(network).double().eval()(images.double()) for network in (theirs, ours)]
    assert distance(*features) < 1e-12
    lines = sorted(f"{key} {'x'.join(map(str, shape))}\n" for key, shape in shapes[0].items() if not key.endswith("num_batches_tracked"))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


if __name__ == "__main__":
    torch.set_num_threads(1)
    golden.write("encoders", {
        "about": {"made": "by the formulas in dev/oracles/encoders_golden.py", "torch": torch.__version__.split("+")[0],
                  "torchvision": torchvision.__version__.split("+")[0], "timm": timm.__version__},
        "encoders": {f"{depth}-{'cifar' if cifar else 'imagenet'}": encoder(depth, cifar) for depth in DEPTHS for cifar in (False, True)},
        "structure": {depth: timms(depth) for depth in ("resnet152", "resnet200")},
    })
