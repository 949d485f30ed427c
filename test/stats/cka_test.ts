import { assert, assertAlmostEquals } from "@std/assert";
import { centred, linearCka } from "../../lib/stats/cka.ts";
import type { Matrix64 } from "../../lib/tensor/linalg64.ts";

const matrix = (rows: number, columns: number, value: (index: number) => number): Matrix64 => ({
  rows,
  columns,
  data: Float64Array.from({ length: rows * columns }, (_, index) => value(index)),
});

// numpy: x = sin(1 + arange(60)).reshape(20, 3), y = cos(arange(80) ** 1.3).reshape(20, 4), both centred by column;
// ‖xᵀy‖² / (‖xᵀx‖ ‖yᵀy‖).
Deno.test("linearCka() is what numpy computes", () => {
  const x = centred(matrix(20, 3, (index) => Math.sin(1 + index)));
  const y = centred(matrix(20, 4, (index) => Math.cos(index ** 1.3)));
  assertAlmostEquals(linearCka(x, y), 0.13123790979761393, 1e-12);
  assertAlmostEquals(linearCka(y, x), 0.13123790979761393, 1e-12);
});

Deno.test("linearCka() does not see scale and shift, and is 1 for what is alike", () => {
  const x = matrix(20, 3, (index) => Math.sin(1 + index));
  const moved = matrix(20, 3, (index) => 5 - 3 * Math.sin(1 + index));
  assertAlmostEquals(linearCka(centred(x), centred(moved)), 1, 1e-12);
});

Deno.test("linearCka() of what does not vary is 0", () => {
  const x = centred(matrix(20, 3, (index) => Math.sin(1 + index)));
  assert(linearCka(x, centred(matrix(20, 2, () => 7))) === 0);
});
