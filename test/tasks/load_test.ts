/** Loads the real data. The first run downloads it into the user's cache: 11 MB, 7 MB and 5 MB. */
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import * as Effect from "effect/Effect";
import { encode } from "jpeg-js";
import { createTar } from "nanotar";
import { capabilities } from "../../lib/capabilities.ts";
import { ParameterError } from "../../lib/dag/errors.ts";
import { chosenIndices } from "../../lib/data/choice.ts";
import { cifarClasses, cifarSizes } from "../../lib/data/cifar10.ts";
import { foldCharacters } from "../../lib/data/corpus.ts";
import { DataError } from "../../lib/data/folder.ts";
import { FormatError } from "../../lib/data/formats/format_error.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { loadCifar10 } from "../../tasks/load/cifar10.ts";
import { loadFashionMnist } from "../../tasks/load/fashion_mnist.ts";
import { loadMnist } from "../../tasks/load/mnist.ts";
import { loadShakespeare } from "../../tasks/load/shakespeare.ts";
import { loadSotu } from "../../tasks/load/sotu.ts";
import { run } from "./run.ts";

async function prepared(name: string): Promise<Record<string, unknown>> {
  const { value } = await Effect.runPromise(capabilities[name]!.prepare(() => {}));
  return { [name]: value };
}

/** The mean and the standard deviation of all levels, or of those of one colour. */
function moments({ tensors: { images } }: Dataset, { from, step } = { from: 0, step: 1 }) {
  const levels = images!.data as Uint8Array;
  const count = levels.length / step;
  let sum = 0;
  let squares = 0;
  for (let place = from; place < levels.length; place += step) {
    sum += levels[place]!;
    squares += levels[place]! ** 2;
  }
  const mean = sum / count;
  return { mean: mean / 255, deviation: Math.sqrt(squares / count - mean ** 2) / 255 };
}

function histogram({ tensors: { labels } }: Dataset): readonly number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of labels!.data as Int32Array) counts[label]! += 1;
  return counts;
}

const text = ({ about, tensors: { tokens } }: Dataset, characters: number) =>
  [...(tokens!.data as Int32Array).subarray(0, characters)].map((token) =>
    (about.vocabulary as string[])[token]
  ).join("");

Deno.test("loadMnist() loads all 60,000 digits with their published mean, deviation and counts", async () => {
  const train = await run(loadMnist, { split: "train" }, {}, await prepared("mnist"));
  assertEquals(train.tensors.images!.shape, [60_000, 28, 28, 1]);
  assertEquals(train.about, { name: "MNIST", split: "train", classes: [..."0123456789"] });
  assertEquals(histogram(train), [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  const { mean, deviation } = moments(train);
  assertAlmostEquals(mean, 0.1307, 5e-5);
  assertAlmostEquals(deviation, 0.3081, 5e-5);
});

Deno.test("loadMnist() loads all 10,000 test digits", async () => {
  const test = await run(loadMnist, { split: "test" }, {}, await prepared("mnist"));
  assertEquals(histogram(test), [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
});

Deno.test("loadMnist() keeps images beside their labels, and takes fewer from the beginning of more", async () => {
  const data = await prepared("mnist");
  const { folder } = data.mnist as { readonly folder: string };
  const file = Deno.readFileSync(`${folder}/t10k-images-idx3-ubyte`).subarray(16);
  const labels = Deno.readFileSync(`${folder}/t10k-labels-idx1-ubyte`).subarray(8);
  const load = (count: number, seed?: number) =>
    run(loadMnist, { split: "test", count, ...(seed === undefined ? {} : { seed }) }, {}, data);
  const few = await load(50);
  few.tensors.indices!.data.forEach((index, place) => {
    const at = Number(index) * 784;
    assertEquals(few.tensors.images!.data.slice(place * 784, (place + 1) * 784), file.slice(at, at + 784));
    assertEquals(Number(few.tensors.labels!.data[place]), labels[Number(index)]);
  });
  const more = await load(80);
  assertEquals(more.tensors.indices!.data.slice(0, 50), few.tensors.indices!.data);
  assertEquals((await load(50, 0)).tensors.indices, few.tensors.indices);
  assertNotEquals((await load(50, 1)).tensors.indices!.data, few.tensors.indices!.data);
});

Deno.test("loadMnist() refuses more than there are before anything runs, by the path of the parameter", () => {
  assertThrows(
    () => loadMnist({ split: "test", count: 10_001 }, {}),
    ParameterError,
    "count: Expected a whole number from 1 to 10000, the size of test",
  );
  assertThrows(() => loadMnist({ split: "train", count: 0 }, {}), ParameterError, "count");
  assertThrows(() => loadMnist({ split: "validation" as never }, {}), ParameterError, "split");
});

Deno.test("loadMnist() refuses a file of another shape, naming it", async () => {
  const folder = Deno.makeTempDirSync();
  Deno.writeFileSync(
    `${folder}/t10k-images-idx3-ubyte`,
    Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9),
  );
  const data = { mnist: { folder, files: [], name: "MNIST" } };
  await assertRejects(
    () => run(loadMnist, { split: "test" }, {}, data),
    FormatError,
    "Malformed IDX t10k-images-idx3-ubyte at its shape: expected uint8 [10000,28,28], found uint8 [1,1,1].",
  );
  await assertRejects(
    () => run(loadMnist, { split: "train" }, {}, data),
    DataError,
    "The file train-images-idx3-ubyte of MNIST cannot be read",
  );
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a load task refuses to run when nothing was prepared", async () => {
  await assertRejects(
    () => run(loadMnist, { split: "test" }, {}),
    DataError,
    `the task must declare uses: ["mnist"]`,
  );
});

Deno.test("loadFashionMnist() reads the same files from its own folder", async () => {
  const { mnist } = await prepared("mnist");
  const clothes = { "fashion-mnist": { ...mnist as object, name: "Fashion-MNIST" } };
  const { about, tensors } = await run(loadFashionMnist, { split: "test", count: 5 }, {}, clothes);
  assertEquals([about.name, (about.classes as string[])[9], tensors.images!.shape], [
    "Fashion-MNIST",
    "ankle boot",
    [5, 28, 28, 1],
  ]);
});

Deno.test("loadCifar10() reads the official batches", async () => {
  const folder = Deno.makeTempDirSync();
  // Picture i has label i mod 10, and levels i mod 256, i mod 255 and i mod 254 in its three colours.
  const batch = new Uint8Array(10_000 * 3073);
  for (let index = 0; index < 10_000; index += 1) {
    batch[index * 3073] = index % 10;
    for (let colour = 0; colour < 3; colour += 1) {
      const start = index * 3073 + 1 + colour * 1024;
      batch.fill(index % (256 - colour), start, start + 1024);
    }
  }
  Deno.writeFileSync(`${folder}/test_batch.bin`, batch);
  const data = { cifar10: { folder, files: ["test_batch.bin"], name: "CIFAR-10" } };
  const { about, tensors } = await run(loadCifar10, { split: "test", count: 20 }, {}, data);
  assertEquals([about.name, about.classes, tensors.images!.shape], ["CIFAR-10", [...cifarClasses], [
    20,
    32,
    32,
    3,
  ]]);
  tensors.indices!.data.forEach((indexOf, place) => {
    const index = Number(indexOf);
    assertEquals(Number(tensors.labels!.data[place]), index % 10);
    const pixel = tensors.images!.data.slice(place * 3072, place * 3072 + 3);
    assertEquals(pixel, Uint8Array.of(index % 256, index % 255, index % 254));
  });
  Deno.writeFileSync(`${folder}/test_batch.bin`, batch.subarray(3073));
  await assertRejects(
    () => run(loadCifar10, { split: "test" }, {}, data),
    FormatError,
    "expected 10000 pictures, found 9999.",
  );
  Deno.removeSync(folder, { recursive: true });
});

/** Where example `index` of the test split lies among JPEG files. */
const pathOf = (index: number) =>
  `test/${cifarClasses[index % 10]}/${String(Math.floor(index / 10)).padStart(4, "0")}.jpg`;

Deno.test("loadCifar10() reads pictures out of an archive of JPEG files", async () => {
  const folder = Deno.makeTempDirSync();
  const indices = [...chosenIndices(cifarSizes, { split: "test", count: 3 })];
  // Pictures of one grey level, which JPEG keeps as it is.
  const grey = (level: number) => {
    const data = new Uint8Array(32 * 32 * 4).fill(level);
    return new Uint8Array(encode({ width: 32, height: 32, data }, 100).data);
  };
  const files = indices.map((index, place) => ({ name: pathOf(index), data: grey(100 + place) }));
  Deno.writeFileSync(`${folder}/cifar10-jpeg.tar`, createTar(files));
  const data = { cifar10: { folder, files: ["cifar10-jpeg.tar"], name: "CIFAR-10 (JPEG q75)" } };
  const { about, tensors } = await run(loadCifar10, { split: "test", count: 3 }, {}, data);
  assertEquals(about.name, "CIFAR-10 (JPEG q75)");
  assertEquals([...tensors.labels!.data].map(Number), indices.map((index) => index % 10));
  indices.forEach((_, place) => assertEquals(Number(tensors.images!.data[place * 3072]), 100 + place));
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("loadCifar10() names a picture that its archive lacks", async () => {
  const folder = Deno.makeTempDirSync();
  Deno.writeFileSync(
    `${folder}/cifar10-jpeg.tar`,
    createTar([{ name: "test/cat/0000.jpg", data: "no picture" }]),
  );
  const data = { cifar10: { folder, files: ["cifar10-jpeg.tar"], name: "CIFAR-10 (JPEG q75)" } };
  const [first] = chosenIndices(cifarSizes, { split: "test" });
  await assertRejects(
    () => run(loadCifar10, { split: "test", count: 1 }, {}, data),
    FormatError,
    `expected ${pathOf(first!)}, found none of that name.`,
  );
  Deno.removeSync(folder, { recursive: true });
});

const owned = Deno.env.get("ASSAY_DATA");

Deno.test({
  name:
    "loadCifar10() loads all JPEG pictures, with the mean and deviation measured in Python (needs ASSAY_DATA)",
  ignore: owned === undefined,
  fn: async () => {
    const train = await run(loadCifar10, { split: "train" }, {}, await prepared("cifar10"));
    assertEquals(train.about.name, "CIFAR-10 (JPEG q75)");
    assertEquals(histogram(train), Array(10).fill(5000));
    // By colour, as Pillow's decoder gives them; this one rounds down and repeats chroma, which is within one level.
    const published = [[0.4913, 0.2452], [0.4821, 0.2428], [0.4465, 0.2606]] as const;
    for (const [colour, [mean, deviation]] of published.entries()) {
      const found = moments(train, { from: colour, step: 3 });
      assertAlmostEquals(found.mean, mean, 1 / 255);
      assertAlmostEquals(found.deviation, deviation, 1 / 255);
    }
  },
});

Deno.test("loadSotu() splits 233 addresses by document, under one vocabulary", async () => {
  const data = await prepared("sotu");
  const train = await run(loadSotu, { split: "train" }, {}, data);
  const validation = await run(loadSotu, { split: "validation" }, {}, data);
  const documents = [train, validation].map(({ about }) => about.documents as string[]);
  assertEquals(documents.map((names) => names.length), [209, 24]);
  assertEquals(new Set(documents.flat()).size, 233);
  assertEquals(train.about.vocabulary, validation.about.vocabulary);
  assert((train.about.vocabulary as string[]).every((character) => /^[\n\x20-\x7e]$/.test(character)));
  // 10,760,042 characters in the package, of which fewer than 0.1 % are typographic or at the ends of documents.
  const characters = train.tensors.tokens!.data.length + validation.tensors.tokens!.data.length;
  assert(characters > 10_760_042 * 0.999 && characters <= 10_760_042 + 233, `${characters}`);
});

Deno.test("loadShakespeare() takes the beginning that is asked for, and no more than there is", async () => {
  const data = await prepared("shakespeare");
  const train = await run(loadShakespeare, { split: "train", characters: 500 }, {}, data);
  assertEquals(train.tensors.tokens!.shape, [500]);
  assertEquals((train.about.documents as string[]).length, 37);
  assert(text(train, 500).includes("by William Shakespeare\n"));
  await assertRejects(
    () => run(loadShakespeare, { split: "validation", characters: 5_000_000 }, {}, data),
    DataError,
    "characters for validation; 5000000 were asked for.",
  );
});

Deno.test("foldCharacters() writes with the characters of a typewriter", () => {
  assertEquals(foldCharacters("“It’s naïve” – 5°\r\n\u0002ó \n"), '"It\'s naive" - 5\no\n');
});

Deno.test("loaded data comes in equal bytes each time", async () => {
  const load = async () =>
    Dataset.encode(await run(loadMnist, { split: "test", count: 100 }, {}, await prepared("mnist")));
  assertEquals(await load(), await load());
});
