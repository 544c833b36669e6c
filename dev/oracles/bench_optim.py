"""PyTorch's time for the update of all parameters by torch.optim, gradients given. Peer of `supcon bench optim`.

Prints one JSON line, or with --serve first {"ready": true}, then answers each line `step N` on stdin with {"ms": [...]}, until stdin ends.
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
parser.add_argument("--views", type=int, default=256, help="not read: only bench_train.py has a batch")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--optimizer", choices=["sgd", "adamw"], default="sgd")
parser.add_argument("--way", choices=["loop", "foreach", "fused"], default="foreach")
parser.add_argument("--steps", type=int, default=10)
parser.add_argument("--warmup", type=int, default=3)
parser.add_argument("--serve", action="store_true")
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(0)
model = networks.Contrastive(networks.Encoder(options.width, options.arch, options.side <= 64))
for parameter in model.parameters():
    parameter.grad = 1e-3 * torch.randn_like(parameter)
how = {"foreach": options.way == "foreach", "fused": options.way == "fused"}
if options.optimizer == "sgd":
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4, **how)
else:
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01, **how)

serving.times(optimizer.step, options.warmup)
if options.serve:
    serving.serve(optimizer.step)
else:
    found = serving.summary(serving.times(optimizer.step, options.steps))
    print(json.dumps({"bench": "optim", **found, **vars(options), "torch": torch.__version__}))
