/**
 * Causal TSSA (arXiv 2412.17810): token j sees statistics of the tokens up to j alone. Running sums give them, so a
 * text can be read token by token with a state whose size does not grow.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import { tssaCausal } from "../tensor/tssa.ts";
import { type CausalConfig, residualDeviation } from "./causal.ts";
import { mergeHeads, splitHeads } from "./heads.ts";
import { dense, linearSpecs } from "./linear.ts";
import type { Mixer } from "./mixer.ts";
import { constant, inside, nest, parameter, type Parameters } from "./parameters.ts";

/**
 * Causal TSSA as a token mixer, as the official program has it. A probe sees `projections` w [B, h, T, p].
 *
 * The `energy_bias` [h, context, 1] is the program's `denom_bias`: it is added to each of the p features' shares, and
 * so counts p times in the logits.
 */
export const causalTssa: Mixer<CausalConfig> = {
  specs: ({ width, heads, depth, context }) =>
    nest({
      projection: linearSpecs(width, width, { bias: false }),
      temperature: { ...constant([heads, 1], 1), undecayed: true },
      energy_bias: { ...constant([heads, context, 1], 0), undecayed: true },
      output: linearSpecs(width, width, { bias: false, deviation: residualDeviation(depth) }),
    }),

  mix: (parameters, tokens, { heads }, observe) => {
    const w = splitHeads(dense(inside(parameters, "projection"), tokens), heads);
    observe?.({ projections: w });
    const length = w.shape[2];
    const bias = tf.slice(parameter(parameters, "energy_bias"), [0, 0, 0], [-1, length, -1]);
    const out = tssaCausal(w, parameter(parameters, "temperature"), bias);
    return dense(inside(parameters, "output"), mergeHeads(out));
  },
};

/** What causal TSSA remembers of a text: h (2p + 1) numbers a text, however long it is. */
export interface CausalState {
  /** Σ w² over the tokens so far [B, h, p]. */
  readonly energy: TensorFlow.Tensor;
  /** Σ Π w² over the tokens so far [B, h, p]. */
  readonly weighted: TensorFlow.Tensor;
  /** Σ Π over the tokens so far [B, h, 1]. */
  readonly mass: TensorFlow.Tensor;
}

/** The state before the first token. */
export function emptyCausalState(batch: number, { width, heads }: CausalConfig): CausalState {
  return {
    energy: tf.zeros([batch, heads, width / heads]),
    weighted: tf.zeros([batch, heads, width / heads]),
    mass: tf.zeros([batch, heads, 1]),
  };
}

/**
 * Causal TSSA of one more token: the recurrent form, equal to the parallel one.
 *
 * @param token The normalised token [B, 1, width].
 * @param position Its place in the text, from 0.
 * @returns The residual branch [B, 1, width] and the state after the token.
 */
export function causalTssaStep(
  parameters: Parameters,
  state: CausalState,
  token: TensorFlow.Tensor,
  position: number,
  { heads }: CausalConfig,
): { readonly out: TensorFlow.Tensor; readonly state: CausalState } {
  const projected = splitHeads(dense(inside(parameters, "projection"), token), heads);
  const w = tf.squeeze(projected, [2]); // [B, h, p]
  const square = tf.square(w);
  const energy = tf.add(state.energy, square);
  const bias = tf.slice(parameter(parameters, "energy_bias"), [0, position, 0], [-1, 1, -1]);
  const shares = tf.add(tf.div(square, tf.maximum(energy, 1e-12)), tf.reshape(bias, [1, heads, 1]));
  const logits = tf.mul(tf.sum(shares, 2), tf.reshape(parameter(parameters, "temperature"), [1, heads]));
  const membership = tf.expandDims(tf.softmax(logits), 2); // over the heads: [B, h, 1]
  const weighted = tf.add(state.weighted, tf.mul(membership, square));
  const mass = tf.add(state.mass, membership);
  const moment = tf.div(weighted, tf.add(mass, 1e-8));
  const out = tf.neg(tf.div(tf.mul(w, membership), tf.add(1, moment)));
  return {
    out: dense(inside(parameters, "output"), mergeHeads(tf.expandDims(out, 2))),
    state: { energy, weighted, mass },
  };
}
