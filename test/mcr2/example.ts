/** Numbers by formula, the same in numpy: `sin(a (i + 1)(j + 1) + 0.3 i) + 1.5 [j = i mod 3]`. */
import type { Matrix64 } from "../../lib/tensor/linalg64.ts";

export function byFormula(rows: number, columns: number, a: number): Matrix64 {
  const data = Float64Array.from({ length: rows * columns }, (_, index) => {
    const [i, j] = [Math.floor(index / columns), index % columns];
    return Math.sin(a * (i + 1) * (j + 1) + 0.3 * i) + (i % 3 === j ? 1.5 : 0);
  });
  return { rows, columns, data };
}
