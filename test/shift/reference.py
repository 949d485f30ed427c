"""Makes reference.json: what scikit-learn and SciPy make of small linear problems.

python3 -m venv venv && venv/bin/pip install numpy scipy scikit-learn && venv/bin/python test/shift/reference.py
"""
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.stats import chi2, kstwo, linregress, norm
from sklearn.linear_model import Ridge
from sklearn.svm import LinearSVC

rng = np.random.default_rng(0)


def hard_margin(x, y):
    """The classifier of largest margin as a quadratic program, started from scikit-learn's."""
    start = LinearSVC(C=1e6, loss="hinge", fit_intercept=False, tol=1e-10, max_iter=10**7, random_state=0)
    start = start.fit(x, y).coef_[0]
    found = minimize(
        lambda w: w @ w / 2,
        start,
        jac=lambda w: w,
        method="SLSQP",
        constraints=[{"type": "ineq", "fun": lambda w: y * (x @ w) - 1, "jac": lambda w: y[:, None] * x}],
        options={"ftol": 1e-13, "maxiter": 1000},
    )
    assert found.success, found.message
    return start, found.x


n, d = 24, 30
x = np.round(rng.normal(size=(n, d)), 3)
y = np.where(rng.random(n) < 0.5, -1, 1)
sklearn_weights, exact_weights = hard_margin(x, y)
assert abs(sklearn_weights - exact_weights).max() < 1e-4

# Overlapping classes: a soft margin.
m, few = 40, 3
soft_x = np.round(rng.normal(size=(m, few)), 3)
soft_y = np.where(soft_x[:, 0] + rng.normal(size=m) > 0, 1, -1)
soft = LinearSVC(C=0.7, loss="hinge", fit_intercept=False, tol=1e-12, max_iter=10**7, random_state=0).fit(soft_x, soft_y)
ridge = Ridge(alpha=2.5, fit_intercept=False, solver="cholesky").fit(soft_x, soft_y)

shares = [1e-12, 0.001, 0.025, 0.3, 0.5, 0.9, 0.999, 0.99999]
ids = [0.71, 0.8, 0.86, 0.9, 0.93]
oods = [0.65, 0.62, 0.63, 0.57, 0.55]
line = linregress(norm.ppf(ids), norm.ppf(oods))

reference = {
    "hard": {"x": x.tolist(), "y": y.tolist(), "weights": exact_weights.tolist()},
    "soft": {
        "x": soft_x.tolist(),
        "y": soft_y.tolist(),
        "penalty": 0.7,
        "weights": soft.coef_[0].tolist(),
        "ridge": {"penalty": 2.5, "weights": ridge.coef_.tolist()},
    },
    "probit": {"shares": shares, "values": norm.ppf(shares).tolist()},
    "cdf": {"values": [-9, -3, -0.5, 0, 1.2, 4], "shares": norm.cdf([-9, -3, -0.5, 0, 1.2, 4]).tolist()},
    "line": {
        "ids": ids,
        "oods": oods,
        "slope": line.slope,
        "intercept": line.intercept,
        "correlation": line.rvalue,
        "rawCorrelation": float(np.corrcoef(ids, oods)[0, 1]),
    },
    "quantiles": {
        "sorted": [1, 2, 4, 8, 9],
        "shares": [0, 0.025, 0.4, 0.975, 1],
        "values": np.quantile([1, 2, 4, 8, 9], [0, 0.025, 0.4, 0.975, 1]).tolist(),
    },
    # Quantiles of chi-square distributions, and the distance that a sample of 4,000 keeps from its law 999 times of 1,000.
    "chiSquare": {
        "degrees": [1, 2, 5, 100_000],
        "quantiles": [chi2.ppf([0.1, 0.25, 0.5, 0.75, 0.9], k).tolist() for k in [1, 2, 5, 100_000]],
        "distance": kstwo.ppf(0.999, 4000),
    },
}
Path(__file__).with_name("reference.json").write_text(json.dumps(reference) + "\n")
