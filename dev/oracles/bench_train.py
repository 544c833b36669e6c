"""PyTorch's time for one SupCon training step: forward, loss, backward, SGD. Peer of `supcon bench train`.

ResNet-18 with a CIFAR stem, two views of every sample as random 32x32 images, bf16 autocast, channels_last. Prints one JSON line, or with
--serve first {"ready": true}, then answers each line `step N` on stdin with {"ms": [...]}, until stdin ends.
"""

import argparse
import json

import torch

import networks
import serving

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--width", type=int, default=64)
parser.add_argument("--views", type=int, default=256, help="two for each sample")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--steps", type=int, default=10)
parser.add_argument("--warmup", type=int, default=3)
parser.add_argument("--dtype", choices=["bf16", "fp32"], default="bf16")
parser.add_argument("--device", default="cpu", help="cpu or cuda")
parser.add_argument("--serve", action="store_true")
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(0)
torch.backends.cudnn.benchmark = True
model = networks.Contrastive(networks.Encoder(options.width)).to(options.device, memory_format=torch.channels_last).train()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)
images = torch.randn(options.views, 3, 32, 32, device=options.device).contiguous(memory_format=torch.channels_last)
labels = torch.randint(10, (options.views // 2,), device=options.device).repeat(2)


def step():
    with torch.autocast(options.device, torch.bfloat16, enabled=options.dtype == "bf16"):
        embeddings = model(images)
    loss = networks.supcon(embeddings, labels, 0.1, 0.1 / 0.07)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    return loss.item()  # waits for the device


serving.times(step, options.warmup)
if options.serve:
    serving.serve(step)
else:
    found = serving.summary(serving.times(step, options.steps))
    print(json.dumps({"bench": "train", **found, "viewsPerSecond": round(options.views / found["medianMs"] * 1000, 1), "views": options.views,
                      "width": options.width, "dtype": options.dtype, "device": options.device, "threads": options.threads,
                      "torch": torch.__version__}))
