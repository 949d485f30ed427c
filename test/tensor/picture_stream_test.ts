import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { encode as encodePng } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import { openPictures, type PictureStreamSpec } from "../../lib/tensor/picture_stream.ts";
import { GraphError } from "../../lib/tensor/session.ts";
import "../nn/tensorflow.ts";
import reference from "./pictures.json" with { type: "json" };

const folder = Deno.makeTempDirSync();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Writes a picture of which each level is a function of its place. */
function written(
  name: string,
  width: number,
  height: number,
  level: (x: number, y: number, c: number) => number,
) {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return level(pixel % width, Math.floor(pixel / width), at % 3);
  });
  const path = `${folder}/${name}`;
  Deno.writeFileSync(path, encodePng({ width, height, data, channels: 3 }));
  return path;
}

/** The bytes of pictures in the order of `indices`. */
function pictures(
  files: readonly string[],
  changes: Partial<PictureStreamSpec> & Pick<PictureStreamSpec, "view">,
  indices = files.map((_, index) => index),
  [key, first]: [number, number?] = [0],
): Uint8Array[] {
  const sizes = Int32Array.from(files, (file) => Deno.statSync(file).size);
  const stream = openPictures({ files, sizes, side: 12, batch: 4, folder, ...changes });
  try {
    stream.start(Int32Array.from(indices), key, first);
    return Array.from({ length: Math.ceil(indices.length / (changes.batch ?? 4)) }, () => stream.next());
  } finally {
    stream.close();
  }
}

function concatenated(arrays: readonly Uint8Array[]): number[] {
  return arrays.flatMap((array) => [...array]);
}

const pattern = written(
  "pattern.png",
  41,
  30,
  (x, y, c) => (x * 37 + y * 53 + c * 91 + (x * y * 7) % 61) % 256,
);
const middle = { kind: "middle", around: 16 } as const;
const whole = { kind: "random", area: [1, 1], ratio: [41 / 30, 41 / 30] } as const;

for (const interpolation of ["bilinear", "bicubic"] as const) {
  for (const [name, view] of [["middle", middle], ["whole", whole]] as const) {
    Deno.test(`openPictures() sees the ${name} as torchvision does, ${interpolation}`, () => {
      // torchvision 0.29 on the same picture: Resize(16) and CenterCrop(12); Resize((12, 12)).
      const expected = [...Uint8Array.fromBase64(reference[`${name} ${interpolation}`])];
      const [found] = pictures([pattern], { view, interpolation });
      assertEquals(found!.length, expected.length);
      const worst = Math.max(...expected.map((level, at) => Math.abs(level - found![at]!)));
      assert(worst <= 1, `a level is ${worst} away`);
    });
  }
}

Deno.test("openPictures() cuts rectangles of the sizes and places that torchvision cuts, and mirrors half", () => {
  // A picture of 200 × 150 that tells its places: x in red, y in green.
  const places = written("places.png", 200, 150, (x, y, c) => [x, y, 0][c]!);
  const count = 1000;
  const found = pictures(
    [places],
    { view: { kind: "random", mirror: true }, batch: count },
    new Array<number>(count).fill(0),
  )[0]!;
  const last = 11;
  const at = (picture: number, x: number, y: number, c: number) =>
    found[((picture * 12 + y) * 12 + x) * 3 + c]!;
  const cuts = Array.from({ length: count }, (_, picture) => {
    const [left, right] = [at(picture, 2, 5, 0), at(picture, last - 2, 5, 0)];
    const [top, bottom] = [at(picture, 5, 2, 1), at(picture, 5, last - 2, 1)];
    return {
      width: Math.abs(right - left) * 12 / 7,
      height: (bottom - top) * 12 / 7,
      centre: (left + right) / 2 + 0.5,
      mirrored: right < left,
    };
  });
  const mean = (of: (cut: typeof cuts[number]) => number) =>
    cuts.reduce((sum, cut) => sum + of(cut), 0) / count;
  // 200,000 draws of RandomResizedCrop.get_params: means and standard deviations.
  assertAlmostEquals(
    mean(({ width, height }) => width * height / 30000),
    0.4355,
    4 * 0.2177 / Math.sqrt(count),
  );
  assertAlmostEquals(
    mean(({ width, height }) => Math.log(width / height)),
    0.0308,
    4 * 0.1642 / Math.sqrt(count),
  );
  assertAlmostEquals(mean(({ centre }) => centre), 100, 4 * 30 / Math.sqrt(count));
  assertAlmostEquals(mean(({ mirrored }) => Number(mirrored)), 0.5, 4 * 0.5 / Math.sqrt(count));
});

const many = Array.from(
  { length: 7 },
  (_, i) => written(`${i}.png`, 20 + i, 30 - i, (x, y, c) => (9 * x + 5 * y + 40 * i + c) % 256),
);
const random = { kind: "random", mirror: true } as const;

Deno.test("openPictures() gives the same pictures however many are made at once", () => {
  const view = { view: random };
  const one = concatenated(pictures(many, { ...view, parallel: 1, ahead: 1 }));
  assertEquals(concatenated(pictures(many, { ...view, parallel: 4, batch: 3 })), one);
  assert(String(concatenated(pictures(many, view, undefined, [1]))) !== String(one));
});

Deno.test("openPictures() goes on from any place of an order", () => {
  const order = [6, 2, 0, 5, 3, 1, 4];
  const all = concatenated(pictures(many, { view: random }, order, [5]));
  const rest = concatenated(pictures(many, { view: random }, order.slice(3), [5, 3]));
  assertEquals(rest, all.slice(3 * 12 * 12 * 3));
});

Deno.test("openPictures() makes pictures of odd sides", () => {
  const [first, second] = pictures(many, { view: { kind: "middle", around: 9 }, side: 9, batch: 5 });
  assertEquals([first!.length, second!.length], [5 * 243, 2 * 243]);
});

Deno.test("openPictures() reads JPEG, and refuses what is cut short or not as long as it was", () => {
  const path = `${folder}/grey.jpg`;
  const { data } = encodeJpeg({ width: 32, height: 32, data: new Uint8Array(32 * 32 * 4).fill(100) }, 90);
  Deno.writeFileSync(path, data);
  assertEquals(pictures([path], { view: middle })[0]![0], 100);
  Deno.writeFileSync(path, data.subarray(0, data.length - 40));
  assertThrows(() => pictures([path], { view: middle }), GraphError);
  const stream = openPictures({
    ...{ files: [path], sizes: Int32Array.of(1), view: middle },
    ...{ side: 12, batch: 1, folder },
  });
  stream.start(Int32Array.of(0), 0);
  assertThrows(() => stream.next(), GraphError);
  stream.close();
});
