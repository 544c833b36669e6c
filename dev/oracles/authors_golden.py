"""Golden encoders of the paper's TensorFlow code, written out in PyTorch. Writes authors.json.

google-research/supcon, resnet.py and blocks.py, as a description of them says; nothing here is torchvision's but the tensors' names:

    every convolution without bias; with a stride: k - 1 zeros around its input, the smaller half before it; else as many as keep its size
    first block of every group: shortcut = 1x1 convolution with the group's stride, then batch norm, also where no shape changes
    bottleneck: the stride on the 3x3 convolution
    ImageNet stem: 7x7 with stride 2, batch norm, ReLU, 3x3 max pool with stride 2 and TensorFlow's SAME: ceil(S / 2) windows, of what they
    reach beyond the image the smaller half before it. CIFAR stem: 3x3 with stride 1, no pool

Weights, images, cotangent and projections are those of encoders_golden.py, an eighth of the width; so are the fields. All values are float64's.
"66" is a side whose half is odd, where SAME adds on both sides. `about.torchvision` says how far torchvision's features lie.
"""

import torch
from torch import nn
from torch.nn import functional

import encoders_golden
import golden
from encoders_golden import made

BLOCKS = {"resnet18": (False, (2, 2, 2, 2)), "resnet50": (True, (3, 4, 6, 3))}
CASES = (("resnet18", "imagenet", 64), ("resnet18", "imagenet", 66), ("resnet18", "cifar", 16), ("resnet50", "imagenet", 64), ("resnet50", "cifar", 16))


class Convolution(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride):
        super().__init__()
        self.weight, self.stride = nn.Parameter(torch.zeros(outputs, inputs, kernel, kernel)), stride

    def forward(self, x):
        kernel = self.weight.shape[-1]
        if self.stride == 1:
            return functional.conv2d(x, self.weight, padding="same")
        before = (kernel - 1) // 2
        after = kernel - 1 - before
        return functional.conv2d(functional.pad(x, (before, after, before, after)), self.weight, stride=self.stride)


def same_pool(x, kernel=3, stride=2):
    """tf.nn.max_pool2d(padding="SAME") of square images."""
    side = x.shape[-1]
    beyond = max((-(-side // stride) - 1) * stride + kernel - side, 0)
    before = beyond // 2
    padded = functional.pad(x, (before, beyond - before, before, beyond - before), value=-torch.inf)
    return padded.unfold(2, kernel, stride).unfold(3, kernel, stride).amax((-1, -2))


class Block(nn.Module):
    def __init__(self, bottleneck, inputs, width, stride, first):
        super().__init__()
        outputs = 4 * width if bottleneck else width
        shapes = ((inputs, width, 1, 1), (width, width, 3, stride), (width, outputs, 1, 1)) if bottleneck else \
            ((inputs, width, 3, stride), (width, width, 3, 1))
        self.depth = len(shapes)
        for i, shape in enumerate(shapes, 1):
            setattr(self, f"conv{i}", Convolution(*shape))
            setattr(self, f"bn{i}", nn.BatchNorm2d(shape[1]))
        if first:
            self.downsample = nn.Sequential(Convolution(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))

    def forward(self, x):
        shortcut = self.downsample(x) if hasattr(self, "downsample") else x
        for i in range(1, self.depth + 1):
            x = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(x))
            x = functional.relu(x) if i < self.depth else functional.relu(x + shortcut)
        return x


class AuthorsEncoder(nn.Module):
    def __init__(self, depth, cifar, width):
        super().__init__()
        bottleneck, blocks = BLOCKS[depth]
        self.cifar = cifar
        self.conv1, self.bn1 = Convolution(3, width, 3 if cifar else 7, 1 if cifar else 2), nn.BatchNorm2d(width)
        inputs = width
        for group, count in enumerate(blocks):
            layer = []
            for i in range(count):
                layer.append(Block(bottleneck, inputs, width << group, 2 if group and not i else 1, i == 0))
                inputs = (width << group) * (4 if bottleneck else 1)
            setattr(self, f"layer{group + 1}", nn.Sequential(*layer))
        self.fc = nn.Identity()

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1(x)))
        if not self.cifar:
            x = same_pool(x)
        for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = layer(x)
        return self.fc(x.mean((2, 3)))


def encoder(depth, stem, side):
    network = encoders_golden.fill(AuthorsEncoder(depth, stem == "cifar", 8)).double()
    images = made("input", (4, 3, side, side), 2.0).double()
    trained = network.train()(images)
    (trained * made("cotangent", trained.shape).double()).sum().backward()
    gradients = {name: parameter.grad for name, parameter in network.named_parameters()}
    statistics = {name: buffer for name, buffer in network.named_buffers() if "running" in name}
    with torch.no_grad():
        found = {"trained": trained, "evaluated": network.eval()(images)}
    return {**{name: {"norm": golden.floats(value.detach().norm(), 12)[0], "projections": encoders_golden.projections(name, value.detach())}
               for name, value in found.items()},
            "gradients": encoders_golden.described(gradients), "statistics": encoders_golden.described(statistics)}


def apart(depth, stem, side):
    """Distance of torchvision's features, from the same weights as far as it has them."""
    ours = encoders_golden.fill(AuthorsEncoder(depth, stem == "cifar", 8)).double()
    theirs = encoders_golden.fill(encoders_golden.Encoder(*encoders_golden.DEPTHS[depth], 8, stem == "cifar")).double()
    images = made("input", (4, 3, side, side), 2.0).double()
    with torch.no_grad():
        return float(f"{encoders_golden.distance(ours(images), theirs(images)):.2e}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    encoders_golden.SAMPLE = 6
    golden.write("authors", {
        "about": {"made": "by the formulas in dev/oracles/authors_golden.py", "torch": torch.__version__.split("+")[0],
                  "torchvision": {f"{depth}-{stem}-{side}": apart(depth, stem, side) for depth, stem, side in CASES}},
        "encoders": {f"{depth}-{stem}-{side}": encoder(depth, stem, side) for depth, stem, side in CASES},
    })
