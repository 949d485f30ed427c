import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import { encode } from "jpeg-js";
import { CapabilityError } from "../../lib/dag/capability.ts";
import { Running } from "../../lib/dag/running.ts";
import { DataError } from "../../lib/data/folder.ts";
import { listImagenetFolders, loadImagenetFolders } from "../../lib/data/imagenet.ts";
import { photographsOf } from "../../lib/data/photographs.ts";
import { ownCopy } from "../../lib/data/sources/own_copy.ts";
import "../nn/tensorflow.ts";
import { scratchFolder } from "../train/training.ts";

const imagenet = ownCopy({
  ...{ name: "imagenet", about: "Photographs.", title: "ImageNet-1k", parts: ["train", "val"] },
  remedy: "Unpack it there.",
});

/** A folder for `ASSAY_DATA` with one grey picture of each of two classes in `train`. */
async function withCopy(use: (folder: string) => Promise<void>) {
  const data = await Deno.makeTempDir();
  const before = Deno.env.get("ASSAY_DATA");
  try {
    for (const [name, grey] of [["n01", 40], ["n02", 200]] as const) {
      await Deno.mkdir(`${data}/imagenet/train/${name}`, { recursive: true });
      const pixels = new Uint8Array(300 * 260 * 4).fill(grey);
      await Deno.writeFile(
        `${data}/imagenet/train/${name}/1.JPEG`,
        encode({ width: 300, height: 260, data: pixels }, 100).data,
      );
    }
    Deno.env.set("ASSAY_DATA", data);
    await use(`${data}/imagenet`);
  } finally {
    if (before === undefined) Deno.env.delete("ASSAY_DATA");
    else Deno.env.set("ASSAY_DATA", before);
    await Deno.remove(data, { recursive: true });
  }
}

const inside = <A, E>(folder: string, work: Effect.Effect<A, E, Running>) =>
  Effect.runPromise(
    work.pipe(
      Effect.provideService(Running, {
        ...{ report: () => {}, log: () => {}, scratch: scratchFolder(), env: {} },
        prepared: { imagenet: { folder, files: [], name: "ImageNet-1k" } },
      }),
    ),
  );

const load = (folder: string, train: number) =>
  inside(folder, loadImagenetFolders({ split: "train" }, { train, test: 0 }));

Deno.test("listImagenetFolders() lists names and sizes", async () => {
  await withCopy(async (folder) => {
    const list = await inside(
      folder,
      listImagenetFolders("imagenet", { split: "train" }, { train: 2, test: 0 }),
    );
    const { files, sizes, labels, capability } = photographsOf(list)!;
    assertEquals(capability, "imagenet");
    assertEquals([...files].sort(), ["train/n01/1.JPEG", "train/n02/1.JPEG"]);
    assertEquals(files.map((file) => file.includes("n02") ? 1 : 0), [...labels]);
    assertEquals(files.map((file) => Deno.statSync(`${folder}/${file}`).size), [...sizes]);
  });
});

Deno.test("loadImagenetFolders() labels pictures by the order of their folders", async () => {
  await withCopy(async (folder) => {
    const { about, tensors: { images, labels } } = await load(folder, 2);
    assertEquals(about.classes, ["n01", "n02"]);
    assertEquals(images!.shape, [2, 224, 224, 3]);
    const told = labels!.data as Int32Array;
    const greys = Array.from(told, (_, place) => images!.data[place * 224 * 224 * 3]);
    assertEquals(greys, Array.from(told, (label) => [40, 200][label]));
  });
});

Deno.test("loadImagenetFolders() refuses a copy that is not whole", async () => {
  await withCopy(async (folder) => {
    await assertRejects(() => load(folder, 3), DataError, "should have 3 images in train");
  });
});

Deno.test("a copy of one's own says what it lacks and where it is looked for", async () => {
  await withCopy(async (folder) => {
    await assertRejects(
      () => Effect.runPromise(imagenet.check),
      CapabilityError,
      `ImageNet-1k may not be passed on, and ${folder} lacks val.`,
    );
    await Deno.mkdir(`${folder}/val`);
    const { value } = await Effect.runPromise(imagenet.prepare(() => {}));
    assertEquals(value, { folder, files: ["train", "val"], name: "ImageNet-1k" });
  });
});

Deno.test("a copy of one's own that is dated changes with its folders", async () => {
  await withCopy(async (folder) => {
    const dated = ownCopy({
      ...{ name: "imagenet-folders", folder: "imagenet", about: "Which photographs.", title: "ImageNet-1k" },
      ...{ parts: ["train", "val"], dated: true, remedy: "Unpack it there." },
    });
    const before = dated.identity();
    assertEquals(dated.identity(), before);
    await Deno.utime(`${folder}/train/n01`, 1, 1);
    assertNotEquals(dated.identity(), before);
  });
});
