"""PyTorch's time and memory for SupCon by plain autograd on the dense [M, M] matrix, float32. Peer of `supcon bench loss`.

Prints one JSON line, or with --serve first {"ready": true}, then answers each line `step N` on stdin with {"ms": [...], "peakMb": ...}.
peakMb is the growth of the process's peak resident memory since before the first step, in MB of 1,000,000 bytes (Linux only).
"""

import argparse
import json

import torch
from torch.nn import functional as F

import networks
import serving

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--rows", type=int, default=12288, help="M: two for each sample")
parser.add_argument("--dim", type=int, default=128)
parser.add_argument("--classes", type=int, default=1000)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--steps", type=int, default=3)
parser.add_argument("--warmup", type=int, default=1)
parser.add_argument("--serve", action="store_true")
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(0)
raw = torch.randn(options.rows, options.dim, requires_grad=True)
labels = torch.randint(options.classes, (options.rows // 2,)).repeat(2)


def step():
    raw.grad = None
    networks.supcon(F.normalize(raw, dim=1), labels, 0.1, 1.0).backward()


before = serving.forget_peak()
serving.times(step, options.warmup)
if options.serve:
    serving.serve(step, lambda: {"peakMb": round(serving.peak() - before, 1)})
else:
    found = serving.summary(serving.times(step, options.steps))
    print(json.dumps({"bench": "loss", **found, "peakMb": round(serving.peak() - before, 1), "rows": options.rows, "dim": options.dim,
                      "threads": options.threads, "torch": torch.__version__}))
