import { assertEquals, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import { encode } from "jpeg-js";
import { CapabilityError } from "../../lib/dag/capability.ts";
import { Running } from "../../lib/dag/running.ts";
import { DataError } from "../../lib/data/folder.ts";
import { loadImagenetFolders, middleOf } from "../../lib/data/imagenet.ts";
import { ownCopy } from "../../lib/data/sources/own_copy.ts";
import { tensor } from "../../lib/tensor/array.ts";

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

const load = (folder: string, train: number) =>
  Effect.runPromise(
    loadImagenetFolders({ split: "train" }, { train, test: 0 }).pipe(
      Effect.provideService(Running, {
        ...{ report: () => {}, log: () => {}, scratch: "", env: {} },
        prepared: { imagenet: { folder, files: [], name: "ImageNet-1k" } },
      }),
    ),
  );

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

Deno.test("middleOf() scales the short side and cuts out the middle", () => {
  // A ramp from left to right, twice as wide as high: its middle half remains.
  const ramp = tensor("uint8", [4, 8, 3], Array.from({ length: 96 }, (_, i) => 10 * (Math.floor(i / 3) % 8)));
  const middle = middleOf(ramp, 4, 4);
  assertEquals(Array.from({ length: 4 }, (_, column) => middle[column * 3]), [20, 30, 40, 50]);
  // Half the size: each pixel is the mean of four.
  assertEquals(Array.from({ length: 2 }, (_, column) => middleOf(ramp, 2, 2)[column * 3]), [25, 45]);
});
