import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as Schema from "effect/Schema";
import { ParameterError } from "../../lib/dag/errors.ts";
import { measureScaling } from "../../lib/evaluate/attention_cost.ts";
import { costOf, Scaling, timeRatio } from "../../lib/evaluate/scaling.ts";
import { attentionScaling } from "../../tasks/evaluate/attention_scaling.ts";
import "../nn/tensorflow.ts";
import { runAlone } from "./tiny.ts";

const timing = {
  tokens: [64, 128, 256],
  compareAt: 256,
  heads: 2,
  width: 16,
  layers: 2,
  rounds: 2,
  atLeast: 0,
};

Deno.test("costOf() finds the power of a power law, over the three largest sizes alone", () => {
  const tokens = [1, 100, 200, 400];
  const seconds = tokens.map((n) => n === 1 ? 5 : 1e-6 * n ** 2);
  const cost = costOf(tokens, seconds.map((s) => [s, s, s]), tokens.map((n) => 8 * n));
  assertAlmostEquals(cost.timeSlope.value, 2, 1e-9);
  assertAlmostEquals(cost.memorySlope.value, 1, 1e-9);
  assertEquals(cost.timeSlope.n, 9);
});

Deno.test("timeRatio() is the geometric mean over rounds", () => {
  const { value, low, high } = timeRatio([2, 8], [1, 1]);
  assertAlmostEquals(value, 4, 1e-12);
  // ln 4 ± t(0.975, 1) · ln 2: t is 12.706204736.
  assertAlmostEquals(Math.log(high), Math.log(4) + 12.706204736 * Math.LN2, 1e-6);
  assertAlmostEquals(low * high, 16, 1e-6);
});

Deno.test("measureScaling() measures both operators at every size", async () => {
  const found = await runAlone(measureScaling(timing));
  assertEquals(Schema.decodeUnknownSync(Scaling)(JSON.parse(JSON.stringify(found))), found);
  assertEquals(found.tssa.rounds.map((rounds) => rounds.length), [2, 2, 2]);
  // Softmax attention holds at least the attention of n × n in each head, and no more than three times that.
  found.softmax.bytes.forEach((bytes, index) => {
    const attention = 4 * 2 * timing.tokens[index]! ** 2;
    assert(bytes >= attention && bytes <= 3 * attention, `${bytes} bytes where attention takes ${attention}`);
  });
  assert(found.tssa.memorySlope.value < 1.1);
});

Deno.test("attentionScaling() refuses to compare at a size that is not timed", () => {
  assertThrows(
    () => attentionScaling({ ...timing, compareAt: 100 }, {}),
    ParameterError,
    "compareAt: Expected one of the numbers of tokens, 64, 128, 256",
  );
});

Deno.test("measureScaling() measures softmax attention only as far as it is told to", async () => {
  const found = await runAlone(measureScaling({ ...timing, tokens: [64, 128, 256, 512], softmaxUpTo: 256 }));
  assertEquals([found.tssa.bytes.length, found.softmax.bytes.length], [4, 3]);
  assertThrows(
    () => attentionScaling({ ...timing, softmaxUpTo: 128 }, {}),
    ParameterError,
    "softmaxUpTo: Expected at least three of the numbers of tokens, 64, 128, 256",
  );
});
