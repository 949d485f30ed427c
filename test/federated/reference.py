"""Makes reference.json: two federated problems, drawn by NumPy and solved by SciPy.

python3 -m venv venv && venv/bin/pip install numpy scipy && venv/bin/python test/federated/reference.py
"""
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize


def project(point, cap=1.0):
    """The projection onto the capped simplex, as a quadratic program."""
    point = np.asarray(point, float)
    n = len(point)
    found = minimize(
        lambda x: ((x - point) ** 2).sum() / 2,
        np.full(n, 1 / n),
        jac=lambda x: x - point,
        method="SLSQP",
        bounds=[(0, cap)] * n,
        constraints=[{"type": "eq", "fun": lambda x: x.sum() - 1, "jac": lambda x: np.ones(n)}],
        options={"ftol": 1e-16, "maxiter": 1000},
    )
    return found.x


def solve(losses, gradients, dimension, rho):
    """The robust optimum, by BFGS on the robust loss, whose weights have a closed form."""
    n = len(losses)

    def weights(f):
        v = f / (rho * n) + 1 / n
        u = np.sort(v)[::-1]
        t = (np.cumsum(u) - 1) / np.arange(1, n + 1)
        return np.maximum(v - t[np.nonzero(u > t)[0][-1]], 0)

    def robust(x):
        f = np.array([loss(x) for loss in losses])
        lam = weights(f)
        return (
            lam @ f - rho / (2 * n) * ((n * lam - 1) ** 2).sum(),
            sum(w * g(x) for w, g in zip(lam, gradients)),
        )

    x = np.zeros(dimension)
    for _ in range(8):
        x = minimize(robust, x, jac=True, method="BFGS", options={"gtol": 1e-13, "maxiter": 5000}).x
    f = np.array([loss(x) for loss in losses])
    return {"rho": rho, "value": robust(x)[0], "weights": weights(f).tolist(), "losses": f.tolist(), "model": x.tolist()}


def quadratic():
    n, d, rows = 5, 10, 100
    rng = np.random.default_rng(0)
    truth = rng.standard_normal(d)
    data = [rng.standard_normal((rows, d)) for _ in range(n)]
    shifts = [rng.standard_normal(d) * (3 if i == 0 else 1) for i in range(n)]
    targets = [a @ (truth + shift) for a, shift in zip(data, shifts)]
    hessians = [a.T @ a / rows + 0.1 * np.eye(d) for a in data]
    linears = [a.T @ y / rows for a, y in zip(data, targets)]
    constants = [y @ y / (2 * rows) for y in targets]
    losses = [lambda x, h=h, b=b, c=c: x @ h @ x / 2 - b @ x + c for h, b, c in zip(hessians, linears, constants)]
    gradients = [lambda x, h=h, b=b: h @ x - b for h, b in zip(hessians, linears)]
    return {
        "hessians": [h.ravel().tolist() for h in hessians],
        "linears": [b.tolist() for b in linears],
        "constants": [float(c) for c in constants],
        "average": np.linalg.solve(sum(hessians), sum(linears)).tolist(),
        "solutions": [solve(losses, gradients, d, rho) for rho in (0.1, 0.5)],
    }


def logistic():
    n, d, rows = 4, 8, 60
    rng = np.random.default_rng(1)
    truth = rng.standard_normal(d)
    data = [rng.standard_normal((rows, d)).round(3) for _ in range(n)]
    shifts = [1.5 * rng.standard_normal(d) for _ in range(n)]
    signs = [
        np.where(rng.random(rows) < 1 / (1 + np.exp(-a @ (truth + shift))), 1.0, -1.0) for a, shift in zip(data, shifts)
    ]
    losses = [
        lambda x, a=a, y=y: np.logaddexp(0, -y * (a @ x)).mean() + 0.025 * x @ x for a, y in zip(data, signs)
    ]
    gradients = [
        lambda x, a=a, y=y: a.T @ (-y / (1 + np.exp(y * (a @ x)))) / rows + 0.05 * x for a, y in zip(data, signs)
    ]
    return {
        "features": [a.ravel().tolist() for a in data],
        "targets": [y.tolist() for y in signs],
        "solutions": [solve(losses, gradients, d, rho) for rho in (0.1, 0.5)],
    }


points = np.random.default_rng(2).standard_normal((6, 7))
reference = {
    "projections": [
        {"point": p.tolist(), "cap": cap, "nearest": project(p, cap).tolist()} for p, cap in zip(points, [1, 1, 1, 0.5, 0.3, 0.2])
    ],
    "quadratic": quadratic(),
    "logistic": logistic(),
}
Path(__file__).with_name("reference.json").write_text(json.dumps(reference) + "\n")
