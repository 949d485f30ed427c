/**
 * From a file to the picture that a network sees, as a TensorFlow function: read, decode, cut, resize.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Body, dataType, GraphFunction, Ref } from "./dataflow.ts";

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

/** How pixels in between are computed; both look at more of them where the picture shrinks, as Pillow does. */
export const Interpolation = Schema.Literals(["bilinear", "bicubic"]);

/** How pixels in between are computed. */
export type Interpolation = typeof Interpolation.Type;

/** How many rectangles are drawn before the middle is taken, as in torchvision. */
const attempts = 10;

/** How many whole numbers of four bytes the bytes of a picture fill: TensorFlow.js's addon reads no bytes. */
export function wordsOf(side: number): number {
  return Math.ceil(side * side * 3 / 4);
}

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
      // The draws of the last attempt's place are used by rectangles only where all the others failed.
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

type Arithmetic = ReturnType<typeof arithmetic>;

/** The operations that the functions above are written in. */
function arithmetic(body: Body) {
  type Type = keyof typeof dataType;
  const constant = (dtype: "float32" | "int32" | "bool", value: number | readonly number[]) =>
    body.add("Const", [], { dtype: { type: dtype }, value: { constant: { dtype, value } } });
  const binary = (operation: string) => (a: Ref, b: Ref, T: Type = "float32") =>
    body.add(operation, [a, b], { T: { type: T } }, "z");
  const unary = (operation: string) => (a: Ref) => body.add(operation, [a], { T: { type: "float32" } }, "y");
  const cast = (SrcT: Type, DstT: Type) => (a: Ref) =>
    body.add("Cast", [a], { SrcT: { type: SrcT }, DstT: { type: DstT } }, "y");
  const int = (value: number) => constant("int32", value);
  const concat = (values: readonly Ref[], T: Type) =>
    body.add("ConcatV2", [...values, int(0)], {
      N: { int: values.length },
      T: { type: T },
      Tidx: { type: "int32" },
    });
  const pack = (values: readonly Ref[], T: Type) =>
    body.add("Pack", values, { N: { int: values.length }, T: { type: T }, axis: { int: 0 } });
  return {
    int,
    ints: (values: readonly number[]) => constant("int32", values),
    float: (value: number) => constant("float32", value),
    floats: (values: readonly number[]) => constant("float32", values),
    truth: constant("bool", 1),
    add: binary("AddV2"),
    sub: binary("Sub"),
    mul: binary("Mul"),
    div: binary("RealDiv"),
    min: binary("Minimum"),
    max: binary("Maximum"),
    less: binary("Less"),
    lessEqual: binary("LessEqual"),
    both: (a: Ref, b: Ref) => body.add("LogicalAnd", [a, b], {}, "z"),
    exp: unary("Exp"),
    sqrt: unary("Sqrt"),
    neg: unary("Neg"),
    /** Halves go to the even neighbour, as in Python. */
    round: unary("Rint"),
    floor: unary("Floor"),
    toFloat: cast("int32", "float32"),
    toInt: cast("float32", "int32"),
    concat,
    pack,
    append: (values: Ref, value: Ref) => concat([values, pack([value], "bool")], "bool"),
    /** An element of a vector, or a row of a matrix. */
    at: (values: Ref, index: Ref, T: Type) =>
      body.add("GatherV2", [values, index, int(0)], {
        Tparams: { type: T },
        Tindices: { type: "int32" },
        Taxis: { type: "int32" },
        batch_dims: { int: 0 },
      }),
    select: (condition: Ref, a: Ref, b: Ref) =>
      body.add("SelectV2", [condition, a, b], { T: { type: "float32" } }),
    firstTrue: (values: Ref) =>
      body.add("ArgMax", [cast("bool", "float32")(values), int(0)], {
        T: { type: "float32" },
        Tidx: { type: "int32" },
        output_type: { type: "int32" },
      }),
    slice: (image: Ref, begin: Ref, extent: Ref) =>
      body.add("Slice", [image, begin, extent], { T: { type: "uint8" }, Index: { type: "int32" } }),
    /** A picture's bytes, four by four as int32 [words]; what is missing of the last one are zeros. */
    words: (picture: Ref, side: number) => {
      const flat = body.add("Reshape", [picture, constant("int32", [-1])], {
        T: { type: "uint8" },
        Tshape: { type: "int32" },
      });
      const missing = 4 * wordsOf(side) - side * side * 3;
      const padded = missing === 0 ? flat : body.add("Pad", [
        flat,
        body.add("Reshape", [constant("int32", [0, missing]), constant("int32", [1, 2])], {
          T: { type: "int32" },
          Tshape: { type: "int32" },
        }),
      ], { T: { type: "uint8" }, Tpaddings: { type: "int32" } });
      const fours = body.add("Reshape", [padded, constant("int32", [-1, 4])], {
        T: { type: "uint8" },
        Tshape: { type: "int32" },
      });
      return body.add("Bitcast", [fours], { T: { type: "uint8" }, type: { type: "int32" } });
    },
    /** Scales and moves an image, and cuts `side` × `side` pixels out: float32 [side, side, 3]. */
    resample: (image: Ref, scale: Ref, translation: Ref, side: number, interpolation: Interpolation) => {
      const batch = body.add("ExpandDims", [image, int(0)], {
        T: { type: "uint8" },
        Tdim: { type: "int32" },
      });
      const scaled = body.add("ScaleAndTranslate", [
        batch,
        constant("int32", [side, side]),
        scale,
        translation,
      ], {
        T: { type: "uint8" },
        kernel_type: { string: interpolation === "bilinear" ? "triangle" : "keyscubic" },
        antialias: { bool: true },
      }, "resized_images");
      return body.add("Squeeze", [scaled], { T: { type: "float32" }, squeeze_dims: { ints: [0] } });
    },
  };
}
