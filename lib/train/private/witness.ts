/**
 * Watching the layers of a network at work: what each one got, and what arrives at its result in a gradient.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import type { Layers } from "../../nn/layers.ts";
import { plainLayers } from "../../nn/layers.ts";
import { inside, parameter, type Parameters } from "../../nn/parameters.ts";
import { addBias } from "../../tensor/linear.ts";
import { tf } from "../../tensor/native.ts";
import { multiplyRows, normalised } from "../../tensor/norm.ts";
import { rawOp } from "../../tensor/raw_op.ts";

/** A layer at work, with what the gradients of its parameters take besides what arrives at its result. */
export type Use =
  | {
    readonly kind: "linear";
    /** The name under which its parameters stand. */
    readonly name: string;
    /** What it was applied to, [B, …, inputs]. */
    readonly input: TensorFlow.Tensor;
    /** Whether it has a bias. */
    readonly bias: boolean;
  }
  | {
    readonly kind: "norm";
    readonly name: string;
    /** What gain and bias were applied to, [B, …, d]. */
    readonly input: TensorFlow.Tensor;
    readonly bias: boolean;
  }
  | {
    readonly kind: "embedding";
    readonly name: string;
    /** The rows that were looked up, int32 [B, T]. */
    readonly input: TensorFlow.Tensor;
    /** Rows of the table. */
    readonly rows: number;
  };

/** A network uses its parameters in a way that per-example gradients cannot be told of. */
export class WitnessError extends Schema.TaggedError<WitnessError>()("WitnessError", {
  message: Schema.String,
}) {}

/** What was seen of a forward pass: each layer, and the shape of its result. */
export interface Seen {
  /** The layer. */
  readonly use: Use;
  /** The shape of its result. */
  readonly shape: readonly number[];
}

/**
 * Layers that note what they get, and let taps into their results: zeros whose gradient is what arrives there.
 *
 * @param parameters The network's parameters.
 * @param seen Where to note each layer, in the order of use.
 * @param taps A zero for each layer's result, in that order; none to learn their shapes.
 */
export function watchedLayers(
  parameters: Parameters,
  seen: Seen[],
  taps?: readonly TensorFlow.Tensor[],
): Layers {
  const plain = plainLayers(parameters);
  const note = (use: Use, result: TensorFlow.Tensor) => {
    if (seen.some((other) => other.use.name === use.name)) {
      throw new WitnessError({
        message:
          `The layer ${use.name} is used twice in one pass: the gradients of its uses would have to be ` +
          "added before they are clipped. Give each use parameters of its own.",
      });
    }
    seen.push({ use, shape: result.shape });
    const zero = taps?.[seen.length - 1];
    return zero === undefined ? result : tapped(result, zero);
  };
  return {
    linear: (name, x) => {
      const bias = inside(parameters, name).bias !== undefined;
      return note({ kind: "linear", name, input: x, bias }, plain.linear(name, x));
    },
    norm: (name, x, epsilon) => {
      const { bias } = inside(parameters, name);
      const input = normalised(x, epsilon);
      const scaled = multiplyRows(input, parameter(parameters, `${name}.gain`));
      const use = { kind: "norm", name, input, bias: bias !== undefined } as const;
      return note(use, bias === undefined ? scaled : addBias(scaled, bias));
    },
    embedding: (name, tokens) => {
      const rows = parameter(parameters, `${name}.weight`).shape[0]!;
      return note({ kind: "embedding", name, input: tokens, rows }, plain.embedding(name, tokens));
    },
  };
}

/** x itself. What arrives at it in a gradient also arrives at the zero. */
function tapped(x: TensorFlow.Tensor, zero: TensorFlow.Tensor): TensorFlow.Tensor {
  const operation = tf.customGrad((x) => ({
    value: rawOp("Identity", [x as TensorFlow.Tensor]),
    gradFunc: (arriving: TensorFlow.Tensor) => [arriving, arriving],
  }));
  return operation(x, zero);
}
