"""What SmolLM2 makes of the prompt of llama_test.ts, in float64 and apart from Assay's code.

Needs `pip install gguf numpy`; takes the GGUF file as its argument.
"""

import sys

import numpy as np
from gguf import GGUFReader
from gguf.quants import dequantize

PROMPT = [int(token) for token in sys.argv[2].split(",")]
reader = GGUFReader(sys.argv[1])
weights = {t.name: dequantize(t.data, t.tensor_type).astype(np.float64) for t in reader.tensors}
heads, groups, depth, base = 9, 3, 30, 1e5

def norm(x, gain):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-5) * gain


def turn(x):
    n, h, p = x.shape
    pairs = x.reshape(n, h, p // 2, 2)
    angles = np.arange(n)[:, None] * base ** (-np.arange(0, p, 2) / p)
    c, s = np.cos(angles)[:, None], np.sin(angles)[:, None]
    a, b = pairs[..., 0], pairs[..., 1]
    return np.stack([a * c - b * s, a * s + b * c], -1).reshape(n, h, p)


x = weights["token_embd.weight"][PROMPT]
n = len(PROMPT)
mask = np.triu(np.full((n, n), -np.inf), 1)
for layer in range(depth):
    w = lambda name: weights[f"blk.{layer}.{name}.weight"]
    y = norm(x, w("attn_norm"))
    q = turn((y @ w("attn_q").T).reshape(n, heads, -1))
    k = turn((y @ w("attn_k").T).reshape(n, groups, -1))
    v = (y @ w("attn_v").T).reshape(n, groups, -1)
    out = np.empty_like(q)
    for head in range(heads):
        shared = head * groups // heads
        scores = q[:, head] @ k[:, shared].T / np.sqrt(q.shape[-1]) + mask
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        out[:, head] = scores / scores.sum(-1, keepdims=True) @ v[:, shared]
    x = x + out.reshape(n, -1) @ w("attn_output").T
    y = norm(x, w("ffn_norm"))
    gate = y @ w("ffn_gate").T
    x = x + (gate / (1 + np.exp(-gate)) * (y @ w("ffn_up").T)) @ w("ffn_down").T
logits = norm(x[-1], weights["output_norm.weight"]) @ weights["token_embd.weight"].T
p = np.exp(logits - logits.max())
p /= p.sum()
print("negative", p[3524], "positive", p[2731], "entropy", -(p * np.log(p)).sum())
