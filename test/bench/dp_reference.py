"""A training step of a captioner in PyTorch, plain, with Opacus, and with its ghost clipping: dp_reference.py <threads>
prints the milliseconds of each.

The same network as in dp_measure.ts, 128 examples a batch, AdamW, clipping at norm 1 and noise of 1.
"""

import sys
import time
import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F
from opacus import GradSampleModule
from opacus.grad_sample.grad_sample_module_fast_gradient_clipping import GradSampleModuleFastGradientClipping
from opacus.optimizers import DPOptimizer
from opacus.optimizers.optimizer_fast_gradient_clipping import DPOptimizerFastGradientClipping
from opacus.utils.fast_gradient_clipping_utils import DPLossFastGradientClipping

warnings.filterwarnings("ignore")
EXAMPLES, SIDE, PATCH, WIDTH, DEPTH, HEADS, WORDS, LENGTH = 128, 32, 8, 32, 2, 4, 26, 16
GRID = SIDE // PATCH


def attend(query, key, value, causal=False):
    split = lambda x: x.reshape(x.shape[0], x.shape[1], HEADS, -1).transpose(1, 2)
    out = F.scaled_dot_product_attention(split(query), split(key), split(value), is_causal=causal)
    return out.transpose(1, 2).reshape(query.shape)


def norm():
    return nn.LayerNorm(WIDTH, eps=1e-6)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = norm(), norm()
        self.qkv, self.output = nn.Linear(WIDTH, 3 * WIDTH, bias=False), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        x = x + self.output(attend(*self.qkv(self.norm1(x)).chunk(3, -1)))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class DecoderBlock(nn.Module):
    def __init__(self):
        super().__init__()
        linear = lambda i, o: nn.Linear(i, o, bias=False)
        self.norm1, self.norm2, self.norm3 = norm(), norm(), norm()
        self.qkv, self.output = linear(WIDTH, 3 * WIDTH), linear(WIDTH, WIDTH)
        self.query, self.memory, self.read = linear(WIDTH, WIDTH), linear(WIDTH, 2 * WIDTH), linear(WIDTH, WIDTH)
        self.up, self.down = linear(WIDTH, 4 * WIDTH), linear(4 * WIDTH, WIDTH)

    def forward(self, x, memory):
        x = x + self.output(attend(*self.qkv(self.norm1(x)).chunk(3, -1), causal=True))
        x = x + self.read(attend(self.query(self.norm2(x)), *self.memory(memory).chunk(2, -1)))
        return x + self.down(F.gelu(self.up(self.norm3(x))))


class Captioner(nn.Module):
    """The network of lib/nn/captioner.ts. Positions and the class token are fixed; their values do not matter for time."""

    def __init__(self):
        super().__init__()
        self.patch = nn.Linear(PATCH * PATCH * 3, WIDTH)
        self.blocks = nn.ModuleList([Block() for _ in range(DEPTH)])
        self.norm, self.join = norm(), nn.Linear(WIDTH, WIDTH)
        self.embedding, self.decoder = nn.Embedding(WORDS, WIDTH), DecoderBlock()
        self.last, self.head = norm(), nn.Linear(WIDTH, WORDS)
        self.register_buffer("position", torch.randn(1 + GRID * GRID, WIDTH))
        self.register_buffer("place", torch.randn(LENGTH, WIDTH))

    def forward(self, images, tokens):
        patches = images.reshape(-1, GRID, PATCH, GRID, PATCH, 3).permute(0, 1, 3, 2, 4, 5)
        x = self.patch((patches.reshape(-1, GRID * GRID, PATCH * PATCH * 3) - 0.5) * 4) + self.position[1:]
        x = torch.cat([self.position[:1].expand(x.shape[0], 1, WIDTH), x], 1)
        for block in self.blocks:
            x = block(x)
        memory = self.join(self.norm(x)) + self.position
        return self.head(self.last(self.decoder(self.embedding(tokens) + self.place, memory)))


class CaptionLoss(nn.Module):
    """The mean over tokens of each caption; with reduction "none" one number an example."""

    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, logits, told):
        losses = F.cross_entropy(logits.flatten(0, 1), told.flatten(), reduction="none").reshape(told.shape).mean(1)
        return losses if self.reduction == "none" else losses.mean()


def milliseconds(step):
    for _ in range(5):
        step()
    times, began = [], time.perf_counter()
    while time.perf_counter() - began < 2:
        before = time.perf_counter()
        step()
        times.append(time.perf_counter() - before)
    return sorted(times)[len(times) // 2] * 1000


def main():
    torch.set_num_threads(int(sys.argv[1]))
    images = torch.rand(EXAMPLES, SIDE, SIDE, 3)
    captions = torch.randint(1, WORDS, (EXAMPLES, LENGTH + 1))
    read, told = captions[:, :-1].contiguous(), captions[:, 1:].contiguous()

    def stepping(model, optimiser, criterion):
        def step():
            optimiser.zero_grad()
            criterion(model(images, read), told).backward()
            optimiser.step()

        return step

    adam = lambda model: torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.95), weight_decay=0.005)
    noise = dict(noise_multiplier=1.0, max_grad_norm=1.0, expected_batch_size=EXAMPLES)

    model = Captioner()
    print(milliseconds(stepping(model, adam(model), CaptionLoss())))

    model = GradSampleModule(Captioner())
    print(milliseconds(stepping(model, DPOptimizer(adam(model), **noise), CaptionLoss())))

    model = GradSampleModuleFastGradientClipping(Captioner(), max_grad_norm=1.0, use_ghost_clipping=True)
    optimiser = DPOptimizerFastGradientClipping(adam(model), **noise)
    criterion = DPLossFastGradientClipping(model, optimiser, CaptionLoss())
    print(milliseconds(stepping(model, optimiser, criterion)))


main()
