"""Logits of the looped language model of looped_language_test.ts, by PyTorch: `pip install torch`."""

import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
width, heads, vocabulary, length = 8, 2, 5, 4


def value(name, *shape):
    count = math.prod(shape)
    return torch.tensor([math.sin(len(name) + 1.7 * i) / 2 for i in range(count)]).reshape(shape)


def norm(x, name):
    return F.layer_norm(x, (width,), value(name, width), None, 1e-5)


tokens = torch.tensor([[0, 3, 1, 4], [2, 2, 0, 1]])
text = norm(value("embedding", vocabulary, width)[tokens] + value("position", length, width), "norm0.gain")
mask = torch.full((length, length), -math.inf).triu(1)
state = torch.zeros_like(text)
for loop in range(3):
    x = state + text
    y = norm(x, "core.0.norm1.gain") @ value("core.0.attention.qkv.weight", width, 3 * width)
    q, k, v = (part.reshape(2, length, heads, -1).transpose(1, 2) for part in y.split(width, -1))
    weights = (q @ k.transpose(-1, -2) / math.sqrt(width / heads) + mask).softmax(-1)
    y = (weights @ v).transpose(1, 2).reshape(2, length, width)
    x = x + value("core.0.scale1", width) * (y @ value("core.0.attention.output.weight", width, width))
    y = F.gelu(norm(x, "core.0.norm2.gain") @ value("core.0.mlp.up.weight", width, 4 * width))
    x = x + value("core.0.scale2", width) * (y @ value("core.0.mlp.down.weight", 4 * width, width))
    state = norm(x, "norm.gain")
    logits = state @ value("head", width, vocabulary)
    print(loop + 1, [round(float(z), 6) for z in logits[:, -1].reshape(-1)])
