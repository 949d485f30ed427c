/**
 * Optimisers as plain functions over named trees of tensors.
 *
 * They compute with all parameters as one vector, and so is their state: see `flat.ts`. Everything that changes from step to step (the learning rate, the number of the step) comes in as a tensor, so that a
 * compiled step can use them: see `lib/tensor/compile.ts`.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import type { Tensors } from "../tensor/tensors.ts";
import { flatten, layoutOf, unflatten } from "./flat.ts";

/** What one update works on. */
export interface Update {
  /** The parameters before the update. */
  readonly parameters: Tensors;
  /** Their gradients, one for each and by the same names. */
  readonly gradients: Tensors;
  /** The optimiser's state before the update. */
  readonly state: Tensors;
  /** The learning rate, a float32 scalar. */
  readonly learningRate: TensorFlow.Tensor;
  /** How many updates came before, an int32 scalar: 0 at the first. */
  readonly step: TensorFlow.Tensor;
}

/** Parameters and the optimiser's state after an update. */
export interface Updated {
  /** The parameters, by name. */
  readonly parameters: Tensors;
  /** The optimiser's state, by name. */
  readonly state: Tensors;
}

/** A rule that moves parameters along their gradients. */
export interface Optimiser {
  /** The state before the first update. */
  init(parameters: Tensors): Tensors;
  /** The parameters and the state after one update. */
  update(work: Update): Updated;
}

/** Which parameters weight decay touches, and how strongly. */
export interface WeightDecay {
  /** The decay λ: each update multiplies a parameter by 1 − learning rate · λ, apart from its gradient. Default 0. */
  readonly weightDecay?: number;
  /** Whether a parameter decays. Default: {@linkcode isMatrix}. */
  readonly decays?: (name: string, parameter: TensorFlow.Tensor) => boolean;
}

/** The usual choice of what decays: weights of two or more axes do; biases, gains and scales do not. */
export function isMatrix(_name: string, parameter: TensorFlow.Tensor): boolean {
  return parameter.rank >= 2;
}

/** The settings of {@linkcode adamW}. */
export interface AdamWOptions extends WeightDecay {
  /** The decay β₁ of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** The decay β₂ of the mean of squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** ε, added to the root of the mean of squares. Default 1e-8. */
  readonly epsilon?: number;
}

/**
 * AdamW: Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2), as PyTorch computes it.
 *
 * With `g` the gradient and `t` = step + 1: `m ← β₁m + (1−β₁)g`, `v ← β₂v + (1−β₂)g²`,
 * `p ← p(1 − ηλ) − η · m/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε)`.
 *
 * @example Usage
 * ```ts
 * import * as Effect from "effect/Effect";
 * import { installTensorFlow } from "../tensor/native/install.ts";
 * import { loadTensorFlow, tf } from "../tensor/native.ts";
 * import { adamW } from "./optimiser.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await loadTensorFlow(await Effect.runPromise(installTensorFlow(() => {})));
 *
 * // The first update moves each element by the learning rate against its gradient's sign, whatever its size.
 * const optimiser = adamW();
 * const parameters = { w: tf.tensor1d([1, 1]) };
 * const { parameters: next } = optimiser.update({
 *   parameters,
 *   gradients: { w: tf.tensor1d([100, -0.1]) },
 *   state: optimiser.init(parameters),
 *   learningRate: tf.scalar(0.01),
 *   step: tf.scalar(0, "int32"),
 * });
 * const [first, second] = next.w!.dataSync();
 * assertAlmostEquals(first!, 0.99, 1e-6);
 * assertAlmostEquals(second!, 1.01, 1e-6);
 * ```
 */
export function adamW(options: AdamWOptions = {}): Optimiser {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  return {
    init: (parameters) => ({ mean: zeros(parameters), square: zeros(parameters) }),
    update: (work) =>
      updateFlat(work, options, (gradient, { learningRate, state, step }) => {
        const t = tf.add(step.cast("float32"), 1);
        const mean = moved(state.mean!, gradient, beta1);
        const square = moved(state.square!, tf.square(gradient), beta2);
        const size = tf.div(tf.sqrt(square), tf.sqrt(oneMinusPower(beta2, t)));
        return {
          change: tf.mul(tf.div(mean, tf.add(size, epsilon)), tf.div(learningRate, oneMinusPower(beta1, t))),
          state: { mean, square },
        };
      }),
  };
}

/** The settings of {@linkcode lion}. */
export interface LionOptions extends WeightDecay {
  /** How much of the momentum goes into the direction, β₁. Default 0.9. */
  readonly beta1?: number;
  /** The decay β₂ of the momentum. Default 0.99. */
  readonly beta2?: number;
}

/**
 * Lion (Chen et al. 2023, algorithm 2): the sign of an interpolated momentum.
 *
 * `p ← p(1 − ηλ) − η · sign(β₁m + (1−β₁)g)`, then `m ← β₂m + (1−β₂)g`.
 */
export function lion(options: LionOptions = {}): Optimiser {
  const { beta1 = 0.9, beta2 = 0.99 } = options;
  return {
    init: (parameters) => ({ momentum: zeros(parameters) }),
    update: (work) =>
      updateFlat(work, options, (gradient, { learningRate, state }) => ({
        change: tf.mul(tf.sign(moved(state.momentum!, gradient, beta1)), learningRate),
        state: { momentum: moved(state.momentum!, gradient, beta2) },
      })),
  };
}

/** An exponential moving average's next value: `β·average + (1−β)·value`. */
function moved(average: TensorFlow.Tensor, value: TensorFlow.Tensor, beta: number): TensorFlow.Tensor {
  return tf.add(tf.mul(average, beta), tf.mul(value, 1 - beta));
}

/** 1 − βᵗ. Through `expm1`, since in float32 the plain form keeps only three digits of 1 − 0.999. */
function oneMinusPower(beta: number, t: TensorFlow.Tensor): TensorFlow.Tensor {
  return tf.neg(tf.expm1(tf.mul(t, Math.log(beta))));
}

/** As many zeros as parameters have elements together. */
function zeros(parameters: Tensors): TensorFlow.Tensor {
  return tf.zeros([Object.values(parameters).reduce((sum, { size }) => sum + size, 0)]);
}

/** What a rule makes of the gradient: how far to move against it, and the next state. All are vectors. */
type Rule = (
  gradient: TensorFlow.Tensor,
  work: Update,
) => { readonly change: TensorFlow.Tensor; readonly state: Tensors };

/** Applies a rule to all parameters at once: `p ← p(1 − ηλ) − change`, with the decay where it belongs. */
function updateFlat(
  work: Update,
  { weightDecay = 0, decays = isMatrix }: WeightDecay,
  rule: Rule,
): Updated {
  const { parameters, gradients, learningRate } = work;
  const decaying = (name: string) => weightDecay > 0 && decays(name, parameters[name]!);
  const layout = layoutOf(parameters, decaying);
  const before = flatten(layout, parameters);
  const { change, state } = rule(flatten(layout, gradients), work);
  const count = layout.names.reduce((sum, name) => decaying(name) ? sum + parameters[name]!.size : sum, 0);
  const decay = tf.concat([tf.fill([count], weightDecay), tf.zeros([before.size - count])]);
  const kept = tf.mul(before, tf.sub(1, tf.mul(decay, learningRate)));
  return { parameters: unflatten(layout, tf.sub(kept, change)), state };
}
