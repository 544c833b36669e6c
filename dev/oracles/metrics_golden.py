"""Golden metrics: ECE (also adaptive and class-wise), Brier, top-k, weighted kNN, mean per class, 11-point AP, retrieval; naive loops. Writes metrics.json."""

import importlib.util
import inspect
import math

import numpy as np
import torch
from sklearn.metrics import balanced_accuracy_score, brier_score_loss, log_loss, top_k_accuracy_score

import golden


def ece(confidences, correct, bins):
    """Equal-width bins on (0, 1], lower bound open, upper closed (gpleiss/temperature_scaling)."""
    total = 0.0
    for b in range(bins):
        inside = [i for i, c in enumerate(confidences) if b / bins < c <= (b + 1) / bins]
        if inside:
            accuracy = sum(correct[i] for i in inside) / len(inside)
            confidence = sum(confidences[i] for i in inside) / len(inside)
            total += len(inside) / len(confidences) * abs(accuracy - confidence)
    return total


def ece_cases():
    hard = [0.95, 0.85, 0.55, 0.35, 0.62, 0.99], [1, 0, 1, 0, 1, 1]  # the answer for 15 and for 10 bins is 0.3483333333
    assert abs(ece(*hard, 15) - 0.3483333333) < 1e-9 and abs(ece(*hard, 10) - 0.3483333333) < 1e-9
    edges = [1.0, 1.0, 0.5, 0.25, 0.75, 0.125], [1, 0, 1, 0, 0, 1]
    many = list(np.round(0.5 + golden.hashed("ece", 200), 4)), [int(v > -0.1) for v in golden.hashed("ece.correct", 200)]
    for confidences, correct in (hard, edges, many):
        for bins in (10, 15, 16):
            # an edge that is no binary fraction has no one answer: nothing may lie on it
            clean = [(c, r) for c, r in zip(confidences, correct) if bins == 16 or c == 1.0 or abs(c * bins - round(c * bins)) > 1e-9]
            cs, rs = [float(c) for c, _ in clean], [r for _, r in clean]
            yield {"bins": bins, "confidences": cs, "correct": rs, "ece": ece(cs, rs, bins)}


def top_k():
    scores = np.round(golden.normals("topk", 12 * 7, 4), 3).reshape(12, 7)
    labels = [int(7 * (v + 0.5)) for v in golden.hashed("topk.y", 12)]
    ranks = [int((row > row[label]).sum()) for row, label in zip(scores, labels)]
    answers = {str(k): sum(rank < k for rank in ranks) / 12 for k in (1, 2, 3, 5, 7)}
    assert all(abs(v - top_k_accuracy_score(labels, scores, k=int(k), labels=range(7))) < 1e-12 for k, v in answers.items() if k != "7")
    return {"classes": 7, "scores": scores.tolist(), "labels": labels, "topK": answers}


def knn_cases():
    """InstDisc: the k most similar by cosine vote for their class with exp(similarity / temperature)."""
    train = golden.normals("knn.train", 40 * 6, 3).reshape(40, 6)
    test = golden.normals("knn.test", 15 * 6, 3).reshape(15, 6)
    train_labels, test_labels = ([int(5 * (v + 0.5)) for v in golden.hashed(n, c)] for n, c in (("knn.y", 40), ("knn.z", 15)))
    for k, temperature in ((1, 0.07), (5, 0.07), (5, 1.0), (20, 0.07), (40, 0.5)):
        predictions, votes = [], []
        for row in test:
            similarities = [float(row @ other / (np.linalg.norm(row) * np.linalg.norm(other))) for other in train]
            nearest = sorted(range(40), key=lambda i: -similarities[i])[:k]
            sums = [0.0] * 5
            for i in nearest:
                sums[train_labels[i]] += math.exp(similarities[i] / temperature)
            ordered = sorted(sums)
            assert ordered[-1] > ordered[-2] * (1 + 1e-9)
            predictions.append(int(np.argmax(sums)))
            votes.append([s / sum(sums) for s in sums])
        yield {"k": k, "temperature": temperature, "predictions": predictions, "shares": [golden.floats(v, 12) for v in votes],
               "top1": float(np.mean([p == y for p, y in zip(predictions, test_labels)]))}
    knn_cases.inputs = {"classes": 5, "train": train.tolist(), "trainLabels": train_labels, "test": test.tolist(), "testLabels": test_labels}


def mean_per_class():
    labels = [int(4 * (v + 0.5) ** 2) for v in golden.hashed("mpc.y", 50)]
    predictions = [y if v > -0.2 else (y + 1) % 4 for y, v in zip(labels, golden.hashed("mpc.p", 50))]
    return {"labels": labels, "predictions": predictions, "accuracy": float(np.mean(np.array(labels) == predictions)),
            "meanPerClass": float(balanced_accuracy_score(labels, predictions))}


def eleven_points(scores, truth):
    """VOC 2007: mean over recalls 0, 0.1, ... 1 of the best precision at that recall or more."""
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    hits, points = 0, []
    for rank, i in enumerate(order, 1):
        hits += truth[i]
        points.append((hits, hits / rank))
    positives = sum(truth)
    return sum(max((p for h, p in points if 10 * h >= r * positives), default=0.0) for r in range(11)) / 11


def average_precision():
    hand = [0.9, 0.8, 0.7, 0.6, 0.5], [1, 0, 1, 1, 0]
    assert abs(eleven_points(*hand) - 0.8409090909) < 1e-9
    random = [float(v) for v in np.round(golden.hashed("ap", 40), 5)], [int(v > 0.15) for v in golden.hashed("ap.y", 40)]
    return [{"scores": s, "truth": t, "elevenPoint": eleven_points(s, t)} for s, t in (hand, random)]


def adaptive_ece(confidences, correct, bins):
    """Nixon et al. 2019 for the top class: bins of equal counts, equal confidences in the rows' order."""
    order = np.argsort(confidences, kind="stable")
    parts = np.array_split(order, bins)
    return sum(len(p) / len(order) * abs(np.mean(correct[p]) - np.mean(confidences[p])) for p in parts if len(p))


def probabilities():
    """Logits in steps of a half, so that many are equal; class 6 has no row."""
    logits = np.round(2 * golden.normals("probabilities", 60 * 7, 2)).reshape(60, 7) / 2
    labels = np.array([int(6 * (v + 0.5)) for v in golden.hashed("probabilities.y", 60)])
    cases = []
    for temperature in (1.0, 1.7):
        shares = np.exp(logits / temperature) / np.exp(logits / temperature).sum(1, keepdims=True)
        best = logits.argmax(1)
        confidences, correct = shares[np.arange(60), best], (best == labels).astype(float)
        truth = np.eye(7)[labels]
        brier = float(((shares - truth) ** 2).sum(1).mean())
        if "scale_by_half" in inspect.signature(brier_score_loss).parameters:
            assert abs(brier - brier_score_loss(labels, shares, labels=range(7), scale_by_half=False)) < 1e-12
        others = np.where(truth == 1, 0, shares).max(1)
        cases.append({
            "temperature": temperature, "brier": brier,
            "nll": float(log_loss(labels, shares, labels=range(7))),
            "ece": ece(confidences, correct, 15), "adaptiveEce": float(adaptive_ece(confidences, correct, 15)),
            "classwiseEce": float(np.mean([ece(shares[:, c], truth[:, c], 15) for c in range(7)])),
            "margins": np.histogram(shares[np.arange(60), labels] - others, 8, (-1, 1))[0].tolist()})
    return {"classes": 7, "logits": logits.tolist(), "labels": labels.tolist(), "cases": cases,
            "meanPerClass": float(balanced_accuracy_score(labels, logits.argmax(1)))}


def retrieval():
    """Musgrave et al. 2020; a class of one row does not ask."""
    rows = golden.normals("retrieval", 45 * 6, 3).reshape(45, 6).astype(np.float32).astype(float)
    labels = [0] * 20 + [1] * 12 + [2] * 9 + [3] * 3 + [4]
    recalls, precisions = {1: [], 2: [], 4: [], 8: []}, []
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    for i in range(45):
        nearest = [j for j in sorted(range(45), key=lambda j: -float(unit[i] @ unit[j])) if j != i]
        same = [labels[j] == labels[i] for j in nearest]
        total = sum(same)
        if total:
            for k, found in recalls.items():
                found.append(any(same[:k]))
            precisions.append(sum(sum(same[: r + 1]) / (r + 1) for r in range(total) if same[r]) / total)
    answer = {f"recallAt{k}": float(np.mean(found)) for k, found in recalls.items()} | {"mapAtR": float(np.mean(precisions))}
    if importlib.util.find_spec("pytorch_metric_learning"):
        from pytorch_metric_learning.utils.accuracy_calculator import AccuracyCalculator
        theirs = AccuracyCalculator(include=("mean_average_precision_at_r", "precision_at_1"), k="max_bin_count", device=torch.device("cpu"))
        found = theirs.get_accuracy(torch.tensor(unit), torch.tensor(labels))
        assert abs(found["mean_average_precision_at_r"] - answer["mapAtR"]) < 1e-9 and abs(found["precision_at_1"] - answer["recallAt1"]) < 1e-9, found
        print("pytorch-metric-learning says the same")
    return {"rows": rows.tolist(), "labels": labels, "metrics": answer}


cases = list(knn_cases())
golden.write("metrics", {
    "about": {"ece": "no confidence lies on a bin's edge, but for 16 bins, whose edges are binary fractions, and 1.0",
              "knn": "cosine similarity, no ties; `shares` are the votes divided by their sum",
              "topK": "higher score first, no ties", "elevenPoint": "VOC 2007 average precision"},
    "ece": list(ece_cases()),
    "topK": top_k(),
    "knn": {**knn_cases.inputs, "cases": cases},
    "meanPerClass": mean_per_class(),
    "averagePrecision": average_precision(),
    "probabilities": probabilities(),
    "retrieval": retrieval(),
})
