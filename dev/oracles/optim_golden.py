"""Golden steps of optimizers: torch.optim (SGD, Nesterov, AdamW), timm.optim (RMSProp by TensorFlow's rule, LARS) and, where a published
rule is in neither, the rule written out in numpy. Writes optim.json.

Every run has 20 steps on four tensors (a convolution's weight, a normalisation's weight and its bias that starts at 0, a linear bias), in
float64, with linear warm-up, then half a cosine; the constant rate where timm differs from the rule under a changing one. Gradients are made
numbers plus a pull to 0 of the weights, so that they depend on the steps before.
"""

import math

import numpy as np
import timm
import timm.optim
import torch

import golden

STEPS, WARMUP, PEAK, DECAY = 20, 5, 0.3, 0.01
SHAPES = {"conv": (3, 2, 2, 2), "norm.weight": (3,), "norm.bias": (3,), "linear.bias": (4,)}


def learning_rate(step):
    """Google Research's schedule: from 0, s / warmup, then half a cosine to 0."""
    if step < WARMUP:
        return PEAK * step / WARMUP
    return 0.5 * PEAK * (1 + math.cos(math.pi * (step - WARMUP) / (STEPS - WARMUP)))


def constant(_):
    return PEAK


def starts():
    made = {name: golden.hashed("optim." + name, math.prod(shape)).reshape(shape) for name, shape in SHAPES.items()}
    return {**made, "norm.weight": made["norm.weight"] + 1, "norm.bias": 0 * made["norm.bias"]}


def gradients(weights, step):
    return {name: golden.hashed(f"optim.g.{name}.{step}", w.size).reshape(w.shape) + 0.2 * w for name, w in weights.items()}


def record(name, rate, update, **words):
    """`update(weights, gradients, learning rate)` changes the weights in place; the file holds the last of every fourth step."""
    weights = starts()
    kept = []
    for step in range(STEPS):
        update(weights, gradients(weights, step), rate(step))
        if step % 4 == 3:
            kept.append({key: golden.floats(value, 17) for key, value in weights.items()})
    return {"name": name, "constant": rate is constant, **words, "weights": kept}


def framework(make, decayed=SHAPES, clip=None):
    """A rule of torch or timm; weight decay for the named tensors only."""
    tensors = {name: torch.from_numpy(w.copy()).requires_grad_() for name, w in starts().items()}
    groups = [{"params": [t for n, t in tensors.items() if n in decayed]},
              {"params": [t for n, t in tensors.items() if n not in decayed], "weight_decay": 0.0}]
    optimizer = make([group for group in groups if group["params"]])

    def update(weights, grads, rate):
        for name, tensor in tensors.items():
            tensor.grad = torch.from_numpy(grads[name].copy())
        if clip:
            torch.nn.utils.clip_grad_norm_(tensors.values(), clip)
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
        for name, tensor in tensors.items():
            weights[name][...] = tensor.detach().numpy()
    return update


def lars(rule, decayed=SHAPES, trust=0.02):
    """SimCLR's lars_optimizer.py (classic and not) and algorithm 1 of You et al. 2017, from their published formulas."""
    momenta = {name: np.zeros(shape) for name, shape in SHAPES.items()}

    def ratio(name, w, norm):
        length = np.linalg.norm(w)
        return trust * length / norm if name in decayed and length > 0 and norm > 0 else 1.0

    def update(weights, grads, rate):
        for name, w in weights.items():
            g, v, decay = grads[name], momenta[name], DECAY if name in decayed else 0.0
            u = g + decay * w
            if rule == "afterMomentum":
                v[...] = 0.9 * v + u
                w -= rate * ratio(name, w, np.linalg.norm(v)) * v
                continue
            article = np.linalg.norm(g) + decay * np.linalg.norm(w) if np.linalg.norm(g) > 0 else 0.0
            v[...] = 0.9 * v + rate * ratio(name, w, article if rule == "article" else np.linalg.norm(u)) * u
            w -= v
    return update


def rmsprop(weight, gradient, rate, epsilon):
    """TensorFlow 1's rule on one number, three steps."""
    square, momentum, found = 1.0, 0.0, []
    for _ in range(3):
        square = 0.9 * square + 0.1 * gradient**2
        momentum = 0.9 * momentum + rate * gradient / math.sqrt(square + epsilon)
        weight -= momentum
        found.append(weight)
    return found


NO_NORM = ["conv", "linear.bias"]
sgd = dict(lr=PEAK, momentum=0.9, weight_decay=DECAY)
tf = dict(lr=PEAK, alpha=0.9, eps=1e-3, momentum=0.9, weight_decay=DECAY, lr_in_momentum=True)
timm_lars = dict(lr=PEAK, momentum=0.9, weight_decay=DECAY, trust_coeff=0.02, eps=0.0)

RUNS = [
    record("sgd", learning_rate, framework(lambda p: torch.optim.SGD(p, **sgd)), by="torch"),
    record("sgd without norm", learning_rate, framework(lambda p: torch.optim.SGD(p, **sgd), NO_NORM), by="torch"),
    record("sgd weights", learning_rate, framework(lambda p: torch.optim.SGD(p, **sgd), ["conv"]), by="torch"),
    record("sgd clipped", learning_rate, framework(lambda p: torch.optim.SGD(p, **sgd), clip=1.7), by="torch"),
    record("nesterov", learning_rate, framework(lambda p: torch.optim.SGD(p, nesterov=True, **sgd)), by="torch"),
    record("adamW", learning_rate, framework(lambda p: torch.optim.AdamW(p, lr=PEAK, weight_decay=DECAY)), by="torch"),
    record("rmsProp", learning_rate, framework(lambda p: timm.optim.RMSpropTF(p, **tf)), by="timm"),
    record("lars article", constant, framework(lambda p: timm.optim.Lars(p, **timm_lars)), by="timm"),
    record("lars article without norm", constant, framework(lambda p: timm.optim.Lars(p, **timm_lars), NO_NORM), by="timm"),
    record("lars article", learning_rate, lars("article"), by="formula"),
    record("lars classic", learning_rate, lars("classic"), by="formula"),
    record("lars classic without norm", learning_rate, lars("classic", NO_NORM), by="formula"),
    record("lars afterMomentum", learning_rate, lars("afterMomentum"), by="formula"),
    record("lars afterMomentum without norm", learning_rate, lars("afterMomentum", NO_NORM), by="formula"),
]

# The written-out rule of the article is timm's where both say the same.
by_hand, theirs = record("lars article", constant, lars("article")), next(r for r in RUNS if r["by"] == "timm" and r["name"] == "lars article")
for ours, others in zip(by_hand["weights"], theirs["weights"]):
    assert all(np.allclose(ours[name], others[name], rtol=0, atol=1e-12) for name in SHAPES)

golden.write("optim", {
    "about": {"gradient": "of step s: hashed('optim.g.<name>.<s>') + 0.2 w", "start": "hashed('optim.<name>'), norm.weight + 1, norm.bias 0",
              "weights": "after steps 4, 8, … 20", "rate": "0.3 s / 5 for s < 5, then half a cosine to 0 at 20; or constant",
              "torch": torch.__version__.split("+")[0], "timm": timm.__version__},
    "weightDecay": DECAY, "shapes": {name: list(shape) for name, shape in SHAPES.items()},
    "start": {name: golden.floats(w, 17) for name, w in starts().items()},
    "noise": {name: [golden.floats(golden.hashed(f"optim.g.{name}.{step}", math.prod(shape)), 17) for step in range(STEPS)]
              for name, shape in SHAPES.items()},
    "runs": RUNS,
    "rmsPropByHand": rmsprop(1.0, 0.5, 1.2, 1e-3),
})
