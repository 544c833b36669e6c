"""CIFAR-10 pretrained and probed in plain PyTorch: the twin of our recipe, to compare accuracy and speed with.

Recipe after HobbitLong/SupContrast (loss scale, SimAugment, ResNet with a CIFAR stem, MLP head, SGD on every parameter), with a narrow
ResNet-18, Google Research's schedule by steps (linear from 0, then half a cosine to 0), channels_last, and bf16 autocast unless --dtype fp32. The last tenth of
every class's training images is held out; it chooses the probe's penalty, the test images only measure.

With --loss crossEntropy the classifier learns from two views of every sample, cropped and flipped: the same number of views.
"""

import argparse
import io
import json
import math
import sys
import tarfile
import time

import numpy as np
import torch
from PIL import Image
from safetensors import safe_open
from scipy.optimize import minimize
from torch import nn
from torch.nn import functional as F

import networks
import views

MEAN = torch.tensor([0.4914, 0.4822, 0.4465])[:, None, None]
STD = torch.tensor([0.2023, 0.1994, 0.2010])[:, None, None]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="tar or tar.gz of train/<class>/NNNN.jpg and test/<class>/NNNN.jpg")
    parser.add_argument("--encoder", help="an encoder.safetensors of ours, to be probed as the twin's is, instead of training one")
    parser.add_argument("--loss", choices=["supCon", "crossEntropy"], default="supCon")
    parser.add_argument("--scale", choices=["tauOverBase", "tau", "none"], default="tauOverBase")
    parser.add_argument("--temperature", type=float, default=0.1)
    parser.add_argument("--width", type=int, default=16)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--warmup-epochs", type=float, default=1)
    parser.add_argument("--batch-size", type=int, default=256, help="samples; twice as many views")
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--crop-area-min", type=float, default=0.2)
    parser.add_argument("--jitter-strength", type=float, default=0.5)
    parser.add_argument("--linear-head", action="store_true", help="no hidden layer in the projection head")
    parser.add_argument("--dtype", choices=["bf16", "fp32"], default="bf16")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="training samples, the same number of each class; 0 is all")
    return parser.parse_args()


def read(path):
    """{'train': {class: [image]}, 'test': ...} by sorted names, uint8 [32, 32, 3]."""
    found = {}
    with tarfile.open(path) as tar:
        for member in tar:
            parts = member.name.removeprefix("./").split("/")
            if member.isfile() and len(parts) == 3 and parts[0] in ("train", "test"):
                image = Image.open(io.BytesIO(tar.extractfile(member).read())).convert("RGB")
                found[tuple(parts)] = np.asarray(image)
    parts = {"train": {}, "test": {}}
    for (part, label, _), image in sorted(found.items()):
        parts[part].setdefault(label, []).append(image)
    return parts


def stacked(classes):
    images = torch.from_numpy(np.stack([image for images in classes.values() for image in images])).permute(0, 3, 1, 2).contiguous()
    labels = torch.tensor([index for index, images in enumerate(classes.values()) for _ in images])
    return images, labels


def split(path, limit):
    parts = read(path)
    train, held = {}, {}
    for label, images in parts["train"].items():
        kept = len(images) - len(images) // 10
        train[label], held[label] = images[:kept], images[kept:]
        if limit:
            train[label] = train[label][:limit // len(parts["train"])]
    return stacked(train), stacked(held), stacked(parts["test"])


def floated(images):
    return images.float() / 255


def learning_rate(step, peak, warmup, total):
    if step < warmup:
        return peak * step / warmup
    return 0.5 * peak * (1 + math.cos(math.pi * (step - warmup) / (total - warmup)))


def batch_loss(options, model, images, labels, rng):
    """Two views of every sample, all first ones before all second ones."""
    twice = floated(images).repeat(2, 1, 1, 1)
    made = views.sim_augment(twice, options.crop_area_min, options.jitter_strength, rng) if options.loss == "supCon" else views.crop_and_flip(
        twice, options.crop_area_min, rng)
    made = ((made - MEAN) / STD).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16, enabled=options.dtype == "bf16"):
        outputs = model(made)
    if options.loss == "crossEntropy":
        return F.cross_entropy(outputs.float(), labels.repeat(2))
    scale = {"none": 1.0, "tau": options.temperature, "tauOverBase": options.temperature / 0.07}[options.scale]
    return networks.supcon(outputs, labels.repeat(2), options.temperature, scale)


def pretrain(options, model, images, labels):
    """Trains in place; the last incomplete batch of an epoch is dropped. Returns seconds and the number of views."""
    rng = np.random.default_rng(options.seed)
    optimizer = torch.optim.SGD(model.parameters(), lr=options.lr, momentum=0.9, weight_decay=1e-4)
    steps = len(images) // options.batch_size
    if steps == 0:
        sys.exit(f"--batch-size {options.batch_size} is more than the {len(images)} training samples")
    begin, step, total = time.perf_counter(), 0, steps * options.epochs
    for epoch in range(options.epochs):
        order, losses = torch.from_numpy(rng.permutation(len(images))), []
        for chosen in order[:steps * options.batch_size].split(options.batch_size):
            optimizer.param_groups[0]["lr"] = learning_rate(step, options.lr, int(options.warmup_epochs * steps), total)
            loss = batch_loss(options, model, images[chosen], labels[chosen], rng)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            step += 1
        print(f"epoch {epoch + 1}/{options.epochs}: loss {np.mean(losses):.4f}, {time.perf_counter() - begin:.0f} s", file=sys.stderr)
    return time.perf_counter() - begin, 2 * total * options.batch_size


@torch.no_grad()
def features(network, images):
    network.eval()
    batches = [network(((floated(batch) - MEAN) / STD).contiguous(memory_format=torch.channels_last)) for batch in images.split(500)]
    return torch.cat(batches).float()


def fit(x, y, classes, penalty, start):
    """Multinomial logistic regression, mean cross-entropy + penalty / 2 ||W||^2, by L-BFGS in float64; [classes, features + 1]."""
    def objective(flat):
        weights = torch.from_numpy(flat).reshape(classes, -1).requires_grad_()
        value = F.cross_entropy(x @ weights[:, :-1].T + weights[:, -1], y) + penalty / 2 * (weights[:, :-1] ** 2).sum()
        value.backward()
        return value.item(), weights.grad.numpy().ravel()
    found = minimize(objective, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 500, "maxcor": 20, "gtol": 1e-6})
    return found.x.reshape(classes, -1)


def top1(weights, x, y):
    weights = torch.from_numpy(weights)
    return ((x @ weights[:, :-1].T + weights[:, -1]).argmax(1) == y).double().mean().item()


def probe(encoder, train, held, test):
    """Linear accuracy on frozen features; the held-out images choose the penalty, from the strongest on, each a warm start for the next."""
    (x, y), (hx, hy), (tx, ty) = ((features(encoder, images).double(), labels) for images, labels in (train, held, test))
    classes = int(y.max()) + 1
    weights, best = np.zeros((classes, x.shape[1] + 1)), None
    for penalty in (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6):
        weights = fit(x, y, classes, penalty, weights)
        accuracy = top1(weights, hx, hy)
        if best is None or accuracy > best[0]:
            best = accuracy, penalty, weights
    return {"top1": top1(best[2], tx, ty), "holdoutTop1": best[0], "l2": best[1]}


def load(path, width):
    """An encoder of ours: torchvision's names, and statistics of its training images, which come into force."""
    global MEAN, STD
    with safe_open(path, "pt") as file:
        words, weights = file.metadata(), {name: file.get_tensor(name) for name in file.keys()}
    MEAN, STD = (torch.tensor(json.loads(words[name]))[:, None, None] for name in ("mean", "std"))
    encoder = networks.Encoder(width)
    encoder.load_state_dict(weights)
    return encoder.to(memory_format=torch.channels_last)


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    begin = time.perf_counter()
    train, held, test = split(options.data, options.limit)
    if options.encoder:
        print(json.dumps({"encoder": options.encoder, **probe(load(options.encoder, options.width), train, held, test)}))
        return
    encoder = networks.Encoder(options.width)
    if options.loss == "supCon":
        model = networks.Contrastive(encoder, options.linear_head)
    else:
        model = nn.Sequential(encoder, nn.Linear(encoder.feature_size, int(train[1].max()) + 1))
    model = model.to(memory_format=torch.channels_last).train()
    seconds, seen = pretrain(options, model, *train)
    result = {"loss": options.loss, **probe(encoder, train, held, test)}
    if options.loss == "crossEntropy":
        result["probeTop1"] = result["top1"]
        result["top1"] = (features(model, test[0]).argmax(1) == test[1]).double().mean().item()
    print(json.dumps({**result, "seconds": round(seconds, 1), "viewsPerSecond": round(seen / seconds, 1), "seed": options.seed,
                      "trainSamples": len(train[0]), "epochs": options.epochs, "batchSize": options.batch_size, "lr": options.lr,
                      "width": options.width, "dtype": options.dtype, "threads": options.threads, "totalSeconds": round(time.perf_counter() - begin, 1)}))


main()
