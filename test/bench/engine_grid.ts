/**
 * A grid of light nodes, ten wide: node (l, i) adds up what nodes (l − 1, i) and (l − 1, i ^ 1) made.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { kind, many } from "../../lib/dag/kind.ts";
import type { Node } from "../../lib/dag/node.ts";
import { pipeline } from "../../lib/dag/pipeline.ts";
import { task } from "../../lib/dag/task.ts";

/** How many nodes a layer has. */
export const WIDTH = 10;

/** A number. */
const Count = kind<"count", number>("count", {
  encode: (value) => ({ "count.json": new TextEncoder().encode(JSON.stringify(value)) }),
  decode: (parts) => JSON.parse(new TextDecoder().decode(parts["count.json"])),
});

/** One node of the grid. `note` changes its key and not what it makes. */
export const mix = task({
  name: "mix",
  params: Schema.Struct({ layer: Schema.Int, index: Schema.Int, value: Schema.Int, note: Schema.String }),
  inputs: { from: many(Count) },
  output: Count,
  light: true,
  run: ({ params, inputs }) =>
    Effect.succeed(
      inputs.from.reduce((a, b) => (a + b) % 1_000_003, params.layer * WIDTH + params.index + params.value),
    ),
});

/** What is different in the first node. */
export interface Leaf {
  readonly value?: number;
  readonly note?: string;
}

/** The last layer of a grid of so many nodes. */
export function grid(count: number, { value = 0, note = "" }: Leaf = {}): readonly Node<typeof Count>[] {
  let layer: readonly Node<typeof Count>[] = [];
  for (let depth = 0; depth < count / WIDTH; depth++) {
    const before = layer;
    layer = Array.from({ length: WIDTH }, (_, index) => {
      const isFirst = depth === 0 && index === 0;
      const from = depth === 0 ? [] : [before[index]!, before[index ^ 1]!];
      return mix({ layer: depth, index, value: isFirst ? value : 0, note: isFirst ? note : "" }, { from });
    });
  }
  return layer;
}

/** The grid as a pipeline, for the command line. */
export const gridPipeline = pipeline({
  name: "grid",
  about: "A grid of light nodes, ten wide.",
  paper: { title: "On overhead" },
  presets: { smoke: 100, quick: 1000, laptop: 10_000, paper: 100_000 },
  build: ({ preset }) => ({ figures: [], claims: [], also: grid(preset) }),
});
