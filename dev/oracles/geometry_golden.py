"""Golden geometry of embeddings: RankMe by numpy's SVD; alignment and uniformity by Wang and Isola's published lines, pairs by loops.
Writes geometry.json."""

import numpy as np
import torch

import golden


def rank_me(rows, epsilon=1e-7):
    """Garrido et al. 2023, equation 1."""
    sigma = np.linalg.svd(rows, compute_uv=False)
    p = sigma / sigma.sum() + epsilon
    return float(np.exp(-(p * np.log(p)).sum()))


def align_loss(x, y, alpha=2):
    """github.com/SsnL/align_uniform, align_uniform/__init__.py."""
    return (x - y).norm(p=2, dim=1).pow(alpha).mean()


def uniform_loss(x, t=2):
    """The same."""
    return torch.pdist(x, p=2).pow(2).mul(-t).exp().mean().log()


def case(name, rows, labels):
    """Rows are view-major; rank and uniformity are those of the first view, positives have the same label."""
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    exact = torch.from_numpy(rows.astype(np.float64))
    images = len(labels)
    every = [labels[i % images] for i in range(len(rows))]
    pairs = [(i, j) for i in range(len(rows)) for j in range(i + 1, len(rows)) if every[i] == every[j]]
    left, right = ([pair[k] for pair in pairs] for k in (0, 1))
    return {
        "name": name,
        "dimension": rows.shape[1],
        "labels": labels,
        "rows": golden.floats(rows),
        "rankMe": rank_me(exact[:images].numpy()),
        "alignment": float(align_loss(exact[left], exact[right])),
        "uniformity": float(uniform_loss(exact[:images])),
    }


def cases():
    spread = golden.normals("geometry", 20 * 6, 3).reshape(20, 6)
    yield case("two views, classes", spread, [0, 1, 2, 0, 1, 2, 0, 1, 2, 3])
    yield case("two views, each image by itself", spread, list(range(10)))
    yield case("one view", spread[:10], [0, 0, 1, 1, 1, 2, 2, 2, 2, 0])
    yield case("fewer images than dimensions", golden.normals("wide", 6 * 8, 3).reshape(6, 8), [0, 1, 2])
    plane = golden.normals("plane", 16 * 2, 3).reshape(16, 2) @ golden.normals("axes", 2 * 6, 3).reshape(2, 6)
    yield case("in a plane", plane, [0, 1, 0, 1, 0, 1, 0, 1])
    yield case("all alike", np.ones((8, 4)), [0, 0, 1, 1])


golden.write("geometry", {
    "about": {"rows": "fp32 [V B, D], view-major, of length 1", "labels": "[B]; rows with the same one are positives of each other"},
    "cases": list(cases()),
})
