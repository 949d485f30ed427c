/**
 * How many photographs a second come off a disk as pictures to train on, against torchvision's DataLoader, in one run.
 *
 * `deno run -A test/bench/stream_bench.ts [--json]`. Both read the same 500 JPEG files of 500 by 375 pixels, cut random
 * rectangles (RandomResizedCrop to 224) and mirror half, into batches of 50 of bytes. torchvision is measured when
 * `python3 -c "import torchvision"` works; ASSAY_PYTHON names another Python.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import * as Effect from "effect/Effect";
import { encode } from "jpeg-js";
import { uniform } from "../../lib/data/random.ts";
import { installTensorFlow } from "../../lib/tensor/native/install.ts";
import { loadTensorFlow } from "../../lib/tensor/native.ts";
import { openPictures } from "../../lib/tensor/picture_stream.ts";

/** How often each way is measured, in turns, so that a busy moment of the machine does not hit one way alone. */
const rounds = 2;

const files = 500;
const [width, height, side, batch] = [500, 375, 224, 50];

/** Pictures that are drawn; each is written several times, since drawing takes longer than reading. */
const distinct = 20;

interface Row {
  readonly workers: number;
  /** Photographs a second. */
  readonly assay: number;
  readonly torchvision?: number;
  /** How many times as many photographs a second as torchvision. */
  readonly ratio?: number;
}

const { json } = parseArgs(Deno.args, { boolean: ["json"] });
const python = Deno.env.get("ASSAY_PYTHON") ?? "python3";
const reference = new URL("./stream_reference.py", import.meta.url).pathname;
Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "3");
Deno.env.set("TF_NUM_INTRAOP_THREADS", "1"); // as trainings have it
await loadTensorFlow(await Effect.runPromise(installTensorFlow(() => {})));
const folder = await Deno.makeTempDir();
try {
  const paths = await writePhotographs();
  let torchvision = true; // until it is found not to be there
  const rows: Row[] = [];
  for (const workers of new Set([1, navigator.hardwareConcurrency])) {
    let [own, other] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      own = Math.max(own, inTensorFlow(paths, workers));
      const found: number | undefined = torchvision ? await inPython(workers) : undefined;
      torchvision = found !== undefined;
      other = Math.max(other, found ?? 0);
    }
    rows.push({
      ...{ workers, assay: own },
      ...(torchvision ? { torchvision: other, ratio: own / other } : {}),
    });
  }
  if (json) console.log(JSON.stringify({ benchmark: "stream", files, rows }, null, 2));
  else print(rows, torchvision);
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Photographs like ImageNet's, in ten class folders: soft shapes and some noise. */
async function writePhotographs(): Promise<string[]> {
  const pictures = Array.from({ length: distinct }, (_, number) => {
    const [fx, fy, shift] = uniform({ seed: 0, stream: "shapes", step: number }, 3);
    const noise = uniform({ seed: 0, stream: "noise", step: number }, width * height);
    const data = new Uint8Array(width * height * 4).map((_, at) => {
      const pixel = Math.floor(at / 4);
      const [x, y, channel] = [pixel % width, Math.floor(pixel / width), at % 4];
      const wave = Math.sin(0.05 * fx! * x + channel) * Math.cos(0.05 * fy! * y + 6 * shift!);
      return 128 + 90 * wave + 30 * (noise[pixel]! - 0.5);
    });
    return encode({ width, height, data }, 90).data;
  });
  const paths: string[] = [];
  for (let number = 0; number < files; number++) {
    const inside = `${folder}/class-${number % 10}`;
    await Deno.mkdir(inside, { recursive: true });
    paths.push(`${inside}/${number}.jpg`);
    await Deno.writeFile(paths.at(-1)!, pictures[number % distinct]!);
  }
  return paths;
}

/** Photographs a second of the project's stream, over the files' second reading. */
function inTensorFlow(paths: readonly string[], parallel: number): number {
  const sizes = Int32Array.from(paths, (path) => Deno.statSync(path).size);
  const view = { kind: "random", mirror: true } as const;
  const stream = openPictures({ files: paths, sizes, view, side, batch, parallel, folder });
  let seconds = 0;
  for (let epoch = 0; epoch < 2; epoch++) {
    const began = performance.now();
    stream.start(Int32Array.from(paths, (_, index) => index), epoch);
    for (let read = 0; read < files; read += batch) stream.next();
    seconds = (performance.now() - began) / 1000;
  }
  stream.close();
  return files / seconds;
}

/** Photographs a second of torchvision's loader, where there is one. */
async function inPython(workers: number): Promise<number | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(python, {
      args: [reference, folder, String(workers), String(batch)],
      env: { OMP_NUM_THREADS: "1" },
      stderr: "null",
    }).output();
    return success ? Number(new TextDecoder().decode(stdout)) : undefined;
  } catch {
    return undefined; // no python3
  }
}

function print(rows: readonly Row[], torchvision: boolean): void {
  console.log(
    `Photographs a second: ${files} JPEG files of ${width} × ${height}, random rectangles to ${side} × ${side}\n`,
  );
  const table = [
    ["workers", "assay", "torchvision", "× as many"],
    ...rows.map(({ workers, assay, torchvision, ratio }) => [
      String(workers),
      assay.toFixed(0),
      torchvision?.toFixed(0) ?? "–",
      ratio?.toFixed(2) ?? "–",
    ]),
  ];
  for (const row of table) console.log(row.map((cell) => cell.padStart(11)).join(" "));
  console.log(
    "\nworkers: threads here, processes of the DataLoader there. × as many: above 1 it is faster than torchvision." +
      (torchvision
        ? ""
        : `\ntorchvision was not measured: ${python} -c "import torchvision" does not work here.`),
  );
}
