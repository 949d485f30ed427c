/** Forecasts that both this test and other programs can write down. */
import { type Forecasts, softmax } from "../../../lib/stats/calibration/forecasts.ts";

/** Scores 2 sin(1.7 i + 2.3 c + phase); of every five examples, the first three have the most probable class. */
export function madeUp(count: number, classes: number, phase: number): Forecasts {
  const rows = Array.from(
    { length: count },
    (_, i) => softmax(Array.from({ length: classes }, (_, c) => 2 * Math.sin(1.7 * i + 2.3 * c + phase))),
  );
  return {
    classes,
    probabilities: Float64Array.from(rows.flatMap((row) => [...row])),
    labels: Int32Array.from(rows, (row, i) => {
      const likely = row.indexOf(Math.max(...row));
      return i % 5 < 3 ? likely : (likely + 1) % classes;
    }),
  };
}
