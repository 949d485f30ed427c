"""Writes the file and the numbers of gguf_test.ts with the `gguf` package: `pip install gguf numpy`."""

import base64
import json
import tempfile

import numpy as np
from gguf import GGMLQuantizationType as Type
from gguf import GGUFWriter
from gguf.quants import dequantize, quantize

random = np.random.default_rng(0)
plain = random.normal(size=(2, 3)).astype(np.float32)
fine = random.normal(size=(1, 32)).astype(np.float32)
coarse = random.normal(size=(2, 32)).astype(np.float32)
with tempfile.NamedTemporaryFile(suffix=".gguf") as file:
    writer = GGUFWriter(file.name, "llama")
    writer.add_uint32("llama.block_count", 3)
    writer.add_float32("llama.rope.freq_base", 0.5)
    writer.add_array("tokenizer.ggml.tokens", ["a", "é"])
    writer.add_bool("general.tiny", True)
    writer.add_tensor("plain", plain)
    for name, values, of in [("fine", fine, Type.Q8_0), ("coarse", coarse, Type.Q4_1)]:
        blocks = quantize(values, of)
        writer.add_tensor(name, blocks, raw_shape=blocks.shape, raw_dtype=of)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(base64.b64encode(open(file.name, "rb").read()).decode())
for values, of in [(fine, Type.Q8_0), (coarse, Type.Q4_1)]:
    found = dequantize(quantize(values, of), of).reshape(-1)
    print(json.dumps([float(x) for x in found[[0, 1, 15, 16, 31]]] + [float(np.abs(found).sum())]))
print(json.dumps([float(x) for x in plain.reshape(-1)]))
