/**
 * Demonstrations: examples that are shown before a question.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { DataError } from "../../data/folder.ts";
import { permutation } from "../../data/random.ts";
import { type Example, textsDataset, textsOf } from "../../data/texts/labelled.ts";
import type { Dataset } from "../../kinds/dataset.ts";

/** Which demonstrations are drawn. */
export interface Draw {
  /** How many. */
  readonly shots: number;
  /** Whether every class that there is comes equally often, or once more; else it is left to chance. */
  readonly balanced: boolean;
  /** The seed of the draw. */
  readonly seed: number;
}

/**
 * Draws demonstrations uniformly, without replacement. For one seed those of fewer shots are the first of those of more.
 */
export function drawDemonstrations(data: Dataset, draw: Draw): Effect.Effect<Dataset, DataError> {
  return Effect.gen(function* () {
    const { classes, examples } = yield* textsOf(data);
    const order = permutation({ seed: draw.seed, stream: "demonstrations" }, examples.length);
    const shuffled = Array.from(order, (place) => examples[place]!);
    const drawn = (draw.balanced ? inTurns(shuffled) : shuffled).slice(0, draw.shots);
    if (drawn.length < draw.shots) {
      return yield* new DataError({
        message: `${data.about.name} has only ${drawn.length} examples to show; ${draw.shots} are wanted.`,
      });
    }
    return textsDataset({ ...data.about, split: "demonstrations", classes }, drawn);
  });
}

/** Examples of each class in turns, the classes in the order in which they first come. */
function inTurns(examples: readonly Example[]): readonly Example[] {
  const order = [...new Set(examples.map(({ label }) => label))];
  const groups = order.map((label) => examples.filter((example) => example.label === label));
  const rounds = Math.min(...groups.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => groups.map((group) => group[round]!)).flat();
}
