"""The twin's networks and loss, in plain PyTorch: ResNets with either stem, an MLP head, and SupCon as HobbitLong scales it."""

import torch
from torch import nn
from torch.nn import functional as F
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet


BLOCKS = {"resnet18": (BasicBlock, [2, 2, 2, 2]), "resnet50": (Bottleneck, [3, 4, 6, 3])}


class Encoder(ResNet):
    """torchvision's ResNet with any base width; with a CIFAR stem, 3x3 stride 1 without pooling. Its output is the average pool's."""

    def __init__(self, width, architecture="resnet18", cifar=True):
        nn.Module.__init__(self)
        block, depths = BLOCKS[architecture]
        self._norm_layer, self.dilation, self.groups, self.base_width, self.inplanes = nn.BatchNorm2d, 1, 1, 64, width
        self.conv1 = nn.Conv2d(3, width, 3, padding=1, bias=False) if cifar else nn.Conv2d(3, width, 7, stride=2, padding=3, bias=False)
        self.bn1, self.relu = nn.BatchNorm2d(width), nn.ReLU(inplace=True)
        self.maxpool = nn.Identity() if cifar else nn.MaxPool2d(3, 2, 1)
        self.layer1 = self._make_layer(block, width, depths[0])
        self.layer2 = self._make_layer(block, 2 * width, depths[1], stride=2)
        self.layer3 = self._make_layer(block, 4 * width, depths[2], stride=2)
        self.layer4 = self._make_layer(block, 8 * width, depths[3], stride=2)
        self.avgpool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Identity()
        self.feature_size = 8 * width * block.expansion
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")


class Contrastive(nn.Module):
    """Encoder and projection head d -> d, ReLU -> 128, or linear to 128; unit vectors in float32 come out."""

    def __init__(self, encoder, linear=False):
        super().__init__()
        self.encoder, size = encoder, encoder.feature_size
        hidden = [] if linear else [nn.Linear(size, size), nn.ReLU(inplace=True)]
        self.head = nn.Sequential(*hidden, nn.Linear(size, 128))

    def forward(self, images):
        return F.normalize(self.head(self.encoder(images)).float(), dim=1)


def supcon(embeddings, labels, temperature, scale):
    """L_out, mean over all anchors; embeddings [M, D] of unit length, labels [M]. No positive: the anchor counts with 0."""
    logits = embeddings @ embeddings.T / temperature
    itself = torch.eye(len(labels), dtype=torch.bool, device=labels.device)
    positives = (labels[:, None] == labels[None, :]) & ~itself
    log_share = logits - torch.logsumexp(logits.masked_fill(itself, float("-inf")), dim=1, keepdim=True)
    losses = -(log_share * positives).sum(1) / positives.sum(1).clamp(min=1)
    return scale * losses.mean()
