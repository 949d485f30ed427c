/**
 * Rotary positions (Su et al. 2021, arXiv 2104.09864): pairs of features turned by an angle that grows with the place.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";

/**
 * Turns the pair of features (2i, 2i + 1) of the token at place t by the angle t · base^(−2i/p). Neighbours are pairs,
 * as in GGUF files of Llama models.
 *
 * @param heads Queries or keys [B, h, n, p], the first at place 0.
 * @param base 10,000 in the first Llama, 100,000 in SmolLM2.
 */
export function rotate(heads: TensorFlow.Tensor, base: number): TensorFlow.Tensor {
  const [, , length, width] = heads.shape as [number, number, number, number];
  const table = (of: (angle: number) => number) => {
    const angles = Array.from({ length: length * width }, (_, index) => {
      const [place, feature] = [Math.floor(index / width), index % width];
      return of(place * base ** (-2 * Math.floor(feature / 2) / width));
    });
    return tf.tensor2d(Float32Array.from(angles), [length, width]);
  };
  const turned = tf.reshape(
    tf.matMul(tf.reshape(heads, [-1, width]), quarterTurn(width)),
    heads.shape,
  );
  return tf.add(tf.mul(heads, table(Math.cos)), tf.mul(turned, table(Math.sin)));
}

/** The matrix that maps each pair (a, b) to (−b, a). */
function quarterTurn(width: number): TensorFlow.Tensor2D {
  const matrix = new Float32Array(width * width);
  for (let even = 0; even < width; even += 2) {
    matrix[(even + 1) * width + even] = -1;
    matrix[even * width + even + 1] = 1;
  }
  return tf.tensor2d(matrix, [width, width]);
}
