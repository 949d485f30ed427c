"""Gradient ascent on regularised rate reduction in numpy, as one would write it: python3 mcr2_reference.py m_1 m_2 …"""
import json
import sys
import time

import numpy as np

counts = [int(count) for count in sys.argv[1:]]
d, epsilon, lam = 100, 0.5, 0.1
m = sum(counts)
alpha = d / (m * epsilon**2)
starts = np.cumsum([0, *counts])


def inverse_and_log_determinant(z, factor):
    gram = np.eye(d) + factor * z @ z.T
    return np.linalg.inv(gram), 2 * np.log(np.diag(np.linalg.cholesky(gram))).sum()


def evaluate(z):
    inverse, log_determinant = inverse_and_log_determinant(z, alpha)
    gradient = alpha * inverse @ z - lam * z
    value = log_determinant / 2 - lam / 2 * (z**2).sum()
    for start, count in zip(starts, counts):
        own = z[:, start:start + count]
        inverse, log_determinant = inverse_and_log_determinant(own, d / (count * epsilon**2))
        gradient[:, start:start + count] -= alpha * inverse @ own
        value -= count / (2 * m) * log_determinant
    return value, gradient


z = np.random.default_rng(0).standard_normal((d, m))
evaluate(z)
began = time.perf_counter()
for steps in range(2001):
    value, gradient = evaluate(z)
    if np.linalg.norm(gradient) <= 1e-6:
        break
    z = z + gradient
seconds = time.perf_counter() - began
print(json.dumps({"milliseconds": 1000 * seconds / steps, "steps": steps, "value": value}))
