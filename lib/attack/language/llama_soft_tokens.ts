/**
 * Soft tokens against a real language model: vectors behind a text, found by following the gradient through all of a Llama.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../../dag/running.ts";
import { normal } from "../../data/random.ts";
import { Count } from "../../nn/config.ts";
import { embedForLlama, type Llama, llamaLogits } from "../../nn/llama.ts";
import { tensor } from "../../tensor/array.ts";
import { type CompiledFunction, compileFunction } from "../../tensor/compile.ts";
import { tf } from "../../tensor/native.ts";
import { type Arrays, under } from "../../tensor/tensors.ts";
import { adamW } from "../../train/optimiser.ts";

/** An attack with soft tokens on a language model. */
export const LlamaSoftTokens = Schema.Struct({
  /** Vectors for each text. */
  vectors: Count,
  /** Steps of Adam. */
  steps: Count,
  /** Adam's learning rate: embeddings of SmolLM2 have a standard deviation of about 0.1. */
  learningRate: Schema.Finite.check(Schema.isGreaterThan(0)),
  /** How many texts are attacked: the first ones that the model labels rightly. */
  count: Count,
  /** The seed of the starting vectors. */
  seed: Schema.Int,
});

/** An attack with soft tokens on a language model. */
export type LlamaSoftTokens = typeof LlamaSoftTokens.Type;

/** What is attacked. */
export interface LlamaPrompt {
  /** Tokens before the vectors. */
  readonly before: ArrayLike<number>;
  /** Tokens behind them. */
  readonly after: ArrayLike<number>;
  /** The tokens that the model chooses between. */
  readonly choices: readonly number[];
  /** The place, among the choices, of the attacker's. */
  readonly target: number;
}

/** Standard deviation of the starting vectors. */
const START = 0.1;

/**
 * Attacks one prompt.
 *
 * Needs TensorFlow to be loaded.
 *
 * @returns The probability of the attacker's choice among the choices, before each step and after the last.
 */
export const attackLlama = Effect.fnUntraced(function* (
  llama: Llama,
  prompt: LlamaPrompt,
  attack: LlamaSoftTokens,
): Effect.fn.Return<readonly number[], unknown, Running> {
  const { scratch, report } = yield* Running;
  const { width } = llama.config;
  const draws = normal({ seed: attack.seed, stream: "llama-soft-tokens" }, attack.vectors * width);
  const vectors = tensor("float32", [1, attack.vectors, width], Float32Array.from(draws, (z) => START * z));
  const zeros = () => tensor("float32", [vectors.data.length], new Float32Array(vectors.data.length));
  const first: Arrays = { vectors, "adam.mean": zeros(), "adam.square": zeros() };
  return yield* Effect.acquireUseRelease(
    Effect.try({ try: () => compileStep(llama, prompt, first, scratch), catch: (error) => error }),
    (compiled) =>
      Effect.gen(function* () {
        const curve: number[] = [];
        let inputs = first;
        for (let step = 0; step <= attack.steps; step++) {
          const { probability, ...next } = compiled.run(inputs, { learningRate: attack.learningRate, step });
          curve.push(Number(probability!.data[0]));
          inputs = next;
          report({ step, total: attack.steps, values: { probability: curve.at(-1)! } });
          yield* Effect.yieldNow; // lets an interruption through
        }
        return curve;
      }),
    (compiled) => Effect.sync(() => compiled.dispose()),
  );
});

/** One step of Adam uphill in the log-probability of the attacker's choice. The model's values stay where they are. */
function compileStep(
  { config, parameters }: Llama,
  { before, after, choices, target }: LlamaPrompt,
  inputs: Arrays,
  folder: string,
): CompiledFunction {
  const optimiser = adamW();
  return compileFunction(
    (parameters, all, { learningRate, step }) => {
      const embed = (tokens: ArrayLike<number>) =>
        embedForLlama(parameters, tf.tensor2d(Int32Array.from(tokens), [1, tokens.length], "int32"));
      const [head, tail] = [embed(before), embed(after)];
      const logProbability = (vectors: TensorFlow.Tensor) => {
        const logits = llamaLogits(parameters, tf.concat([head, vectors, tail], 1), config);
        const chosen = tf.concat(choices.map((token) => tf.slice(logits, [0, token], [1, 1])), 1);
        return tf.reshape(tf.slice(tf.logSoftmax(chosen), [0, target], [1, 1]), []) as TensorFlow.Scalar;
      };
      const { value, grad } = tf.valueAndGrad(logProbability)(all.vectors!);
      const { parameters: moved, state } = optimiser.update({
        parameters: { vectors: all.vectors! },
        gradients: { vectors: tf.neg(grad) },
        state: under(all, "adam."),
        learningRate: learningRate!,
        step: step!,
      });
      return {
        vectors: moved.vectors!,
        "adam.mean": state.mean!,
        "adam.square": state.square!,
        probability: tf.exp(value),
      };
    },
    { parameters, inputs, scalars: { learningRate: "float32", step: "int32" }, folder },
  );
}
