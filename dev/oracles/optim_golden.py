"""Golden steps of torch.optim.SGD in float64, momentum 0.9, weight decay 1e-4, linear warm-up then cosine. Writes optim.json.

Loss: sum((A w - b)^2) / (2 rows) + 0.1 sum(sin(w)). The learning rates and gradients of every step are in the file.
"""

import math

import torch

import golden

ROWS, SIZE, STEPS, WARMUP, PEAK = 6, 5, 20, 5, 0.3


def learning_rate(step):
    """Google Research's schedule: from 0, s / warmup, then half a cosine to 0."""
    if step < WARMUP:
        return PEAK * step / WARMUP
    return 0.5 * PEAK * (1 + math.cos(math.pi * (step - WARMUP) / (STEPS - WARMUP)))


def run(nesterov):
    matrix = torch.from_numpy(golden.hashed("optim.A", ROWS * SIZE)).reshape(ROWS, SIZE) * 2
    target = torch.from_numpy(golden.hashed("optim.b", ROWS))
    weights = torch.from_numpy(golden.hashed("optim.w", SIZE)).requires_grad_()
    start = golden.floats(weights.detach(), 17)
    optimizer = torch.optim.SGD([weights], lr=PEAK, momentum=0.9, weight_decay=1e-4, nesterov=nesterov)
    steps = []
    for step in range(STEPS):
        optimizer.param_groups[0]["lr"] = learning_rate(step)
        optimizer.zero_grad()
        loss = ((matrix @ weights - target) ** 2).sum() / (2 * ROWS) + 0.1 * torch.sin(weights).sum()
        loss.backward()
        gradient = golden.floats(weights.grad, 17)
        optimizer.step()
        steps.append({"learningRate": learning_rate(step), "loss": loss.item(), "gradient": gradient,
                      "weights": golden.floats(weights.detach(), 17),
                      "momentum": golden.floats(optimizer.state[weights]["momentum_buffer"], 17)})
    return {"nesterov": nesterov, "matrix": golden.floats(matrix, 17), "target": golden.floats(target, 17), "start": start, "steps": steps}


golden.write("optim", {
    "about": {"loss": "sum((A w - b)^2) / (2 rows) + 0.1 sum(sin(w)); `matrix` is A, row by row", "weights": "after the step",
              "gradient": "of the loss, without weight decay", "torch": torch.__version__.split("+")[0]},
    "momentum": 0.9, "weightDecay": 1e-4, "peak": PEAK, "warmupSteps": WARMUP, "rows": ROWS, "columns": SIZE,
    "runs": [run(False), run(True)],
})
