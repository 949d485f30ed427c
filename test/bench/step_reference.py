"""A training step of ToST or CRATE in PyTorch, eager: step_reference.py <ToST|CRATE> <threads> prints its milliseconds.

The same sizes as quickSize in test/tensor/training.ts, 64 images a batch, AdamW with decay on matrices, clipping at norm 1.
"""

import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

IMAGES, SIDE, PATCH, WIDTH, DEPTH, HEADS, CLASSES = 64, 28, 4, 48, 4, 4, 10
GRID = SIDE // PATCH


def split(x):
    return x.reshape(IMAGES, GRID**2, HEADS, WIDTH // HEADS).transpose(1, 2)


def merge(x):
    return x.transpose(1, 2).reshape(IMAGES, GRID**2, WIDTH)


class ToST(nn.Module):
    """The official block: AttentionTSSA of tost_vision/tost.py, MLP, LayerScale."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-6), nn.LayerNorm(WIDTH, eps=1e-6)
        self.project, self.out = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.temperature = nn.Parameter(torch.ones(HEADS, 1))
        self.mlp = nn.Sequential(nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(), nn.Linear(4 * WIDTH, WIDTH))
        self.scale1, self.scale2 = nn.Parameter(torch.ones(WIDTH)), nn.Parameter(torch.ones(WIDTH))

    def attention(self, x):
        w = split(self.project(x))
        membership = torch.softmax((F.normalize(w, dim=-2) ** 2).sum(-1) * self.temperature, dim=1)
        share = membership / (membership.sum(-1, keepdim=True) + 1e-8)
        moment = torch.matmul(share.unsqueeze(-2), w**2)
        return self.out(merge(-(w * membership.unsqueeze(-1)) * (1 / (1 + moment))))

    def forward(self, x):
        x = x + self.scale1 * self.attention(self.norm1(x))
        return x + self.scale2 * self.mlp(self.norm2(x))


class CRATE(nn.Module):
    """The official block: MSSA and ISTA of model/crate.py."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.project, self.out = nn.Linear(WIDTH, WIDTH, bias=False), nn.Linear(WIDTH, WIDTH)
        self.dictionary = nn.Parameter(torch.empty(WIDTH, WIDTH))
        nn.init.kaiming_uniform_(self.dictionary)

    def forward(self, x):
        w = split(self.project(self.norm1(x)))
        attention = torch.softmax(w @ w.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5, dim=-1)
        u = self.norm2(x + self.out(merge(attention @ w)))
        x1 = F.linear(u, self.dictionary)
        gradient = F.linear(u, self.dictionary.t()) - F.linear(x1, self.dictionary.t())
        return F.relu(u + 0.1 * gradient - 0.01)


class Classifier(nn.Module):
    def __init__(self, block):
        super().__init__()
        self.stem = nn.Linear(PATCH**2, WIDTH)
        self.position = nn.Parameter(torch.randn(GRID**2, WIDTH) * 0.02)
        self.blocks = nn.Sequential(*[block() for _ in range(DEPTH)])
        self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, CLASSES)

    def forward(self, images):
        patches = images.reshape(IMAGES, GRID, PATCH, GRID, PATCH).permute(0, 1, 3, 2, 4)
        x = self.stem(patches.reshape(IMAGES, GRID**2, PATCH**2)) + self.position
        return self.head(self.norm(self.blocks(x)).mean(1))


def main():
    torch.set_num_threads(int(sys.argv[2]))
    model = Classifier({"ToST": ToST, "CRATE": CRATE}[sys.argv[1]])
    matrices = [p for p in model.parameters() if p.ndim >= 2]
    others = [p for p in model.parameters() if p.ndim < 2]
    groups = [{"params": matrices, "weight_decay": 0.05}, {"params": others, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=1e-3)
    images, labels = torch.rand(IMAGES, SIDE, SIDE), torch.randint(0, CLASSES, (IMAGES,))

    def step():
        optimiser.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        return loss.item()

    for _ in range(5):
        step()
    times, began = [], time.perf_counter()
    while time.perf_counter() - began < 1:
        before = time.perf_counter()
        step()
        times.append(time.perf_counter() - before)
    print(sorted(times)[len(times) // 2] * 1000)


main()
