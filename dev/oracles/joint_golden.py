"""Golden joint losses: a narrow CIFAR ResNet-18 under a projection head and a linear classifier, both on its features. Writes joint.json.

Weights, images and projections are made by the formulas of encoders_golden.py; linear layers: weight 2 / sqrt(fan_in) * u, bias 0.1 u.

    input [12, 3, 16, 16]  2 * u("input", i): two views of six images, view-major; ReLU lies between the projection head's two layers
    total                  contrastiveWeight * contrastive + crossEntropyWeight * crossEntropy, without a scale
    contrastive            by loss_golden.py's loops, on rows of length 1
    crossEntropy           PyTorch's, the mean over all twelve rows
    stopped                the classifier sees detached features

All values are float64's. Of the gradients the file holds norms, in the network's order, and of a sample eight projections.
"""

import torch
from torch import nn
from torch.nn import functional as F

import encoders_golden as encoders
import golden
import loss_golden

LABELS, CLASSES, HIDDEN, DIMENSION, SIDE = [0, 1, 0, 2, 1, 0], 4, 24, 16, 16
PLAIN = {"temperature": 0.1, "inside": False, "one": False, "denominator": "all", "cap": None}
OTHER = {"temperature": 0.5, "inside": True, "one": False, "denominator": "onePositive", "cap": None}
CAPPED = {"temperature": 0.2, "inside": False, "one": True, "denominator": "all", "cap": 2}


class Joint(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = encoders.fill(encoders.Encoder(*encoders.DEPTHS["resnet18"], 8, True))
        self.head = nn.Sequential(nn.Linear(64, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, DIMENSION))
        self.fc = nn.Linear(64, CLASSES)
        for name, parameter in (*self.head.named_parameters(prefix="head"), *self.fc.named_parameters(prefix="fc")):
            scale = 2 / parameter.shape[1] ** 0.5 if parameter.dim() == 2 else 0.1
            parameter.data.copy_(encoders.made(name, parameter.shape, scale))


def case(form, contrastive_weight, cross_entropy_weight, gradient, smoothing):
    network = Joint().double().train()
    features = network.encoder(encoders.made("input", (2 * len(LABELS), 3, SIDE, SIDE), 2.0).double())
    z = F.normalize(network.head(features), dim=1)
    logits = network.fc(features.detach() if gradient == "stopped" else features)
    contrastive = loss_golden.contrastive(z, LABELS * 2, 2, form)
    cross_entropy = F.cross_entropy(logits, torch.tensor(LABELS * 2), label_smoothing=smoothing)
    total = contrastive_weight * contrastive + cross_entropy_weight * cross_entropy
    total.backward()
    gradients = {name.removeprefix("encoder."): parameter.grad for name, parameter in network.named_parameters()}
    return {"spec": {"type": "joint", "scale": "none", **loss_golden.written(form), "labelSmoothing": smoothing,
                     "joint": {"contrastiveWeight": contrastive_weight, "crossEntropyWeight": cross_entropy_weight, "classifierGradient": gradient}},
            "total": golden.floats(total.detach(), 17)[0], "contrastive": golden.floats(contrastive.detach(), 17)[0],
            "crossEntropy": golden.floats(cross_entropy.detach(), 17)[0], "gradients": encoders.described(gradients)}


if __name__ == "__main__":
    torch.set_num_threads(1)
    golden.write("joint", {
        "about": {"made": "by the formulas in dev/oracles/joint_golden.py", "torch": torch.__version__.split("+")[0]},
        "labels": LABELS, "classes": CLASSES, "hidden": HIDDEN, "dimension": DIMENSION, "side": SIDE,
        "cases": [case(PLAIN, 1.0, 1.0, "through", 0.0), case(PLAIN, 1.0, 1.0, "stopped", 0.0), case(OTHER, 0.3, 2.0, "through", 0.1),
                  case(CAPPED, 2.0, 0.5, "stopped", 0.05), case(PLAIN, 0.0, 1.0, "through", 0.0), case(PLAIN, 1.0, 0.0, "through", 0.0)],
    })
