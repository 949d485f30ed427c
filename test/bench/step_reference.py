"""A training step in PyTorch: step_reference.py <model> <size> <threads> <eager|compiled>.

Prints its milliseconds, and the MiB of memory that the process took at most beyond what it took with PyTorch loaded.
Models and sizes are those of step_models.ts. AdamW with decay on matrices, clipping at norm 1; where it is compiled,
the loss is, forwards and backwards.
"""

import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

IMAGES, HEADS, PATCH, CLASSES, HIDDEN = 64, 4, 4, 10, 0.75
SIZES = {"quick": (28, 1, 48, 4, 3), "laptop": (32, 3, 128, 6, 6)}
model_name, size_name, threads, way = sys.argv[1:]
SIDE, CHANNELS, WIDTH, DEPTH, HALF_DEPTH = SIZES[size_name]
TOKENS = (SIDE // PATCH) ** 2


def patchify(images):
    grid = SIDE // PATCH
    patches = images.reshape(IMAGES, grid, PATCH, grid, PATCH, CHANNELS).permute(0, 1, 3, 2, 4, 5)
    return patches.reshape(IMAGES, TOKENS, PATCH * PATCH * CHANNELS)


def split(x):
    return x.reshape(IMAGES, -1, HEADS, WIDTH // HEADS).transpose(1, 2)


def merge(x):
    return x.transpose(1, 2).reshape(IMAGES, -1, WIDTH)


def perceptron():
    return nn.Sequential(nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(), nn.Linear(4 * WIDTH, WIDTH))


class TostBlock(nn.Module):
    """AttentionTSSA of the official tost_vision/tost.py, perceptron, LayerScale."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-6), nn.LayerNorm(WIDTH, eps=1e-6)
        self.project, self.out = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.temperature = nn.Parameter(torch.ones(HEADS, 1))
        self.mlp = perceptron()
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


class Mssa(nn.Module):
    """Multi-head subspace self-attention of the official model/crate.py."""

    def __init__(self):
        super().__init__()
        self.project, self.out = nn.Linear(WIDTH, WIDTH, bias=False), nn.Linear(WIDTH, WIDTH)

    def forward(self, x):
        w = split(self.project(x))
        attention = torch.softmax(w @ w.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5, dim=-1)
        return self.out(merge(attention @ w))


class Dictionary(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(WIDTH, WIDTH))
        nn.init.kaiming_uniform_(self.weight)


class CrateBlock(nn.Module):
    """MSSA and ISTA of the official model/crate.py."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.mssa, self.dictionary = Mssa(), Dictionary()

    def forward(self, x):
        u = self.norm2(x + self.mssa(self.norm1(x)))
        d = self.dictionary.weight
        gradient = F.linear(u, d.t()) - F.linear(F.linear(u, d), d.t())
        return F.relu(u + 0.1 * gradient - 0.01)


class CrateDecoderBlock(nn.Module):
    """A block of the decoder of the official model/crate_ae."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.mssa, self.dictionary = Mssa(), Dictionary()

    def forward(self, x):
        y = F.linear(self.norm1(x), self.dictionary.weight)
        return y - self.mssa(self.norm2(y))


class VitBlock(nn.Module):
    """timm's Block, with PyTorch's fused attention."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-6), nn.LayerNorm(WIDTH, eps=1e-6)
        self.qkv, self.out, self.mlp = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH), perceptron()

    def forward(self, x):
        q, k, v = (split(part) for part in self.qkv(self.norm1(x)).chunk(3, dim=-1))
        x = x + self.out(merge(F.scaled_dot_product_attention(q, k, v)))
        return x + self.mlp(self.norm2(x))


class Classifier(nn.Module):
    def __init__(self, block, class_token, norm_patches, pool):
        super().__init__()
        values = PATCH * PATCH * CHANNELS
        linear = nn.Linear(values, WIDTH)
        self.stem = nn.Sequential(nn.LayerNorm(values), linear, nn.LayerNorm(WIDTH)) if norm_patches else linear
        self.token = nn.Parameter(torch.randn(1, 1, WIDTH)) if class_token else None
        self.position = nn.Parameter(torch.randn(1, TOKENS + class_token, WIDTH) * 0.02)
        self.blocks = nn.Sequential(*[block() for _ in range(DEPTH)])
        self.norm, self.head, self.pool = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, CLASSES), pool

    def forward(self, images):
        x = self.stem(patchify(images))
        if self.token is not None:
            x = torch.cat([self.token.expand(IMAGES, -1, -1), x], dim=1)
        x = self.blocks(x + self.position)
        return self.head(self.norm(x[:, 0] if self.pool == "class" else x.mean(1)))


class Autoencoder(nn.Module):
    """CRATE-MAE: hidden patches are learned tokens, before the encoder."""

    def __init__(self):
        super().__init__()
        values = PATCH * PATCH * CHANNELS
        self.stem, self.prediction = nn.Linear(values, WIDTH), nn.Linear(WIDTH, values)
        self.token = nn.Parameter(torch.randn(1, 1, WIDTH) * 0.02)
        self.hidden = nn.Parameter(torch.randn(1, 1, WIDTH) * 0.02)
        self.register_buffer("position", torch.randn(1, TOKENS + 1, WIDTH))
        self.encoder = nn.Sequential(*[CrateBlock() for _ in range(HALF_DEPTH)])
        self.decoder = nn.Sequential(*[CrateDecoderBlock() for _ in range(HALF_DEPTH)])
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-6), nn.LayerNorm(WIDTH, eps=1e-6)

    def forward(self, images, mask):
        x = torch.lerp(self.stem(patchify(images)), self.hidden, mask.unsqueeze(-1))
        x = torch.cat([self.token.expand(IMAGES, -1, -1), x], dim=1) + self.position
        return self.prediction(self.norm2(self.decoder(self.norm1(self.encoder(x))))[:, 1:])


def memory(field):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(field)) / 1024


def main():
    torch.set_num_threads(int(threads))
    base = memory("VmRSS")
    model = {
        "ToST": lambda: Classifier(TostBlock, False, False, "mean"),
        "CRATE": lambda: Classifier(CrateBlock, True, True, "class"),
        "ViT": lambda: Classifier(VitBlock, True, False, "class"),
        "CRATE-MAE": Autoencoder,
    }[model_name]()
    matrices = [p for p in model.parameters() if p.ndim >= 2]
    others = [p for p in model.parameters() if p.ndim < 2]
    groups = [{"params": matrices, "weight_decay": 0.05}, {"params": others, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=1e-3)
    images = torch.rand(IMAGES, SIDE, SIDE, CHANNELS)
    labels = torch.randint(0, CLASSES, (IMAGES,))
    mask = (torch.rand(IMAGES, TOKENS) < HIDDEN).float()

    def loss_of():
        if model_name != "CRATE-MAE":
            return F.cross_entropy(model(images), labels)
        errors = ((model(images, mask) - patchify(images)) ** 2).mean(-1)
        return ((errors * mask).sum(-1) / mask.sum(-1)).mean()

    compute = torch.compile(loss_of) if way == "compiled" else loss_of

    def step():
        optimiser.zero_grad()
        loss = compute()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        return loss.item()

    for _ in range(5):
        step()
    times, began = [], time.perf_counter()
    while time.perf_counter() - began < 1 or len(times) < 5:
        before = time.perf_counter()
        step()
        times.append(time.perf_counter() - before)
    print(sorted(times)[len(times) // 2] * 1000, memory("VmHWM") - base)


main()
