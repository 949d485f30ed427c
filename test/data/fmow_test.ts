import { assertEquals, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import { encode } from "fast-png";
import { Running } from "../../lib/dag/running.ts";
import { DataError } from "../../lib/data/folder.ts";
import { type FmowChoice, loadFmowImages } from "../../lib/data/fmow.ts";
import { FormatError } from "../../lib/data/formats/format_error.ts";

/** Five images in WILDS's form: `rgb_metadata.csv` says who they are, their grey is 40 times their place. */
const table = [
  "split,category,timestamp",
  "train,zoo,2010-05-01T00:00:00Z",
  "train,airport,2012-12-31T23:59:59Z",
  "train,zoo,2014-01-01T00:00:00Z", // neither before 2013 nor since 2016
  "test,airport,2012-01-01T00:00:00Z",
  "test,zoo,2016-01-01T00:00:00Z",
];

async function load(choice: Partial<FmowChoice>, { csv = table.join("\n"), side = 224 } = {}) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/images`);
    await Deno.writeTextFile(`${folder}/rgb_metadata.csv`, csv);
    for (let place = 0; place < 5; place++) {
      const data = new Uint8Array(side * side * 3).fill(40 * place);
      await Deno.writeFile(
        `${folder}/images/rgb_img_${place}.png`,
        encode({ width: side, height: side, channels: 3, data }),
      );
    }
    return await Effect.runPromise(
      loadFmowImages({ part: "train", count: 1, seed: 0, side: 28, ...choice }).pipe(
        Effect.provideService(Running, {
          ...{ report: () => {}, log: () => {}, scratch: "", env: {} },
          prepared: { fmow: { folder, files: [], name: "fMoW (WILDS 1.1)" } },
        }),
      ),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The grey and the label of each image, in the order of greys. */
async function found(choice: Partial<FmowChoice>) {
  const { about, tensors: { images, labels } } = await load(choice);
  const size = images!.data.length / images!.shape[0]!;
  const told = Array.from(labels!.data as Int32Array, (label, place) => ({
    grey: Number(images!.data[place * size]),
    class: (about.classes as string[])[label],
  }));
  return told.sort((a, b) => a.grey - b.grey);
}

Deno.test("loadFmowImages() splits by the original split and the year, as WILDS does", async () => {
  assertEquals(await found({ part: "train", count: 2 }), [
    { grey: 0, class: "zoo" },
    { grey: 40, class: "airport" },
  ]);
  assertEquals(await found({ part: "test", count: 1 }), [{ grey: 120, class: "airport" }]);
  assertEquals(await found({ part: "shifted", count: 1 }), [{ grey: 160, class: "zoo" }]);
});

Deno.test("loadFmowImages() halves images to the side asked for", async () => {
  const { tensors: { images } } = await load({ side: 56 });
  assertEquals(images!.shape, [1, 56, 56, 3]);
});

Deno.test("loadFmowImages() says what a copy lacks", async () => {
  await assertRejects(
    () => load({ count: 3 }),
    DataError,
    "fMoW (WILDS 1.1) has 2 images for the part train: 3 were asked for.",
  );
  await assertRejects(
    () => load({}, { csv: "split,timestamp\ntrain,2010-01-01" }),
    FormatError,
    "Malformed CSV rgb_metadata.csv at its first line: expected a column category, found split, timestamp.",
  );
  await assertRejects(
    () => load({}, { side: 112 }),
    FormatError,
    "expected 224 by 224, found 112 by 112",
  );
});
