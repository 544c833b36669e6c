"""Golden losses and gradients in float64 by loops over anchors and PyTorch's autograd; cross-entropy is PyTorch's. Writes loss.json.

The forms of the supervised contrastive loss are the paper's and the options of google-research/supcon (enums.py, losses.py). With
`--authors losses.py`, a copy of HobbitLong/SupContrast's file, the cases that it knows are compared with it; with pytorch-metric-learning
installed, triplets and L_out are compared with that.
"""

import argparse
import importlib.util
import itertools
import math

import torch

import golden

IMAGES, WIDTH = 21, 6
LABELS = [0, 1, 0, 2, 1, 0, 0, 3, 1, 0, 2, 0, 1, 0, 0, 1, 0, 2, 0, 1, 0]  # one image of class 3


def unit_rows(name, rows, width):
    raw = torch.from_numpy(golden.hashed(name, rows * width)).reshape(rows, width)
    return raw / raw.norm(dim=1, keepdim=True)


def positives_of(i, labels, views, cap):
    """Of a view-major row: the other views of its image, and the first cap / views other images of its class."""
    images = len(labels) // views
    image = i % images
    others = [b for b in range(images) if labels[b] == labels[image] and b != image]
    kept = others if cap is None else others[:cap // views]
    return [v * images + b for v in range(views) for b in kept + [image] if v * images + b != i]


def contrastive(z, labels, views, form, weights=None):
    """labels of the rows, view-major; form: temperature, inside, one, denominator, cap. The mean over anchors, without a scale."""
    rows, images = len(labels), len(labels) // views
    s = z @ z.T / form["temperature"]
    total = z.new_zeros(())
    anchors = range(images if form["one"] else rows)
    for i in anchors:
        positives = positives_of(i, labels, views, form["cap"])
        negatives = [n for n in range(rows) if labels[n] != labels[i]]
        if not positives or (form["denominator"] == "onlyNegatives" and not negatives):
            continue
        logs = []
        for p in positives:
            among = {"all": negatives + positives, "onePositive": negatives + [p], "onlyNegatives": negatives}[form["denominator"]]
            logs.append(s[i, p] - torch.logsumexp(s[i, among], 0))
        logs = torch.stack(logs)
        own = torch.logsumexp(logs, 0) - math.log(len(positives)) if form["inside"] else logs.mean()
        total = total - own * (1 if weights is None else weights[labels[i]])
    return total / len(anchors)


def told(loss, leaf, name):
    """Loss, the gradient's norm and its product with four made vectors."""
    gradient, = torch.autograd.grad(loss, leaf)
    flat = gradient.ravel()
    along = [float(flat @ torch.from_numpy(golden.hashed(f"along.{name}.{k}", flat.numel()))) for k in range(4)]
    return {"loss": float(loss), "norm": float(flat.norm()), "along": golden.floats(along, 17)}


def forms():
    for tau, inside, one, denominator, cap in itertools.product(
            (0.05, 0.1, 1.0), (False, True), (False, True), ("all", "onePositive", "onlyNegatives"), (None, 0, 2, 4)):
        yield {"temperature": tau, "inside": inside, "one": one, "denominator": denominator, "cap": cap}


def written(form):
    return {"temperature": form["temperature"], "positives": "inside" if form["inside"] else "outside",
            "anchors": "one" if form["one"] else "all", "denominator": form["denominator"],
            **({} if form["cap"] is None else {"positivesCap": form["cap"]})}


def contrastive_cases(z, labels):
    cases = []
    for form in forms():
        loss = contrastive(z, labels, 2, form)
        cases.append({"spec": written(form), **told(loss, z, "z")})
    return cases


def balanced_cases(z, labels, sizes):
    present = sum(size > 0 for size in sizes)
    weights = [sum(sizes) / (present * size) if size else 0 for size in sizes]
    cases = []
    for inside, denominator in itertools.product((False, True), ("all", "onePositive")):
        form = {"temperature": 0.1, "inside": inside, "one": False, "denominator": denominator, "cap": None}
        cases.append({"spec": {**written(form), "classWeights": "balanced"}, **told(contrastive(z, labels, 2, form, weights), z, "z")})
    return cases


def triplet(z, labels, margin):
    """Batch hard, squared distances of unit rows as 2 - 2 s."""
    s, total = z @ z.T, z.new_zeros(())
    for i, own in enumerate(labels):
        positives = [p for p, label in enumerate(labels) if label == own and p != i]
        negatives = [n for n, label in enumerate(labels) if label != own]
        if positives and negatives:
            total = total + torch.relu(2 * s[i, negatives].max() - 2 * s[i, positives].min() + margin)
    return total / len(labels)


def triplet_cases(z, labels):
    """Two views of each image, and one, where an anchor lacks a positive."""
    return [{"margin": margin, "rows": rows, **told(triplet(z[:rows], labels[:rows], margin), z, "z")}
            for margin in (0.0, 0.2, 1.0) for rows in (2 * IMAGES, IMAGES)]


def soft(z, labels, similarity, temperature):
    """Softmax over the other rows against targets in proportion to similarity[label][label]."""
    s, total = z @ z.T / temperature, z.new_zeros(())
    for i, own in enumerate(labels):
        others = [j for j in range(len(labels)) if j != i]
        targets = torch.tensor([similarity[own][labels[j]] for j in others], dtype=torch.float64)
        if targets.sum() > 0:
            logs = torch.log_softmax(s[i, others], 0)
            total = total - (targets / targets.sum() * logs).sum()
    return total / len(labels)


def soft_cases(z, labels):
    degrees = [[1.0, 0.5, 0.0, 0.25], [0.3, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.1, 0.2, 0.7, 0.0]]
    return [{"temperature": tau, "similarity": degrees, **told(soft(z, labels, degrees, tau), z, "z")} for tau in (0.05, 0.1, 1.0)]


def cross_entropy_cases():
    logits = torch.from_numpy(4 * golden.hashed("logits", 35)).reshape(7, 5).requires_grad_()
    own = torch.tensor([0, 1, 2, 3, 4, 0, 2])
    cases = []
    for smoothing in (0.0, 0.05, 0.1, 0.6):
        loss = torch.nn.functional.cross_entropy(logits, own, label_smoothing=smoothing)
        gradient, = torch.autograd.grad(loss, logits)
        cases.append({"labelSmoothing": smoothing, "loss": float(loss), "gradient": golden.floats(gradient, 17)})
    return {"logits": golden.floats(logits.detach(), 17), "labels": own.tolist(), "cases": cases}


def large_margin_cases():
    """psi of the angle by arccosine, as Liu et al. 2016 print it."""
    features = torch.from_numpy(6 * golden.hashed("margin.x", 36)).reshape(12, 3)
    weights = torch.from_numpy(2 * golden.hashed("margin.w", 15)).reshape(5, 3)
    output = torch.cat([features @ weights.T, features.norm(dim=1, keepdim=True) * weights.norm(dim=1)], 1).requires_grad_()
    own = torch.tensor([0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 2])
    rows, cases = torch.arange(12), []
    for margin in (1, 2, 3, 4):
        for softening in (0.0, 5.0):
            length = output[rows, 5 + own]
            angle = torch.arccos(output[rows, own] / length)
            k = torch.floor(angle.detach() * margin / math.pi)
            psi = (-1) ** k * torch.cos(margin * angle) - 2 * k
            target = (softening * output[rows, own] + length * psi) / (1 + softening)
            loss = torch.nn.functional.cross_entropy(output[:, :5].scatter(1, own[:, None], target[:, None]), own)
            gradient, = torch.autograd.grad(loss, output)
            cases.append({"margin": margin, "softening": softening, "loss": float(loss), "gradient": golden.floats(gradient, 17)})
    return {"output": golden.floats(output.detach(), 17), "labels": own.tolist(), "cases": cases}


def compare_with_metric_learning(z, labels):
    """Their triplets by |a - b|^2, whose gradient differs along the rows: it is compared on the sphere's tangents."""
    from pytorch_metric_learning import distances, losses, miners, reducers
    squared = distances.LpDistance(power=2, normalize_embeddings=False)
    own, worst = torch.tensor(labels), 0.0

    def on_sphere(gradient):
        return gradient - (gradient * z).sum(1, keepdim=True) * z

    def differ(value, ours):
        theirs, = torch.autograd.grad(value, z)
        mine, = torch.autograd.grad(ours, z)
        theirs, mine = on_sphere(theirs), on_sphere(mine)
        return max(float(abs(value - ours) / abs(ours)), float((theirs - mine).norm() / mine.norm()))

    for margin in (0.2, 1.0):
        mined = miners.BatchHardMiner(distance=squared)(z, own)
        theirs = losses.TripletMarginLoss(margin=margin, distance=squared, reducer=reducers.DoNothingReducer())
        value = theirs(z, own, mined)["loss"]["losses"].sum() / len(labels)
        worst = max(worst, differ(value, triplet(z, labels, margin)))
    for tau in (0.05, 0.1, 1.0):
        theirs = losses.SupConLoss(temperature=tau, distance=distances.DotProductSimilarity(normalize_embeddings=False))
        form = {"temperature": tau, "inside": False, "one": False, "denominator": "all", "cap": None}
        worst = max(worst, differ(theirs(z, own), contrastive(z, labels, 2, form)))
    print(f"largest difference from pytorch-metric-learning: {worst:.1e}")
    assert worst < 1e-6, worst


def compare_with_authors(path, z, labels):
    spec = importlib.util.spec_from_file_location("authors", path)
    authors = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(authors)
    features = z.detach().reshape(2, IMAGES, -1).transpose(0, 1)
    worst = 0.0
    for form in forms():
        if form["inside"] or form["denominator"] != "all" or form["cap"] is not None:
            continue
        theirs = authors.SupConLoss(form["temperature"], "one" if form["one"] else "all", base_temperature=form["temperature"])
        for own in (torch.tensor(labels[:IMAGES]), torch.arange(IMAGES)):
            leaf = features.clone().requires_grad_()
            value = theirs(leaf, own)
            gradient, = torch.autograd.grad(value, leaf)
            ours = contrastive(z, own.tolist() * 2, 2, form)
            our_gradient, = torch.autograd.grad(ours, z)
            our_gradient = our_gradient.reshape(2, IMAGES, -1).transpose(0, 1)
            worst = max(worst, float(abs(value - ours) / abs(ours)), float((gradient - our_gradient).norm() / our_gradient.norm()))
    print(f"largest difference from the authors' PyTorch code: {worst:.1e}")
    assert worst < 1e-6, worst  # their mask is float32


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--authors", help="losses.py of HobbitLong/SupContrast")
    options = parser.parse_args()
    z = unit_rows("loss.z", 2 * IMAGES, WIDTH).requires_grad_()
    labels = LABELS * 2
    sizes = [40, 20, 10, 5, 0]
    if options.authors:
        compare_with_authors(options.authors, z, labels)
    if importlib.util.find_spec("pytorch_metric_learning"):
        compare_with_metric_learning(z, labels)
    golden.write("loss", {
        "about": {"along": "the gradient's product with hashed(`along.z.<k>`), flat", "scale": "none; the mean over anchors",
                  "classSizes": "images of each class in the training set, for balanced weights", "torch": torch.__version__.split("+")[0]},
        "z": golden.floats(z.detach(), 17), "width": WIDTH, "labels": LABELS, "classSizes": sizes,
        "vectors": [golden.floats(golden.hashed(f"along.z.{k}", z.numel()), 12) for k in range(4)],
        "contrastive": contrastive_cases(z, labels),
        "balanced": balanced_cases(z, labels, sizes),
        "triplet": triplet_cases(z, labels),
        "soft": soft_cases(z, labels),
        "crossEntropy": cross_entropy_cases(),
        "largeMargin": large_margin_cases(),
    })


if __name__ == "__main__":
    main()
