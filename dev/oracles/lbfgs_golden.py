"""Golden optima of multinomial logistic regression by scikit-learn's lbfgs, float64. Writes lbfgs.json.

Objective: mean cross-entropy + lambda / 2 * ||W||^2, the bias is not penalised. scikit-learn's C is 1 / (rows * lambda).
"""

import numpy as np
import sklearn
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

import golden

PROBLEMS = [("small", 60, 5, 3, 1e-2, 1.0), ("wide", 80, 30, 4, 1e-3, 1.0), ("illScaled", 150, 8, 10, 1e-4, 30.0)]


def objective(weights, bias, x, y, penalty):
    logits = x @ weights.T + bias
    value = np.mean(logsumexp(logits, axis=1) - logits[np.arange(len(y)), y]) + penalty / 2 * np.sum(weights**2)
    share = np.exp(logits - logsumexp(logits, axis=1, keepdims=True))
    share[np.arange(len(y)), y] -= 1
    return value, np.concatenate([(share.T @ x / len(y) + penalty * weights).ravel(), share.mean(axis=0)])


def problem(name, rows, columns, classes, penalty, spread):
    scales = np.logspace(0, np.log10(spread), columns)
    x = np.round(golden.normals(name + ".x", rows * columns, 4).reshape(rows, columns) * scales, 3)
    truth = golden.normals(name + ".w", classes * columns, 4).reshape(classes, columns) / scales
    noise = golden.normals(name + ".noise", rows * classes, 4).reshape(rows, classes)
    y = np.argmax(x @ truth.T + 1.5 * noise, axis=1)
    assert len(np.unique(y)) == classes
    found = LogisticRegression(C=1 / (rows * penalty), tol=1e-13, max_iter=200_000, solver="lbfgs")
    found.fit(x, y)
    bias = found.intercept_ - found.intercept_.mean()
    value, gradient = objective(found.coef_, bias, x, y, penalty)
    print(f"{name}: {value:.12f}, gradient {np.abs(gradient).max():.1e}, {found.n_iter_[0]} iterations")
    return {"name": name, "rows": rows, "columns": columns, "classes": classes, "lambda": penalty, "x": golden.floats(x), "y": y.tolist(),
            "objective": value, "largestGradient": float(np.abs(gradient).max()), "weights": golden.floats(found.coef_, 8),
            "bias": golden.floats(bias, 8), "accuracy": float((found.predict(x) == y).mean())}


golden.write("lbfgs", {
    "about": {"objective": "mean cross-entropy + lambda/2 ||W||^2, natural logarithm, bias free of penalty", "x": "[rows, columns]",
              "weights": "[classes, columns]", "bias": "shifted to mean 0: the objective does not see a common shift",
              "sklearn": sklearn.__version__},
    "problems": [problem(*each) for each in PROBLEMS],
})
