"""The linear wrong line with NumPy and scikit-learn, as `wrong_line_bench.ts` has it: prints seconds and slopes as JSON.

The nuisance features are the same Bartlett factor; scikit-learn's liblinear is given its rows as features, and fits the
hard margin as a soft one of penalty 1e6, to the same tolerance.
"""
import json
import sys
import time
import warnings

import numpy as np
from scipy.stats import norm
from sklearn.svm import LinearSVC

warnings.filterwarnings("ignore")
table = json.loads(sys.argv[1])
d, k, scale = table["features"], table["nuisance"]["features"], table["nuisance"]["scale"]
sizes = table["sizes"]
n = sizes[-1]


def world(seed):
    """One seed's examples, which every noise rate shares."""
    rng = np.random.default_rng(seed)
    signal = rng.normal(size=(n, d))
    lower = np.tril(rng.normal(size=(n, n)), -1)
    np.fill_diagonal(lower, np.sqrt(rng.chisquare(k - np.arange(n))))
    return signal, scale * lower, rng.random(n)


def accuracies(signal, nuisance, chance, rate):
    clean = np.where(signal[:, 0] > 0, 1, -1)
    labels = np.where(chance < rate, -clean, clean)
    points = []
    for size in sizes:
        x = np.hstack([signal[:size], nuisance[:size, :size]])
        svm = LinearSVC(C=1e6, loss="hinge", fit_intercept=False, tol=3e-3, max_iter=10_000)
        w = svm.fit(x, labels[:size]).coef_[0]
        length = lambda v: np.sqrt(w[:d] @ w[:d] + v * (w[d:] @ w[d:]))
        points.append([1 - np.arccos(w[0] / length(v)) / np.pi for v in (scale**2, scale**2 + table["shift"] ** 2)])
    return points


start = time.perf_counter()
slopes = []
worlds = [world(seed) for seed in table["seeds"]]
for rate in table["rates"]:
    means = norm.ppf(np.mean([accuracies(*one, rate) for one in worlds], axis=0))
    slopes.append(np.polyfit(means[:, 0], means[:, 1], 1)[0])
print(json.dumps({"seconds": time.perf_counter() - start, "slopes": slopes}))
