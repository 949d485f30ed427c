import { assertEquals, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import { encode as encodeJpeg } from "jpeg-js";
import { zlibSync } from "fflate";
import { Running } from "../../lib/dag/running.ts";
import { loadCocoFolder } from "../../lib/data/coco.ts";
import { outlinePixels } from "../../lib/data/formats/coco_mask.ts";
import { FormatError } from "../../lib/data/formats/format_error.ts";
import { decodeIndexedPng } from "../../lib/data/formats/indexed_png.ts";
import { jpegSize } from "../../lib/data/formats/jpeg_size.ts";
import { middleOfMap } from "../../lib/data/pixel_maps.ts";
import { loadVocFolder } from "../../lib/data/voc.ts";
import "../nn/tensorflow.ts";
import { scratchFolder } from "../train/training.ts";

/** A photograph of one level. */
const photograph = (width: number, height: number, level: number) =>
  encodeJpeg({ width, height, data: new Uint8Array(width * height * 4).fill(level) }, 100).data;

/** A PNG with a palette, by the letter of its definition: signature, IHDR, PLTE, IDAT, IEND. */
function indexedPng(width: number, height: number, data: Uint8Array): Uint8Array {
  const chunk = (type: string, body: Uint8Array) => {
    const bytes = new Uint8Array(body.length + 12);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, body.length);
    bytes.set(new TextEncoder().encode(type), 4);
    bytes.set(body, 8);
    let crc = 0xffffffff;
    for (const byte of bytes.subarray(4, 8 + body.length)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    view.setUint32(8 + body.length, ~crc);
    return bytes;
  };
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from({ length: 768 }, (_, i) => i % 256)),
    chunk("IDAT", zlibSync(rows)),
    chunk("IEND", new Uint8Array(0)),
  ];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Runs work with a data folder at hand. */
const inside = <A, E>(capability: string, folder: string, work: Effect.Effect<A, E, Running>) =>
  Effect.runPromise(Effect.provideService(work, Running, {
    ...{ report: () => {}, log: () => {}, scratch: scratchFolder(), env: {} },
    prepared: { [capability]: { folder, files: [], name: capability.toUpperCase() } },
  }));

/** A map of 20 by 10: a square of class 8 in the middle, with a border that does not count. */
const cat = Uint8Array.from({ length: 200 }, (_, at) => {
  const [x, y] = [at % 20, Math.floor(at / 20)];
  return x < 7 || x > 12 || y < 2 || y > 7 ? 0 : x === 7 || x === 12 ? 255 : 8;
});

async function voc(): Promise<string> {
  const folder = scratchFolder();
  for (const part of ["JPEGImages", "SegmentationClass", "ImageSets/Segmentation"]) {
    await Deno.mkdir(`${folder}/${part}`, { recursive: true });
  }
  await Deno.writeTextFile(`${folder}/ImageSets/Segmentation/val.txt`, "2007_000001\n2007_000002\n");
  for (const [index, name] of ["2007_000001", "2007_000002"].entries()) {
    await Deno.writeFile(`${folder}/JPEGImages/${name}.jpg`, photograph(20, 10, 100 + 50 * index));
    await Deno.writeFile(`${folder}/SegmentationClass/${name}.png`, indexedPng(20, 10, cat));
  }
  return folder;
}

const side = 10;

Deno.test("loadVocFolder() loads photographs with the masks of what is in them", async () => {
  const { about, tensors } = await inside("voc", await voc(), loadVocFolder({ split: "val", side }));
  assertEquals([about.name, about.split], ["VOC", "val"]);
  assertEquals(tensors.images!.shape, [2, side, side, 3]);
  assertEquals([...tensors.labels!.data], [7, 7]); // class 8, a cat
  // The middle 10 columns of 20: 5 to 14.
  const expected = Uint8Array.from({ length: 100 }, (_, at) => cat[Math.floor(at / 10) * 20 + at % 10 + 5]!);
  assertEquals(tensors.masks!.data.subarray(0, 100), expected);
  assertEquals(tensors.masks!.data.subarray(100), expected);
});

const vocTroubles: readonly (readonly [string, (folder: string) => Promise<void>, string])[] = [
  [
    "a mask without a photograph",
    (folder) => Deno.remove(`${folder}/JPEGImages/2007_000002.jpg`),
    "The file JPEGImages/2007_000002.jpg of VOC cannot be read",
  ],
  [
    "a photograph without a mask",
    (folder) => Deno.remove(`${folder}/SegmentationClass/2007_000001.png`),
    "The file SegmentationClass/2007_000001.png of VOC cannot be read",
  ],
  [
    "a mask of another size",
    (folder) => Deno.writeFile(`${folder}/SegmentationClass/2007_000001.png`, indexedPng(10, 20, cat)),
    "has 20 by 10 pixels; its map has 10 by 20",
  ],
  [
    "a number that is no class",
    (folder) =>
      Deno.writeFile(
        `${folder}/SegmentationClass/2007_000001.png`,
        indexedPng(20, 10, cat.map((n) => n && 77)),
      ),
    "has the number 77, which is no class",
  ],
  [
    "a mask that is no PNG",
    (folder) => Deno.writeTextFile(`${folder}/SegmentationClass/2007_000001.png`, "painted by hand"),
    "Malformed PNG SegmentationClass/2007_000001.png",
  ],
  [
    "an empty list",
    (folder) => Deno.writeTextFile(`${folder}/ImageSets/Segmentation/val.txt`, "\n"),
    "ImageSets/Segmentation/val.txt names 0",
  ],
];
for (const [name, damage, complaint] of vocTroubles) {
  Deno.test(`loadVocFolder() refuses ${name}`, async () => {
    const folder = await voc();
    await damage(folder);
    await assertRejects(
      () => inside("voc", folder, loadVocFolder({ split: "val", side })),
      Error,
      complaint,
    );
  });
}

/** Two photographs: one with a thing, a smaller one upon it and a crowd; one with nothing. */
const instances = {
  images: [
    { id: 9, file_name: "a.jpg", height: 10, width: 10 },
    { id: 5, file_name: "b.jpg", height: 10, width: 10 },
  ],
  annotations: [
    { image_id: 9, category_id: 3, iscrowd: 0, segmentation: [[4, 4, 6, 4, 6, 6, 4, 6]] },
    { image_id: 9, category_id: 18, iscrowd: 0, segmentation: [[2, 2, 8, 2, 8, 8, 2, 8]] },
    { image_id: 9, category_id: 1, iscrowd: 1, segmentation: { size: [10, 10], counts: [0, 30, 70] } },
  ],
  categories: [{ id: 18, name: "dog" }, { id: 1, name: "person" }, { id: 3, name: "car" }],
};

async function coco(list: unknown): Promise<string> {
  const folder = scratchFolder();
  await Deno.mkdir(`${folder}/annotations`);
  await Deno.mkdir(`${folder}/val2017`);
  await Deno.writeTextFile(`${folder}/annotations/instances_val2017.json`, JSON.stringify(list));
  for (const name of ["a", "b"]) {
    await Deno.writeFile(`${folder}/val2017/${name}.jpg`, photograph(10, 10, 90));
  }
  return folder;
}

Deno.test("loadCocoFolder() numbers the things of a photograph, the larger ones below", async () => {
  const folder = await coco(instances);
  const { about, tensors } = await inside("coco", folder, loadCocoFolder({ split: "val", side }));
  assertEquals(about.classes, ["person", "car", "dog"]);
  assertEquals(tensors.images!.shape, [1, side, side, 3]);
  assertEquals([...tensors.labels!.data], [2]);
  const expected = Uint8Array.from({ length: 100 }, (_, at) => {
    const [x, y] = [at % 10, Math.floor(at / 10)];
    if (x >= 4 && x < 6 && y >= 4 && y < 6) return 2;
    if (x >= 2 && x < 8 && y >= 2 && y < 8) return 1;
    return x < 3 ? 255 : 0; // runs go down the columns: the first three
  });
  assertEquals(tensors.masks!.data, expected);
});

const cocoTroubles: readonly (readonly [string, unknown, string])[] = [
  ["other JSON", { images: 3 }, "instances_val2017.json of COCO should be COCO's instances"],
  ["runs of another size", {
    ...instances,
    annotations: [{
      ...{ image_id: 9, category_id: 3, iscrowd: 0 },
      segmentation: { size: [10, 10], counts: [5, 10] },
    }],
  }, "expected 100 pixels of 10 by 10, found 15"],
  [
    "a photograph of another size",
    { ...instances, images: [{ ...instances.images[0], height: 12 }] },
    "has 10 by 10 pixels; its map has 10 by 12",
  ],
  [
    "a photograph that is not there",
    { ...instances, images: [{ ...instances.images[0], file_name: "c.jpg" }] },
    "The file val2017/c.jpg of COCO cannot be read",
  ],
];
for (const [name, list, complaint] of cocoTroubles) {
  Deno.test(`loadCocoFolder() refuses ${name}`, async () => {
    const folder = await coco(list);
    await assertRejects(
      () => inside("coco", folder, loadCocoFolder({ split: "val", side })),
      Error,
      complaint,
    );
  });
}

Deno.test("outlinePixels() reads COCO's compressed runs", () => {
  // The text is that of a Python port of `rleToString` in pycocotools' maskApi.c.
  const runs = [6, 1, 40, 4, 5, 4, 5, 4, 21];
  const outline = { size: [9, 10] as const, counts: "61X13mN000`0" };
  assertEquals(
    outlinePixels(outline, 9, 10, "it"),
    outlinePixels({ size: [9, 10], counts: runs }, 9, 10, "it"),
  );
});

Deno.test("jpegSize() reads rows and columns, and refuses what is no JPEG", () => {
  assertEquals(jpegSize(photograph(33, 17, 0), "JPEG it"), { height: 17, width: 33 });
  for (const bytes of [new Uint8Array(0), Uint8Array.of(0xff, 0xd8, 0xff), new Uint8Array(50)]) {
    let error: unknown;
    try {
      jpegSize(bytes, "JPEG it");
    } catch (thrown) {
      error = thrown;
    }
    assertEquals(error instanceof FormatError, true);
  }
});

Deno.test("decodeIndexedPng() and middleOfMap() keep numbers as they are", () => {
  const map = decodeIndexedPng(indexedPng(20, 10, cat), "PNG it");
  assertEquals(map, { height: 10, width: 20, data: cat });
  assertEquals(new Set(middleOfMap(map, 7)), new Set([0, 8, 255]));
});
