/**
 * ToST and CRATE as TensorFlow.js users write them: its own operations, its autodiff, its Adam, one operation at a time.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../../lib/tensor/native.ts";
import { toTensor } from "../../lib/tensor/tensors.ts";
import { quickSize, spread } from "../tensor/training.ts";

type T = TensorFlow.Tensor;

const { side, patch, width: d, depth, heads: h, classes } = quickSize;
const tokens = (side / patch) ** 2;
const p = d / h;

/**
 * A training step of the plain model; each call makes one.
 *
 * @param model Which network.
 * @param images How many images a batch has.
 */
export function plainStep(model: "ToST" | "CRATE", images: number): () => void {
  const weight = (...shape: number[]) => tf.variable(tf.randomNormal(shape, 0, 0.05));
  const layer = (n: number, m: number) => ({ w: weight(n, m), b: weight(m) });
  const norm = (n: number) => ({ gain: tf.variable(tf.ones([n])), bias: tf.variable(tf.zeros([n])) });
  const block = () => ({
    norm1: norm(d),
    norm2: norm(d),
    project: layer(d, d),
    out: layer(d, d),
    temperature: tf.variable(tf.ones([h, 1])),
    scale1: tf.variable(tf.ones([d])),
    scale2: tf.variable(tf.ones([d])),
    up: layer(d, 4 * d),
    down: layer(4 * d, d),
    dictionary: weight(d, d),
  });
  type Block = ReturnType<typeof block>;
  const stem = layer(patch ** 2, d);
  const position = weight(tokens, d);
  const blocks = Array.from({ length: depth }, block);
  const last = norm(d);
  const head = layer(d, classes);

  const product = (x: T, w: T) => tf.matMul(x.reshape([-1, w.shape[0]!]) as TensorFlow.Tensor2D, w as never);
  const linear = (x: T, { w, b }: { w: T; b: T }) =>
    tf.add(product(x, w), b).reshape([...x.shape.slice(0, -1), w.shape[1]!]);
  const layerNorm = (x: T, { gain, bias }: { gain: T; bias: T }) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), gain), bias);
  };
  const gelu = (x: T) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.div(x, Math.SQRT2))));
  const split = (x: T) => tf.transpose(x.reshape([images, tokens, h, p]), [0, 2, 1, 3]);
  const merge = (x: T) => tf.transpose(x, [0, 2, 1, 3]).reshape([images, tokens, d]);

  const tost = (x: T, block: Block) => {
    const w = split(linear(layerNorm(x, block.norm1), block.project));
    const square = tf.square(w);
    const energy = tf.div(square, tf.maximum(tf.sum(square, 2, true), 1e-24));
    const logits = tf.mul(tf.sum(energy, 3), block.temperature);
    const membership = tf.transpose(tf.softmax(tf.transpose(logits, [0, 2, 1])), [0, 2, 1]).expandDims(3);
    const share = tf.div(membership, tf.add(tf.sum(membership, 2, true), 1e-8));
    const moment = tf.sum(tf.mul(share, square), 2, true);
    const mixed = merge(tf.neg(tf.div(tf.mul(w, membership), tf.add(1, moment))));
    const between = tf.add(x, tf.mul(block.scale1, linear(mixed, block.out)));
    const thought = linear(gelu(linear(layerNorm(between, block.norm2), block.up)), block.down);
    return tf.add(between, tf.mul(block.scale2, thought));
  };
  const crate = (x: T, block: Block) => {
    const w = split(product(layerNorm(x, block.norm1), block.project.w));
    const attention = tf.softmax(tf.mul(tf.matMul(w, w, false, true), p ** -0.5));
    const between = tf.add(x, linear(merge(tf.matMul(attention, w)), block.out));
    const u = layerNorm(between, block.norm2).reshape([-1, d]);
    const residual = tf.sub(u, product(u, tf.transpose(block.dictionary)));
    const moved = tf.add(u, tf.mul(0.1, product(residual, block.dictionary)));
    return tf.relu(tf.sub(moved, 0.01)).reshape([images, tokens, d]);
  };

  const apply = model === "ToST" ? tost : crate;
  const pixels = toTensor(spread("float32", [images, tokens, patch ** 2]));
  const labels = tf.oneHot(toTensor(spread("int32", [images], classes)) as never, classes, 1, 0, "float32");
  const optimiser = tf.train.adam(1e-3);
  const loss = () => {
    const embedded = tf.add(linear(pixels, stem), position);
    const features = blocks.reduce<T>((x, block) => apply(x, block), embedded);
    const logits = linear(tf.mean(layerNorm(features, last), 1), head);
    return tf.losses.softmaxCrossEntropy(labels, logits) as TensorFlow.Scalar;
  };
  return () => {
    const value = optimiser.minimize(loss, true)!;
    value.dataSync();
    value.dispose();
  };
}
