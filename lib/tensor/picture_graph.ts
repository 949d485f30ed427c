/**
 * From a file to the picture that a network sees, as a TensorFlow function: read, decode, cut, resize.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { GraphFunction, Ref } from "./dataflow.ts";
import { type Arithmetic, arithmetic, type Interpolation } from "./picture_arithmetic.ts";

const Between = (minimum: number, maximum: number) =>
  Schema.Finite.check(Schema.isBetween({ minimum, maximum }));

/** What of a photograph a network sees. */
export const View = Schema.Union([
  Schema.Struct({
    /** The short side is scaled to `around` pixels, and the middle is cut out. */
    kind: Schema.Literal("middle"),
    /** The short side before the cut; at least the side of the picture. */
    around: Schema.Int.check(Schema.isGreaterThan(0)),
    /** Whether half of the pictures are mirrored. Default: none. */
    mirror: Schema.optionalKey(Schema.Boolean),
  }),
  Schema.Struct({
    /** A random rectangle is stretched to the square (Szegedy et al. 2015; torchvision's `RandomResizedCrop`). */
    kind: Schema.Literal("random"),
    /** The least and the greatest share of the photograph's area. Default 0.08 and 1. */
    area: Schema.optionalKey(Schema.Tuple([Between(0, 1), Between(0, 1)])),
    /** The least and the greatest ratio of width to height. Default 3/4 and 4/3. */
    ratio: Schema.optionalKey(Schema.Tuple([Between(0.01, 100), Between(0.01, 100)])),
    /** Whether half of the pictures are mirrored. Default: none. */
    mirror: Schema.optionalKey(Schema.Boolean),
  }),
]);

/** What of a photograph a network sees. */
export type View = typeof View.Type;

/** How many rectangles are drawn before the middle is taken, as in torchvision. */
const attempts = 10;

/**
 * The function from a place in the table of files to a picture: its bytes, row by row, as int32 [words].
 *
 * It takes `index` (which file), `place` (which picture of the epoch), `files` and `sizes` (the table) and `key` (the
 * epoch's), so that a picture is a function of the key and its place alone.
 */
export function pictureFunction(view: View, side: number, interpolation: Interpolation): GraphFunction {
  return {
    name: "picture",
    takes: { index: "int32", place: "int32", files: "string", sizes: "int32", key: "int32" },
    gives: "int32",
    body: (body, { index, place, files, sizes, key }) => {
      const g = arithmetic(body);
      const path = g.at(files!, index!, "string");
      const bytes = body.add("ReadFile", [path], {}, "contents");
      const asListed = body.add(
        "Equal",
        [
          body.add("StringLength", [bytes]),
          g.at(sizes!, index!, "int32"),
        ],
        { T: { type: "int32" } },
        "z",
      );
      const checked = body.add("Assert", [asListed, path], { T: { types: ["string"] } });
      const photograph = body.add("DecodeJpeg", [bytes, `^${checked}`], {
        channels: { int: 3 },
        dct_method: { string: "INTEGER_ACCURATE" },
      }, "image");
      const draws = body.add("StatelessRandomUniform", [
        g.ints([4, attempts]),
        g.pack([key!, place!], "int32"),
      ], {
        dtype: { type: "float32" },
        T: { type: "int32" },
        Tseed: { type: "int32" },
      });
      const size = body.add("Shape", [photograph], { T: { type: "uint8" }, out_type: { type: "int32" } });
      const height = g.toFloat(g.at(size, g.int(0), "int32"));
      const width = g.toFloat(g.at(size, g.int(1), "int32"));
      const square = view.kind === "middle"
        ? middle(g, photograph, { height, width }, view.around, side, interpolation)
        : random(g, photograph, { height, width }, view, draws, side, interpolation);
      const rounded = g.round(g.max(g.min(square, g.float(255)), g.float(0)));
      const picture = body.add(
        "Cast",
        [rounded],
        { SrcT: { type: "float32" }, DstT: { type: "uint8" } },
        "y",
      );
      if (view.mirror !== true) return g.words(picture, side);
      const mirrored = body.add("ReverseV2", [picture, g.ints([1])], {
        T: { type: "uint8" },
        Tidx: { type: "int32" },
      });
      // The last of the ten places that are drawn serves a rectangle only where the nine before it failed.
      const coin = g.less(
        g.at(g.at(draws, g.int(3), "float32"), g.int(attempts - 1), "float32"),
        g.float(0.5),
      );
      return g.words(body.add("SelectV2", [coin, mirrored, picture], { T: { type: "uint8" } }), side);
    },
  };
}

interface Size {
  readonly height: Ref;
  readonly width: Ref;
}

/** torchvision's `Resize(around)` and `CenterCrop(side)`, in one resampling. */
function middle(
  g: Arithmetic,
  photograph: Ref,
  { height, width }: Size,
  around: number,
  side: number,
  interpolation: Interpolation,
): Ref {
  const short = g.min(height, width);
  const scaled = (length: Ref) => g.floor(g.div(g.mul(g.float(around), length), short));
  const offset = (length: Ref) => g.round(g.div(g.sub(scaled(length), g.float(side)), g.float(2)));
  const scale = g.pack([g.div(scaled(height), height), g.div(scaled(width), width)], "float32");
  const translation = g.neg(g.pack([offset(height), offset(width)], "float32"));
  return g.resample(photograph, scale, translation, side, interpolation);
}

/** torchvision's `RandomResizedCrop`: the first of ten drawn rectangles that fits, or else the middle. */
function random(
  g: Arithmetic,
  photograph: Ref,
  { height, width }: Size,
  view: View & { readonly kind: "random" },
  draws: Ref,
  side: number,
  interpolation: Interpolation,
): Ref {
  const { area: [least, greatest] = [0.08, 1], ratio: [narrow, wide] = [3 / 4, 4 / 3] } = view;
  const [areaDraw, ratioDraw, topDraw, leftDraw] = [0, 1, 2, 3].map((row) =>
    g.at(draws, g.int(row), "float32")
  ) as [Ref, Ref, Ref, Ref];
  const area = g.mul(
    g.mul(height, width),
    g.add(g.mul(areaDraw, g.float(greatest - least)), g.float(least)),
  );
  const ratio = g.exp(
    g.add(g.mul(ratioDraw, g.float(Math.log(wide) - Math.log(narrow))), g.float(Math.log(narrow))),
  );
  const cutWidth = g.round(g.sqrt(g.mul(area, ratio)));
  const cutHeight = g.round(g.sqrt(g.div(area, ratio)));
  const fits = g.both(g.lessEqual(cutWidth, width), g.lessEqual(cutHeight, height));

  // Where none fits: as much of the middle as has an allowed ratio.
  const wholeHeight = g.min(height, g.round(g.div(width, g.float(narrow))));
  const wholeWidth = g.min(width, g.round(g.mul(height, g.float(wide))));
  const one = (value: Ref) => g.pack([value], "float32");
  const first = g.firstTrue(g.append(fits, g.truth));
  const choose = (drawn: Ref, whole: Ref) => g.at(g.concat([drawn, one(whole)], "float32"), first, "float32");
  const chosenHeight = choose(cutHeight, wholeHeight);
  const chosenWidth = choose(cutWidth, wholeWidth);
  const half = g.float(0.5);
  const place = (draw: Ref, length: Ref, cut: Ref) => {
    const room = g.sub(length, cut);
    const fallen = g.at(g.concat([draw, one(half)], "float32"), first, "float32");
    // 0 to `room`, each as likely; the middle is ⌊room / 2⌋.
    const drawn = g.min(g.floor(g.mul(fallen, g.add(room, g.float(1)))), room);
    return g.select(g.less(first, g.int(attempts), "int32"), drawn, g.floor(g.mul(room, half)));
  };
  const begin = g.pack([
    g.toInt(place(topDraw, height, chosenHeight)),
    g.toInt(place(leftDraw, width, chosenWidth)),
    g.int(0),
  ], "int32");
  const extent = g.pack([g.toInt(chosenHeight), g.toInt(chosenWidth), g.int(3)], "int32");
  const cut = g.slice(photograph, begin, extent);
  const scale = g.pack([
    g.div(g.float(side), chosenHeight),
    g.div(g.float(side), chosenWidth),
  ], "float32");
  return g.resample(cut, scale, g.floats([0, 0]), side, interpolation);
}
