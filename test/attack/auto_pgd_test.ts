import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { autoPgd, checkpointsOf, type Oracle } from "../../lib/attack/auto_pgd.ts";
import { ballAround, pointIn, squareIn } from "../../lib/attack/box.ts";

/** One pixel, a loss of it and the derivative, and where it counts as misclassified. */
function onePixel(
  loss: (x: number) => number,
  slope: (x: number) => number,
  wrong = (_x: number) => false,
): Oracle {
  return (images) => ({
    losses: Array.from(images, loss),
    gradients: images.map(slope),
    wrong: Array.from(images, (x) => wrong(x) ? 1 : 0),
  });
}

Deno.test("checkpointsOf() are those of the paper, and all within the steps", () => {
  // p = 0.22, then 0.19, 0.16, 0.13, 0.10, 0.07, 0.06, 0.06 more.
  assertEquals(checkpointsOf(100), [22, 41, 57, 70, 80, 87, 93, 99]);
  assert(checkpointsOf(3).every((step) => step >= 1 && step <= 3));
});

Deno.test("Auto-PGD halves its steps until it stands on the peak, where a fixed step would jump over it", () => {
  const oracle = onePixel((x) => -((x - 0.4321) ** 2), (x) => -2 * (x - 0.4321));
  const box = ballAround(Float32Array.of(0.4), 51);
  const [x] = autoPgd(oracle, [box], Float32Array.of(0.25), 200);
  assertAlmostEquals(x!, 0.4321, 0.01);
});

Deno.test("Auto-PGD keeps the first misclassified point, though the loss is greater elsewhere", () => {
  const oracle = onePixel((x) => x, () => 1, (x) => x > 0.55 && x < 0.65);
  const box = ballAround(Float32Array.of(0.5), 25.5);
  // The first step is as long as the ball is wide: from 0.4 straight to its far end, which is misclassified.
  const [x] = autoPgd(oracle, [box], Float32Array.of(0.4), 5);
  assertAlmostEquals(x!, 0.6, 1e-6);
});

Deno.test("images climb by themselves: together they end where each would alone", () => {
  const centres = [0.3, 0.5, 0.62];
  const together: Oracle = (images) => ({
    losses: Array.from(images, (x, at) => -Math.abs(x - centres[at]!)),
    gradients: images.map((x, at) => -Math.sign(x - centres[at]!)),
    wrong: [0, 0, 0],
  });
  const boxes = centres.map(() => ballAround(Float32Array.of(0.5), 51));
  const all = autoPgd(together, boxes, Float32Array.of(0.4, 0.45, 0.5), 40);
  centres.forEach((centre, at) => {
    const alone = onePixel((x) => -Math.abs(x - centre), (x) => -Math.sign(x - centre));
    assertEquals(autoPgd(alone, [boxes[at]!], Float32Array.of([0.4, 0.45, 0.5][at]!), 40)[0], all[at]);
  });
});

Deno.test("a start uphill of a lesser peak is stuck there; one of several restarts is not", () => {
  // A hill at 0.3, a valley at 0.5, and beyond it the point that is misclassified.
  const loss = (x: number) => x < 0.5 ? -Math.abs(x - 0.3) : 5 * (x - 0.54);
  const slope = (x: number) => x < 0.5 ? -Math.sign(x - 0.3) : 5;
  const oracle = onePixel(loss, slope, (x) => x > 0.58);
  const box = { ...ballAround(Float32Array.of(0.45), 38.25), radius: 0.05 };
  const breaks = (start: number) => autoPgd(oracle, [box], Float32Array.of(start), 30)[0]! > 0.58;
  assertEquals(breaks(0.31), false);
  const starts = [0, 1, 2, 3, 4, 5, 6, 7].map((step) => pointIn(box, { seed: 0, stream: "start", step })[0]!);
  assertEquals(starts.some(breaks), true);
});

Deno.test("ballAround() and squareIn() leave what they must, and pointIn() stays inside", () => {
  const image = Float32Array.from({ length: 5 * 4 * 2 }, (_, at) => at / 40);
  const ball = ballAround(image, 51);
  assertEquals([ball.low[0], ball.high[39]], [0, 1]);
  const square = squareIn(image, [5, 4, 2], 3, { seed: 1, stream: "place" });
  const free = Array.from(image, (_, at) => square.high[at] === 1 && square.low[at] === 0 ? 1 : 0);
  assertEquals(free.filter((one) => one === 1).length, 3 * 3 * 2);
  image.forEach((pixel, at) => {
    if (free[at] === 0) assertEquals([square.low[at], square.high[at]], [pixel, pixel]);
  });
  for (const box of [ball, square]) {
    const point = pointIn(box, { seed: 2, stream: "start" });
    assert(point.every((pixel, at) => pixel >= box.low[at]! && pixel <= box.high[at]!));
  }
});
