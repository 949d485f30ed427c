/**
 * The operations in which functions on pictures are written: TensorFlow's, with the types that graphs want spelled out.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Body, dataType, Ref } from "./dataflow.ts";

/** How pixels in between are computed; both look at more of them where the picture shrinks, as Pillow does. */
export const Interpolation = Schema.Literals(["bilinear", "bicubic"]);

/** How pixels in between are computed. */
export type Interpolation = typeof Interpolation.Type;

/** How many whole numbers of four bytes the bytes of a picture fill: TensorFlow.js's addon reads no bytes. */
export function wordsOf(side: number): number {
  return Math.ceil(side * side * 3 / 4);
}

/** The operations that {@linkcode arithmetic} gives. */
export type Arithmetic = ReturnType<typeof arithmetic>;

/** The operations on a body under construction: numbers, vectors of them, and pictures. */
export function arithmetic(body: Body) {
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
