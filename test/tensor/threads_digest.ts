/**
 * Trains ToST and CRATE for ten steps and prints the digests of their states: `threads_test.ts` runs it.
 *
 * @module
 */
import { sha256 } from "../../lib/dag/digest.ts";
import { crate } from "../../lib/nn/crate.ts";
import { tost } from "../../lib/nn/tost.ts";
import { compile } from "../../lib/tensor/compile.ts";
import { classifier, quickSize, type Sample } from "./training.ts";

function digest({ step, inputs }: Sample): string {
  const folder = Deno.makeTempDirSync();
  const compiled = compile(step, { ...inputs, folder });
  Deno.removeSync(folder, { recursive: true });
  for (let i = 0; i < 10; i++) compiled.run(inputs.batch, { learningRate: 1e-3, step: i });
  const state = Object.entries(compiled.read()).map(([name, { data }]) =>
    `${name} ${sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))}`
  );
  return sha256(state.join("\n"));
}

const size = { ...quickSize, depth: 2 };
console.log(
  digest(classifier(tost, { ...size, stem: "linear", classBlocks: 1, layerScale: 1, form: "code" }, 32)),
  digest(
    classifier(crate, { ...size, step: 0.1, sparsity: 0.1, output: "free", prox: "ista", pool: "class" }, 32),
  ),
);
