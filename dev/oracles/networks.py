"""The twin's networks and loss, in plain PyTorch: ResNet-18 with a CIFAR stem, an MLP head, and SupCon as HobbitLong scales it."""

import torch
from torch import nn
from torch.nn import functional as F
from torchvision.models.resnet import BasicBlock, ResNet


class Encoder(ResNet):
    """torchvision's ResNet-18 with any base width, a 3x3 stride 1 stem and no pooling; its output is the average pool's."""

    def __init__(self, width):
        nn.Module.__init__(self)
        self._norm_layer, self.dilation, self.groups, self.base_width, self.inplanes = nn.BatchNorm2d, 1, 1, 64, width
        self.conv1 = nn.Conv2d(3, width, 3, padding=1, bias=False)
        self.bn1, self.relu, self.maxpool = nn.BatchNorm2d(width), nn.ReLU(inplace=True), nn.Identity()
        self.layer1 = self._make_layer(BasicBlock, width, 2)
        self.layer2 = self._make_layer(BasicBlock, 2 * width, 2, stride=2)
        self.layer3 = self._make_layer(BasicBlock, 4 * width, 2, stride=2)
        self.layer4 = self._make_layer(BasicBlock, 8 * width, 2, stride=2)
        self.avgpool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Identity()
        self.feature_size = 8 * width
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
