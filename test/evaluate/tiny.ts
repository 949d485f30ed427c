/** Small models and data, and a running node's surroundings, for tests of what is done with models. */
import * as Effect from "effect/Effect";
import { Running } from "../../lib/dag/running.ts";
import { integers, uniform } from "../../lib/data/random.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import type { LanguageConfig } from "../../lib/nn/language.ts";
import type { TostConfig } from "../../lib/nn/tost.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** A ToST of two layers for images of 8 × 8 grey pixels and three classes. */
export const tinyTost: TostConfig = {
  ...{ side: 8, channels: 1, patch: 4, stem: "linear", width: 8, depth: 2, heads: 2 },
  ...{ classBlocks: 1, layerScale: 1, classes: 3, form: "code" },
};

/** A language model of two layers that knows five tokens. */
export const tinyLanguage: LanguageConfig = {
  ...{ vocabulary: 5, context: 12, width: 8, depth: 2, heads: 2, layerScale: 1 },
};

/** Random images with random labels. */
export function randomImages(count: number): Dataset {
  const pixels = Uint8Array.from(uniform({ seed: 1, stream: "pixels" }, count * 64), (u) => 256 * u);
  return {
    about: { name: "noise", split: "test", classes: ["a", "b", "c"] },
    tensors: {
      images: tensor("uint8", [count, 8, 8, 1], pixels),
      labels: tensor("int32", [count], integers({ seed: 1, stream: "labels" }, count, 3)),
    },
  };
}

/** Random tokens. */
export function randomText(length: number): Dataset {
  return {
    about: { name: "babble", split: "validation", vocabulary: ["a", "b", "c", "d", "e"] },
    tensors: { tokens: tensor("int32", [length], integers({ seed: 2, stream: "tokens" }, length, 5)) },
  };
}

/** Runs an effect as a node would, in a scratch folder of its own. */
export async function runAlone<A, E>(effect: Effect.Effect<A, E, Running>): Promise<A> {
  const scratch = await Deno.makeTempDir();
  const running = { report: () => {}, log: () => {}, scratch, env: {}, prepared: {} };
  try {
    return await Effect.runPromise(Effect.provideService(effect, Running, running));
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}
