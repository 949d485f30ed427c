/**
 * The whole table of the linear wrong line, in this program and with NumPy and scikit-learn, in one run.
 *
 * `deno run -A test/bench/wrong_line_bench.ts [--json]`. scikit-learn is measured when
 * `python3 -c "import sklearn"` works; ASSAY_PYTHON names another Python.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import * as Effect from "effect/Effect";
import { replaceLabels } from "../../lib/data/label_noise.ts";
import { drawNuisance } from "../../lib/data/nuisance_features.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { gaussianAccuracy } from "../../lib/shift/accuracy.ts";
import { drawLinearWorld, linearExamples } from "../../lib/shift/examples.ts";
import { squaredNorm } from "../../lib/shift/gram.ts";
import { fitLinearMaxMargin } from "../../lib/shift/linear_max_margin.ts";
import { type Accuracies, fitAccuracyLine, meanAccuracies } from "../../lib/stats/accuracy_line.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** The table: 30 classifiers of largest margin for each of five noise rates. */
const table = {
  features: 20,
  nuisance: { features: 100_000, scale: 0.01 },
  shift: 0.5,
  sizes: [40, 80, 160, 320, 640],
  rates: [0, 0.05, 0.1, 0.2, 0.3],
  seeds: [0, 1, 2, 3, 4, 5],
};

/** What either side measures: seconds in all, and the slope of each noise rate's line. */
interface Timed {
  readonly seconds: number;
  readonly slopes: readonly number[];
}

/** Each side is measured this often, in turns; the best counts. */
const rounds = 3;

const { json } = parseArgs(Deno.args, { boolean: ["json"] });
const python = Deno.env.get("ASSAY_PYTHON") ?? "python3";
const peer = await hasScikitLearn();
const here: Timed[] = [];
const there: Timed[] = [];
for (let round = 0; round < rounds; round++) {
  here.push(measure());
  if (peer) there.push(await measurePeer());
}
const best = (times: readonly Timed[]) => Math.min(...times.map(({ seconds }) => seconds));
const result = {
  benchmark: "wrong-line",
  classifiers: table.rates.length * table.seeds.length * table.sizes.length,
  seconds: best(here),
  slopes: here[0]!.slopes,
  ...(peer
    ? { peer: { seconds: best(there), slopes: there[0]!.slopes, ratio: best(here) / best(there) } }
    : {}),
};
if (json) console.log(JSON.stringify(result, null, 2));
else print();

function measure(): Timed {
  const start = performance.now();
  const worlds = table.seeds.map(drawWorld);
  const slopes = table.rates.map((rate) =>
    fitAccuracyLine(
      meanAccuracies(worlds.map((world, place) => accuracies(world, rate, table.seeds[place]!))),
    )
      .slope
  );
  return { seconds: (performance.now() - start) / 1000, slopes };
}

/** One seed's examples, which every noise rate shares. */
function drawWorld(seed: number): Dataset {
  const count = table.sizes.at(-1)!;
  const { about, tensors } = drawLinearWorld({ features: table.features, count, seed });
  const nuisance = drawNuisance(count, { ...table.nuisance, seed });
  return { about, tensors: { ...tensors, nuisance: tensor("float64", [count, count], nuisance) } };
}

function accuracies({ about, tensors }: Dataset, rate: number, seed: number): readonly Accuracies[] {
  const noisy = replaceLabels(tensors.labels!.data as Int32Array, 2, { rate, seed });
  const data = { about, tensors: { ...tensors, labels: tensor("int32", [noisy.length], noisy) } };
  return table.sizes.map((size) => {
    const examples = Effect.runSync(linearExamples(data, size));
    const { signal, nuisance } = fitLinearMaxMargin(examples);
    const classifier = { signal, nuisanceNorm: Math.sqrt(squaredNorm(nuisance)) };
    const variance = table.nuisance.scale ** 2;
    return {
      id: gaussianAccuracy(classifier, variance),
      ood: gaussianAccuracy(classifier, variance + table.shift ** 2),
    };
  });
}

async function measurePeer(): Promise<Timed> {
  const script = new URL("./wrong_line_reference.py", import.meta.url).pathname;
  const { code, stdout } = await new Deno.Command(python, {
    args: [script, JSON.stringify(table)],
    stderr: "inherit",
  }).output();
  if (code !== 0) Deno.exit(code);
  return JSON.parse(new TextDecoder().decode(stdout));
}

async function hasScikitLearn(): Promise<boolean> {
  try {
    const args = ["-c", "import sklearn"];
    return (await new Deno.Command(python, { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false; // no such Python
  }
}

function print(): void {
  const { classifiers, seconds, peer } = result;
  console.log(`The wrong line: ${classifiers} classifiers of largest margin, best of ${rounds}`);
  console.log(`  here          ${seconds.toFixed(2)} s`);
  if (peer === undefined) {
    console.log(`  scikit-learn  not measured: ${python} -c "import sklearn" does not work here`);
    return;
  }
  console.log(`  scikit-learn  ${peer.seconds.toFixed(2)} s`);
  console.log(`  ratio         ${peer.ratio.toFixed(2)} (below 1 is faster than scikit-learn)`);
  const slopes = (all: readonly number[]) => all.map((slope) => slope.toFixed(2)).join("  ");
  console.log(`  slopes here   ${slopes(result.slopes)}`);
  console.log(`  slopes there  ${slopes(peer.slopes)}`);
}
