/**
 * Soft tokens: vectors of the attacker's own in the place of embeddings, found by following the gradient through all
 * loops.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../../dag/running.ts";
import { ANSWER, CHANNEL } from "../../data/arithmetic.ts";
import { DataError } from "../../data/folder.ts";
import { normal } from "../../data/random.ts";
import type { ArithmeticModel, Embed } from "../../evaluate/arithmetic_decoding.ts";
import { answerTokens, scoreDigits } from "../../evaluate/arithmetic_scoring.ts";
import { abreast } from "../../evaluate/columns.ts";
import { firstRows } from "../../evaluate/examples.ts";
import type { Checkpoint } from "../../kinds/checkpoint.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import { loadNetwork } from "../../nn/checkpoint.ts";
import { Count } from "../../nn/config.ts";
import { embedTokens, loopedLanguage, placeEmbeddings } from "../../nn/looped_language.ts";
import { type Tensor, tensor } from "../../tensor/array.ts";
import { compile } from "../../tensor/compile.ts";
import { tf } from "../../tensor/native.ts";
import { prefixed, under } from "../../tensor/tensors.ts";
import { adamW } from "../../train/optimiser.ts";
import { initialState, parametersOf, trainingStep } from "../../train/step.ts";
import { questionsOf, targetsOf } from "./dataset.ts";
import { Goal } from "./goals.ts";

/** An attack with soft tokens. */
export const SoftTokens = Schema.Struct({
  /** What it wants. */
  goal: Goal,
  /** Vectors for each question, at the beginning of its channel. */
  vectors: Count,
  /** Steps of Adam. */
  steps: Count,
  /** Adam's learning rate. */
  learningRate: Schema.Finite.check(Schema.isGreaterThan(0)),
  /** The loops of the model that it is made for; it answers without passes of thinking. */
  loops: Count,
  /** How many questions are attacked: the first ones. */
  count: Count,
  /** The seed of the starting vectors. */
  seed: Schema.Int,
});

/** An attack with soft tokens. */
export type SoftTokens = typeof SoftTokens.Type;

/** Embeds texts with `vectors` [B, m, width] in the place of the first m tokens of the channel. */
export const embedWithVectors: Embed = (parameters, { tokens, vectors }) => {
  const embedded = embedTokens(parameters, tokens!);
  const [batch, length, width] = embedded.shape as [number, number, number];
  const after = CHANNEL + vectors!.shape[1]!;
  return placeEmbeddings(
    parameters,
    tf.concat([
      tf.slice(embedded, [0, 0, 0], [batch, CHANNEL, width]),
      vectors!,
      tf.slice(embedded, [0, after, 0], [batch, length - after, width]),
    ], 1),
  );
};

/**
 * Attacks questions with vectors in their channels, found by Adam on the loss of the attacker's answer. Each question has
 * vectors of its own, of any length.
 *
 * Needs TensorFlow to be loaded.
 *
 * @returns The questions with `vectors` float32 [n, m, width], `targets`, and `reached` uint8 [steps, n]: whether the model's
 * likeliest answer was the target before each step, and `losses` float32 [steps] in nats a question.
 */
export const attackWithSoftTokens = Effect.fnUntraced(function* (
  checkpoint: Checkpoint,
  data: Dataset,
  attack: SoftTokens,
): Effect.fn.Return<Dataset, unknown, Running> {
  const model = yield* Effect.try({
    try: () => loadNetwork(loopedLanguage, checkpoint),
    catch: (error) => error,
  });
  const questions = yield* questionsOf(data);
  const count = Math.min(attack.count, questions.sums.length);
  const sums = questions.sums.slice(0, count);
  const targets = targetsOf(sums, attack.goal);
  const prompts = firstRows(questions.prompts, count);
  if (prompts.shape[1]! <= CHANNEL + attack.vectors) {
    return yield* new DataError({
      message:
        `${attack.vectors} soft tokens do not fit the channel: give fewer, or the layout a longer slot.`,
    });
  }
  // Questions without a target keep their own sum as one: they are not counted, and do no harm in the batch.
  const aims = targets.map((target, row) => target < 0 ? sums[row]!.left + sums[row]!.right : target);
  const found = yield* descend(model, prompts, aims, attack);
  return {
    about: {
      ...data.about,
      attack: "soft tokens",
      goal: attack.goal,
      strength: attack.steps,
      loops: attack.loops,
    },
    tensors: {
      sums: firstRows(data.tensors.sums!, count),
      prompts,
      targets: tensor("int32", [count], targets),
      ...found,
    },
  };
});

/** Follows the gradient, all questions at once: they share nothing, so it is as if each had an Adam of its own. */
const descend = Effect.fnUntraced(function* (
  { config, parameters }: ArithmeticModel,
  prompts: Tensor,
  aims: Int32Array,
  { vectors: number, steps, learningRate, loops, seed }: SoftTokens,
): Effect.fn.Return<Readonly<Record<"vectors" | "reached" | "losses", Tensor>>, unknown, Running> {
  const { scratch, report } = yield* Running;
  const count = prompts.shape[0]!;
  const length = prompts.shape[1]! + ANSWER;
  const batch = { ...prefixed("model.", parameters), tokens: abreast(prompts, answerTokens(aims)) };
  const draws = normal({ seed, stream: "soft-tokens" }, count * number * config.width);
  const vectors = tensor("float32", [count, number, config.width], Float32Array.from(draws));
  const optimiser = adamW();
  const step = trainingStep({
    loss: ({ vectors }, batch) => {
      const model = under(batch, "model.");
      const read = { tokens: tf.slice(batch.tokens!, [0, 0], [count, length - 1]), vectors: vectors! };
      const digits = tf.slice(batch.tokens!, [0, length - ANSWER + 1], [count, ANSWER - 1]);
      const { told, best } = scoreDigits(model, embedWithVectors(model, read), digits, config, loops);
      const isLikeliest = tf.cast(tf.greaterEqual(told, best), "float32");
      return { loss: tf.neg(tf.sum(told)), statistics: { reached: tf.min(isLikeliest, 1) } };
    },
    optimiser,
  });
  const none = tensor("float32", [count], new Float32Array(count));
  return yield* Effect.acquireUseRelease(
    Effect.try({
      try: () =>
        compile(step, {
          state: initialState({ vectors }, optimiser, { statistics: { reached: none } }),
          batch,
          scalars: { learningRate: "float32", step: "int32" },
          folder: scratch,
        }),
      catch: (error) => error,
    }),
    (compiled) =>
      Effect.gen(function* () {
        const reached = new Uint8Array(steps * count);
        const losses = new Float32Array(steps);
        for (let step = 0; step < steps; step++) {
          const { loss } = compiled.run(batch, { learningRate, step });
          losses[step] = loss / count;
          reached.set(
            Uint8Array.from(parametersOf(compiled.read()).reached!.data as Float32Array),
            step * count,
          );
          report({ step: step + 1, total: steps, values: { loss: loss / count } });
          yield* Effect.yieldNow; // lets an interruption through
        }
        return {
          vectors: parametersOf(compiled.read()).vectors!,
          reached: tensor("uint8", [steps, count], reached),
          losses: tensor("float32", [steps], losses),
        };
      }),
    (compiled) => Effect.sync(() => compiled.dispose()),
  );
});
