/**
 * Token statistics self-attention (ToST, arXiv 2412.17810): attention at linear cost.
 *
 * Head `k` projects token `j` to `w_kj`, of length `p`. Tokens belong to heads by their energy, each head's second moment
 * tells which directions are weak, and these are damped: see {@linkcode tssa}. Both operators have analytic gradients.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";
import { laterSum, runningSum } from "./running_sum.ts";

type T = TensorFlow.Tensor;

/** What either operator keeps for its gradient. */
type Ten = [T, T, T, T, T, T, T, T, T, T];

/** Keeps the division of energies finite: the square of PyTorch's ε for `normalize`. */
const energyFloor = 1e-24;

/** Keeps the division of memberships finite, as in the official code. */
const membershipFloor = 1e-8;

/** Keeps the division of running energies finite, as in the official code. */
const runningEnergyFloor = 1e-12;

/**
 * The TSSA operator of the official vision model (`AttentionTSSA` in `tost_vision/tost.py`).
 *
 * With `ŵ` each feature of `w` scaled to unit norm over the tokens:
 * `Π = softmax over heads of (temperature · Σ_p ŵ²)`, `s = Σ_n Π w² / (Σ_n Π + 10⁻⁸)`, `out = − Π ⊙ w / (1 + s)`.
 *
 * @example Usage
 * ```ts
 * import * as Effect from "effect/Effect";
 * import { installTensorFlow } from "./native/install.ts";
 * import { loadTensorFlow, tf } from "./native.ts";
 * import { tssa } from "./tssa.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await loadTensorFlow(await Effect.runPromise(installTensorFlow(() => {})));
 *
 * // One head owns its tokens, Π = 1: the second moment of [1, 3] is 5, so each is divided by −(1 + 5).
 * const out = tssa(tf.tensor4d([1, 3], [1, 1, 2, 1]), tf.ones([1, 1])).dataSync();
 * assertAlmostEquals(out[0]!, -1 / 6, 1e-6);
 * assertAlmostEquals(out[1]!, -3 / 6, 1e-6);
 * ```
 *
 * @param w Projections `[B, h, n, p]`.
 * @param temperature `[h, 1]`.
 * @returns `[B, h, n, p]`.
 */
export function tssa(w: T, temperature: T): T {
  const operation = tf.customGrad((...args) => {
    const [w, temperature, save] = args as [T, T, TensorFlow.GradSaveFunc];
    const square = tf.square(w);
    const energy = tf.maximum(tf.sum(square, 2, true), energyFloor);
    const share = tf.div(square, energy);
    const logits = tf.sum(share, 3);
    const membership = softmaxOverHeads(tf.mul(logits, temperature)).expandDims(3);
    const total = tf.add(tf.sum(membership, 2, true), membershipFloor);
    const weight = tf.div(membership, total);
    const moment = sumOverTokens(weight, square);
    const damping = tf.reciprocal(tf.add(moment, 1));
    save([w, temperature, energy, share, logits, membership, total, weight, moment, damping]);
    return {
      value: tf.neg(tf.mul(tf.mul(w, membership), damping)),
      gradFunc: (arriving, saved) => tssaGradient(arriving, saved as T[]),
    };
  });
  return operation(w, temperature);
}

/** The gradients of {@linkcode tssa} with respect to `w` and the temperature. Prefix `d` is a derivative of the loss. */
function tssaGradient(arriving: T, saved: T[]): T[] {
  const [w, temperature, energy, share, logits, membership, total, weight, moment, damping] = saved as Ten;
  const damped = tf.mul(arriving, damping);
  const alongW = tf.mul(arriving, w);
  const dMoment = tf.mul(tf.square(damping), sumOverTokens(membership, alongW));
  // Through weight = Π / ΣΠ: what arrives, less its mean under the weights.
  const dWeight = tf.sub(
    sumOverFeatures(tf.square(w), dMoment),
    tf.sum(tf.mul(moment, dMoment), 3, true),
  );
  const dMembership = tf.sub(tf.div(dWeight, total), sumOverFeatures(alongW, damping));
  const dLogits = softmaxGradient(membership, dMembership).squeeze([3]);
  const dShare = tf.mul(dLogits, temperature).expandDims(3);
  // Through share = w² / Σ w²: again what arrives, less its mean under the shares.
  const dSquareTwice = tf.add(
    tf.mul(weight, tf.mul(dMoment, 2)),
    tf.mul(tf.sub(dShare, sumOverTokens(dShare, share)), tf.div(2, energy)),
  );
  return [
    tf.sub(tf.mul(w, dSquareTwice), tf.mul(damped, membership)),
    tf.sum(tf.mul(dLogits, logits), [0, 2]).reshape(temperature.shape),
  ];
}

/**
 * Which head each token belongs to under {@linkcode tssa}: Π, `[B, h, n]`, summing to one over the heads.
 *
 * @param w Projections `[B, h, n, p]`.
 * @param temperature `[h, 1]`.
 */
export function tssaMembership(w: T, temperature: T): T {
  const square = tf.square(w);
  const share = tf.div(square, tf.maximum(tf.sum(square, 2, true), energyFloor));
  return softmaxOverHeads(tf.mul(tf.sum(share, 3), temperature));
}

/**
 * The causal TSSA operator of the official language model (`tost_lang/model_TSSA.py`): every statistic of token `t` is
 * taken over the tokens up to `t`.
 *
 * With `e` the running sum of `w²`: `Π = softmax over heads of (temperature · Σ_p (w²/e + bias))`,
 * `s = running sum of Π w² / (running sum of Π + 10⁻⁸)`, `out = − Π ⊙ w / (1 + s)`.
 *
 * @param w Projections `[B, h, T, p]`.
 * @param temperature `[h, 1]`.
 * @param denomBias `[h, T, 1]`.
 * @returns `[B, h, T, p]`.
 */
export function tssaCausal(w: T, temperature: T, denomBias: T): T {
  const operation = tf.customGrad((...args) => {
    const [w, temperature, denomBias, save] = args as [T, T, T, TensorFlow.GradSaveFunc];
    const square = tf.square(w);
    const energy = tf.maximum(runningSum(square), runningEnergyFloor);
    const share = tf.div(square, energy);
    const logits = causalLogits(share, denomBias);
    const membership = softmaxOverHeads(tf.mul(logits, temperature)).expandDims(3);
    const total = tf.add(runningSum(membership), membershipFloor);
    const moment = tf.div(runningSum(tf.mul(square, membership)), total);
    const damping = tf.reciprocal(tf.add(moment, 1));
    save([w, temperature, square, energy, share, logits, membership, total, moment, damping]);
    return {
      value: tf.neg(tf.mul(tf.mul(w, membership), damping)),
      gradFunc: (arriving, saved) => tssaCausalGradient(arriving, saved as T[]),
    };
  });
  return operation(w, temperature, denomBias);
}

/** The gradients of {@linkcode tssaCausal} with respect to `w`, the temperature and the bias. */
function tssaCausalGradient(arriving: T, saved: T[]): T[] {
  const [w, temperature, square, energy, share, logits, membership, total, moment, damping] = saved as Ten;
  const damped = tf.mul(arriving, damping);
  const dMoment = tf.mul(tf.mul(tf.mul(damped, damping), w), membership);
  const dNumerator = tf.div(dMoment, total);
  const dProduct = laterSum(dNumerator);
  const dTotal = laterSum(tf.sum(tf.mul(dNumerator, moment), 3, true));
  const dMembership = tf.sub(
    tf.sum(tf.sub(tf.mul(dProduct, square), tf.mul(damped, w)), 3, true),
    dTotal,
  );
  const dLogits = softmaxGradient(membership, dMembership);
  const dShare = tf.mul(dLogits, temperature.expandDims(2));
  const dSquare = tf.addN([
    tf.mul(dProduct, membership),
    tf.div(dShare, energy),
    tf.neg(laterSum(tf.div(tf.mul(dShare, share), energy))),
  ]);
  return [
    tf.sub(tf.mul(tf.mul(w, 2), dSquare), tf.mul(damped, membership)),
    tf.sum(tf.mul(dLogits.squeeze([3]), logits), [0, 2]).reshape(temperature.shape),
    tf.mul(tf.sum(dShare, 0), w.shape[3]!),
  ];
}

/**
 * Which head each token belongs to under {@linkcode tssaCausal}: Π, `[B, h, T]`, summing to one over the heads.
 *
 * @param w Projections `[B, h, T, p]`.
 * @param temperature `[h, 1]`.
 * @param denomBias `[h, T, 1]`.
 */
export function tssaCausalMembership(w: T, temperature: T, denomBias: T): T {
  const square = tf.square(w);
  const share = tf.div(square, tf.maximum(runningSum(square), runningEnergyFloor));
  return softmaxOverHeads(tf.mul(causalLogits(share, denomBias), temperature));
}

/** Σ_p (share + bias): the bias, which each feature carries, counts `p` times. */
function causalLogits(share: T, denomBias: T): T {
  return tf.add(tf.sum(share, 3), tf.mul(denomBias.squeeze([2]), share.shape[3]!));
}

/** Σ_n a x for `a` `[B, h, n, 1]` and `x` `[B, h, n, p]`: `[B, h, 1, p]`, as a product without the `[B, h, n, p]` between. */
function sumOverTokens(a: T, x: T): T {
  return tf.matMul(a, x, true, false);
}

/** Σ_p x v for `x` `[B, h, n, p]` and `v` `[B, h, 1, p]`: `[B, h, n, 1]`. */
function sumOverFeatures(x: T, v: T): T {
  return tf.matMul(x, v, false, true);
}

/** The softmax of `[B, h, n]` over `h`. */
function softmaxOverHeads(logits: T): T {
  return tf.transpose(tf.softmax(tf.transpose(logits, [0, 2, 1])), [0, 2, 1]);
}

/** What arrives behind a softmax over axis 1, before it: `y ⊙ (g − Σ y ⊙ g)`. */
function softmaxGradient(y: T, arriving: T): T {
  const product = tf.mul(y, arriving);
  return tf.sub(product, tf.mul(y, tf.sum(product, 1, true)));
}
