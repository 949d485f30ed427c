/**
 * Columns of arrays whose rows are texts.
 *
 * @module
 */
import { type Tensor, tensor } from "../tensor/array.ts";

/** Rows of tokens, int32 [n, w], with zeros behind them: int32 [n, length]. */
export function widened({ shape, data }: Tensor, length: number): Tensor {
  const [rows, width] = shape as [number, number];
  const wide = new Int32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    wide.set((data as Int32Array).subarray(row * width, (row + 1) * width), row * length);
  }
  return tensor("int32", [rows, length], wide);
}

/** Some columns of int32 [n, w]: int32 [n, count], from the column `from` on. */
export function columns({ shape, data }: Tensor, from: number, count: number): Tensor {
  const [rows, width] = shape as [number, number];
  const taken = new Int32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    taken.set((data as Int32Array).subarray(row * width + from, row * width + from + count), row * count);
  }
  return tensor("int32", [rows, count], taken);
}

/** Arrays of one number of rows side by side: int32 [n, w₁ + w₂ + …]. */
export function abreast(...parts: readonly Tensor[]): Tensor {
  const rows = parts[0]!.shape[0]!;
  const width = parts.reduce((sum, { shape }) => sum + shape[1]!, 0);
  const wide = new Int32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    let place = row * width;
    for (const { shape, data } of parts) {
      wide.set((data as Int32Array).subarray(row * shape[1]!, (row + 1) * shape[1]!), place);
      place += shape[1]!;
    }
  }
  return tensor("int32", [rows, width], wide);
}
