/**
 * What a compiled function was made for, and the refusal of anything else.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Tensor } from "./array.ts";
import { type Arrays, mapValues } from "./tensors.ts";

/** What is given to a program is not what it was made for: which input, what was expected and what came. */
export class InputError extends Schema.TaggedError<InputError>()("InputError", {
  message: Schema.String,
}) {}

/** The dtype of a scalar that changes from run to run. */
export type ScalarType = "float32" | "int32";

/** What comes in besides arrays, by name: `{ learningRate: "float32", step: "int32" }`. */
export type ScalarTypes = Readonly<Record<string, ScalarType>>;

/** Scalars as numbers, by name. */
export type Scalars = Readonly<Record<string, number>>;

/** Dtypes and shapes by name. */
export type Signature = Readonly<Record<string, Pick<Tensor, "dtype" | "shape">>>;

/** What arrays look like, without their elements. */
export function signatureOf(arrays: Arrays): Signature {
  return mapValues(arrays, ({ dtype, shape }) => ({ dtype, shape }));
}

/** Refuses arrays of other names, dtypes or shapes with an {@linkcode InputError}. */
export function checkArrays(arrays: Arrays, expected: Signature): void {
  checkNames(Object.keys(arrays), Object.keys(expected));
  for (const [name, { dtype, shape }] of Object.entries(expected)) {
    const array = arrays[name]!;
    if (array.dtype === dtype && array.shape.join() === shape.join()) continue;
    throw new InputError({
      message: `A compiled function was made for ${name} ${dtype} [${shape}] but got ${array.dtype} ` +
        `[${array.shape}]; give it that shape, or compile it again for the new one.`,
    });
  }
}

/** Refuses scalars of other names, and fractions where whole numbers belong, with an {@linkcode InputError}. */
export function checkScalars(scalars: Scalars, types: ScalarTypes): void {
  checkNames(Object.keys(scalars), Object.keys(types));
  for (const [name, type] of Object.entries(types)) {
    const value = scalars[name]!;
    if (type === "float32" || Number.isInteger(value) && Math.abs(value) <= 2 ** 31) continue;
    throw new InputError({ message: `The scalar ${name} is ${value}, which is not a 32-bit whole number.` });
  }
}

function checkNames(got: readonly string[], expected: readonly string[]): void {
  const missing = expected.filter((name) => !got.includes(name));
  const unknown = got.filter((name) => !expected.includes(name));
  if (missing.length === 0 && unknown.length === 0) return;
  throw new InputError({
    message: `A compiled function was made for ${expected.join(", ") || "no inputs"}; ` +
      [
        ...missing.length > 0 ? [`${missing.join(", ")} did not come`] : [],
        ...unknown.length > 0 ? [`${unknown.join(", ")} is not one of them`] : [],
      ].join(" and ") + ".",
  });
}
