"""Logits of tiny networks, computed with PyTorch in float64 from the descriptions of the official programs.

The tests in this folder compare with what this prints:  python3 test/nn/reference.py  (PyTorch 2.13.0).
Parameters have the names and layouts of lib/nn; `fill` gives them their values.
"""
import math
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def fill(shapes):
    """Parameter number k in the order of names has the elements 0.3 sin(1 + 10 k + i); variances 1 + that."""
    values = {}
    for k, name in enumerate(sorted(shapes)):
        count = math.prod(shapes[name])
        value = 0.3 * torch.sin(1 + 10 * k + torch.arange(count)).reshape(shapes[name])
        values[name] = 1 + value if name.endswith(("variance", "gain")) else value
    return values


def linear(P, name, x):
    y = x @ P[f"{name}.weight"]
    return y + P[f"{name}.bias"] if f"{name}.bias" in P else y


def ln(P, name, x, eps):
    return F.layer_norm(x, x.shape[-1:], P[f"{name}.gain"], P.get(f"{name}.bias"), eps)


def heads(x, h):
    B, n, d = x.shape
    return x.reshape(B, n, h, d // h).permute(0, 2, 1, 3)


def merge(x):
    B, h, n, p = x.shape
    return x.permute(0, 2, 1, 3).reshape(B, n, h * p)


def mlp(P, name, x):
    return linear(P, f"{name}.down", F.gelu(linear(P, f"{name}.up", x)))


# --- vision ---------------------------------------------------------------------------------------------------------
def linear_shapes(i, o, bias=True):
    return {"weight": (i, o), **({"bias": (o,)} if bias else {})}


def ln_shapes(d, bias=True):
    return {"gain": (d,), **({"bias": (d,)} if bias else {})}


def under(name, shapes):
    return {f"{name}.{k}": v for k, v in shapes.items()}


def vision_shapes(c, attention):
    d = c["width"]
    mlp_ = {**under("up", linear_shapes(d, 4 * d)), **under("down", linear_shapes(4 * d, d))}
    block = {**under("norm1", ln_shapes(d)), **under("attention", attention), "scale1": (d,),
             **under("norm2", ln_shapes(d)), **under("mlp", mlp_), "scale2": (d,)}
    qkv = {**under("qkv", linear_shapes(d, 3 * d)), **under("output", linear_shapes(d, d))}
    shapes = {}
    channels = [c["channels"], d // 4, d // 2, d]
    for i in range(3):
        shapes[f"stem.{i}.kernel"] = (3, 3, channels[i], channels[i + 1])
        shapes |= under(f"stem.{i}.norm", {k: (channels[i + 1],) for k in ("gain", "bias", "mean", "variance")})
    shapes |= under("position", linear_shapes(64, d))
    for i in range(c["depth"]):
        shapes |= under(f"blocks.{i}", block)
    shapes["class_token"] = (1, 1, d)
    for i in range(c["classBlocks"]):
        shapes |= under(f"class_blocks.{i}", {**block_without_attention(block), **under("attention", qkv)})
    return shapes | under("norm", ln_shapes(d)) | under("head", linear_shapes(d, c["classes"]))


def block_without_attention(block):
    return {k: v for k, v in block.items() if not k.startswith("attention.")}


def tssa(P, name, x, h):
    w = heads(linear(P, f"{name}.projection", x), h)
    Pi = torch.softmax((F.normalize(w, dim=-2) ** 2).sum(-1) * P[f"{name}.temperature"], dim=1)
    dots = (Pi / (Pi.sum(-1, keepdim=True) + 1e-8)).unsqueeze(-2) @ (w ** 2)
    return linear(P, f"{name}.output", merge(-(w * Pi.unsqueeze(-1)) * (1 / (1 + dots))))


def tssa_formula(P, name, x, h):
    U = P[f"{name}.projection.weight"]
    w = heads(x @ U, h)
    Pi = torch.softmax((w ** 2).sum(-1) / (2 * P[f"{name}.eta"]), dim=1)
    s = (Pi.unsqueeze(-1) * w ** 2).sum(2, keepdim=True) / Pi.sum(2)[..., None, None]
    return merge(-(w * Pi.unsqueeze(-1)) / (1 + s)) @ U.T


def mhsa(P, name, x, h):
    q, k, v = [heads(part, h) for part in linear(P, f"{name}.qkv", x).chunk(3, dim=-1)]
    return linear(P, f"{name}.output", merge(F.scaled_dot_product_attention(q, k, v)))


def fourier(H, W):
    y, x = torch.meshgrid(torch.arange(1.0, H + 1), torch.arange(1.0, W + 1), indexing="ij")
    y, x = y / (H + 1e-6) * 2 * math.pi, x / (W + 1e-6) * 2 * math.pi
    t = 10000 ** (2 * (torch.arange(32) // 2) / 32)
    code = lambda e: torch.stack(((e[..., None] / t)[..., 0::2].sin(), (e[..., None] / t)[..., 1::2].cos()), -1).flatten(2)
    return torch.cat((code(y), code(x)), -1).reshape(H * W, 64)


def class_block(P, x, h):
    B, n, d = x.shape
    y = ln(P, "norm1", x, 1e-6)
    q, k, v = [heads(part, h) for part in linear(P, "attention.qkv", y).chunk(3, dim=-1)]
    a = torch.softmax((q[:, :, 0:1] * k).sum(-1) * (d // h) ** -0.5, -1)
    cls = linear(P, "attention.output", (a.unsqueeze(2) @ v).transpose(1, 2).reshape(B, 1, d))
    x = x + P["scale1"] * torch.cat([cls, y[:, 1:]], 1)
    x = ln(P, "norm2", x, 1e-6)
    return x + torch.cat([P["scale2"] * mlp(P, "mlp", x[:, 0:1]), x[:, 1:]], 1)


def part(P, name):
    return {k[len(name) + 1:]: v for k, v in P.items() if k.startswith(name + ".")}


def vision(P, images, c, mixer, training):
    x = images.permute(0, 3, 1, 2)
    for i in range(3):
        S = part(P, f"stem.{i}")
        x = F.conv2d(x, S["kernel"].permute(3, 2, 0, 1), stride=2, padding=1)
        x = F.batch_norm(x, S["norm.mean"].clone(), S["norm.variance"].clone(), S["norm.gain"], S["norm.bias"], training)
        x = F.gelu(x) if i < 2 else x
    side = x.shape[-1]
    x = x.flatten(2).transpose(1, 2) + linear(P, "position", fourier(side, side))
    for i in range(c["depth"]):
        B = part(P, f"blocks.{i}")
        x = x + B["scale1"] * mixer(B, "attention", ln(B, "norm1", x, 1e-6), c["heads"])
        x = x + B["scale2"] * mlp(B, "mlp", ln(B, "norm2", x, 1e-6))
    x = torch.cat((P["class_token"].expand(len(x), -1, -1), x), 1)
    for i in range(c["classBlocks"]):
        x = class_block(part(P, f"class_blocks.{i}"), x, c["heads"])
    return linear(P, "head", ln(P, "norm", x, 1e-6)[:, 0])


# --- language -------------------------------------------------------------------------------------------------------
def language_shapes(c, attention):
    d = c["width"]
    block = {**under("norm1", ln_shapes(d, False)), **under("attention", attention), "scale1": (d,),
             **under("norm2", ln_shapes(d, False)), "scale2": (d,),
             **under("mlp.up", linear_shapes(d, 4 * d, False)), **under("mlp.down", linear_shapes(4 * d, d, False))}
    shapes = {"embedding": (c["vocabulary"], d), "position": (c["context"], d)}
    for i in range(c["depth"]):
        shapes |= under(f"blocks.{i}", block)
    return shapes | under("norm", ln_shapes(d, False))


def causal_tssa(P, name, x, h):
    w = heads(linear(P, f"{name}.projection", x), h)
    q, T = w ** 2, x.shape[1]
    den = torch.cumsum(q, 2).clamp_min(1e-12)
    Pi = torch.softmax(((q / den) + P[f"{name}.energy_bias"][:, :T]).sum(-1) * P[f"{name}.temperature"], dim=1)
    s = torch.cumsum(q * Pi[..., None], 2) / (torch.cumsum(Pi, 2)[..., None] + 1e-8)
    return linear(P, f"{name}.output", merge(-(w * Pi[..., None]) / (1 + s)))


def causal_mhsa(P, name, x, h):
    q, k, v = [heads(part, h) for part in linear(P, f"{name}.qkv", x).chunk(3, dim=-1)]
    return linear(P, f"{name}.output", merge(F.scaled_dot_product_attention(q, k, v, is_causal=True)))


def language(P, tokens, c, mixer):
    x = P["embedding"][tokens] + P["position"][: tokens.shape[1]]
    for i in range(c["depth"]):
        B = part(P, f"blocks.{i}")
        x = x + B["scale1"] * mixer(B, "attention", ln(B, "norm1", x, 1e-5), c["heads"])
        x = x + B["scale2"] * mlp(B, "mlp", ln(B, "norm2", x, 1e-5))
    return ln(P, "norm", x, 1e-5) @ P["embedding"].T


# --- CRATE ----------------------------------------------------------------------------------------------------------
def crate_shapes(c, attention="free", second="ista"):
    d, pixels = c["width"], c["patch"] ** 2 * c["channels"]
    tokens = (c["side"] // c["patch"]) ** 2 + 1
    mixer = {"free": {**under("projection", linear_shapes(d, d, False)), **under("output", linear_shapes(d, d))},
             "tied": {"projection.weight": (d, d), "scale": (1,)},
             "mhsa": {**under("qkv", linear_shapes(d, 3 * d)), **under("output", linear_shapes(d, d))}}[attention]
    mlp_ = {**under("up", linear_shapes(d, 4 * d)), **under("down", linear_shapes(4 * d, d))}
    block = {**under("norm1", ln_shapes(d)), **under("norm2", ln_shapes(d)), **under("attention", mixer),
             **(under("mlp", mlp_) if second == "mlp" else {"dictionary": (d, d)})}
    shapes = {**under("patch.norm1", ln_shapes(pixels)), **under("patch.linear", linear_shapes(pixels, d)),
              **under("patch.norm2", ln_shapes(d)), "class_token": (1, 1, d), "position": (1, tokens, d)}
    for i in range(c["depth"]):
        shapes |= under(f"blocks.{i}", block)
    return shapes | under("norm", ln_shapes(d)) | under("head", linear_shapes(d, c["classes"]))


def crate(P, images, c, attention="free", second="ista"):
    B, H, W, C = images.shape
    p, d, h = c["patch"], c["width"], c["heads"]
    x = images.reshape(B, H // p, p, W // p, p, C).permute(0, 1, 3, 2, 4, 5).reshape(B, -1, p * p * C)
    x = ln(P, "patch.norm2", linear(P, "patch.linear", ln(P, "patch.norm1", x, 1e-5)), 1e-5)
    x = torch.cat((P["class_token"].expand(B, -1, -1), x), 1) + P["position"]
    for i in range(c["depth"]):
        L = part(P, f"blocks.{i}")
        normed = ln(L, "norm1", x, 1e-5)
        if attention == "mhsa":
            x = x + mhsa(L, "attention", normed, h)
        else:
            w = heads(linear(L, "attention.projection", normed), h)
            o = merge(torch.softmax(w @ w.transpose(-1, -2) * (d // h) ** -0.5, -1) @ w)
            x = x + (linear(L, "attention.output", o) if attention == "free"
                     else L["attention.scale"] * o @ L["attention.projection.weight"].T)
        u = ln(L, "norm2", x, 1e-5)
        if second == "mlp":
            x = x + mlp(L, "mlp", u)
            continue
        D = L["dictionary"]
        if second == "majorisation":
            alpha = 4 / (9 * c["step"])
            x = F.relu((1 + c["step"] * alpha / (1 + alpha)) * u @ D - c["step"] * c["sparsity"])
            continue
        lift = F.linear(F.linear(u, D), D.t())
        x = F.relu(u + c["step"] * (F.linear(u, D.t()) - lift) - c["step"] * c["sparsity"])
    return linear(P, "head", ln(P, "norm", x[:, 0], 1e-5))


if __name__ == "__main__":
    c = dict(side=16, channels=3, patch=8, width=16, depth=1, heads=2, classBlocks=1, classes=3)
    d, h = c["width"], c["heads"]
    images = torch.sin(torch.arange(2 * 16 * 16 * 3)).reshape(2, 16, 16, 3)
    code = {**under("projection", linear_shapes(d, d)), "temperature": (h, 1), **under("output", linear_shapes(d, d))}
    paper = {"projection.weight": (d, d), "eta": (1,)}
    soft = {**under("qkv", linear_shapes(d, 3 * d)), **under("output", linear_shapes(d, d))}
    for name, shapes, mixer, training in [("tost code", code, tssa, False), ("tost code, training", code, tssa, True),
                                          ("tost paper", paper, tssa_formula, False), ("twin", soft, mhsa, False)]:
        P = fill(vision_shapes(c, shapes))
        print(name, vision(P, images, c, mixer, training).flatten().tolist())

    c = dict(vocabulary=7, context=6, width=8, depth=2, heads=2)
    d, h = c["width"], c["heads"]
    tokens = torch.tensor([[3, 1, 4, 1, 5], [2, 6, 5, 3, 5]])
    code = {"projection.weight": (d, d), "temperature": (h, 1), "energy_bias": (h, 6, 1), "output.weight": (d, d)}
    soft = {"qkv.weight": (d, 3 * d), "output.weight": (d, d)}
    for name, shapes, mixer in [("tost language", code, causal_tssa), ("softmax language", soft, causal_mhsa)]:
        logits = language(fill(language_shapes(c, shapes)), tokens, c, mixer)
        print(name, logits[:, -1].flatten().tolist())

    c = dict(side=8, channels=3, patch=4, width=8, depth=2, heads=2, step=0.1, sparsity=0.1, classes=3)
    images = torch.sin(torch.arange(2 * 8 * 8 * 3)).reshape(2, 8, 8, 3)
    for form in [("free", "ista"), ("tied", "ista"), ("free", "majorisation"), ("free", "mlp"), ("mhsa", "ista")]:
        print("crate", *form, crate(fill(crate_shapes(c, *form)), images, c, *form).flatten().tolist())
