"""PyTorch's time and memory for one SupCon training step: forward, loss, backward, SGD. Peer of `supcon bench train`.

ResNet-18 with a CIFAR stem (sides up to 64) or another, two views of every sample as random images, bf16 by autocast or fp32, either memory
format. Prints one JSON line, or with --serve first {"ready": true}, then answers each line `step N` on stdin with {"ms": [...], "peakMb": ...},
until stdin ends. peakMb is the growth of the process's peak resident memory over a process that has taken a step with four rows, in MB of
1,000,000 bytes (Linux only).
"""

import argparse
import json

import torch

import networks
import serving

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--arch", choices=list(networks.BLOCKS), default="resnet18")
parser.add_argument("--width", type=int, default=64)
parser.add_argument("--side", type=int, default=32)
parser.add_argument("--views", type=int, default=256, help="two for each sample")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--steps", type=int, default=10)
parser.add_argument("--warmup", type=int, default=3)
parser.add_argument("--dtype", choices=["bf16", "fp32"], default="bf16")
parser.add_argument("--layout", choices=["channels_last", "contiguous"], default="channels_last")
parser.add_argument("--compile", action="store_true", help="the network by torch.compile")
parser.add_argument("--device", default="cpu", help="cpu or cuda")
parser.add_argument("--serve", action="store_true")
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(0)
torch.backends.cudnn.benchmark = True
layout = torch.channels_last if options.layout == "channels_last" else torch.contiguous_format
encoder = networks.Encoder(options.width, options.arch, options.side <= 64)
model = networks.Contrastive(encoder).to(options.device, memory_format=layout).train()
forward = torch.compile(model) if options.compile else model
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)
images = torch.randn(options.views, 3, options.side, options.side, device=options.device).contiguous(memory_format=layout)
labels = torch.randint(10, (options.views // 2,), device=options.device).repeat(2)


def train(network, images, labels):
    with torch.autocast(options.device, torch.bfloat16, enabled=options.dtype == "bf16"):
        embeddings = network(images)
    loss = networks.supcon(embeddings, labels, 0.1, 0.1 / 0.07)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    return loss.item()  # waits for the device


def step():
    return train(forward, images, labels)


train(model, images[:4], labels[:2].repeat(2))
before = serving.forget_peak()
serving.times(step, options.warmup)
if options.serve:
    serving.serve(step, lambda: {"peakMb": round(serving.peak() - before, 1)})
else:
    found = serving.summary(serving.times(step, options.steps))
    print(json.dumps({"bench": "train", **found, "viewsPerSecond": round(options.views / found["medianMs"] * 1000, 1),
                      "peakMb": round(serving.peak() - before, 1), **vars(options), "torch": torch.__version__}))
