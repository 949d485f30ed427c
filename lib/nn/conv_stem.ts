/**
 * The convolutional patch embedding of XCiT and ToST: 3×3 convolutions of stride 2, each halving the sides, until a
 * patch has become one token.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { gelu } from "../tensor/gelu.ts";
import { tf } from "../tensor/native.ts";
import { batchNorm, batchNormSpecs } from "./batch_norm.ts";
import type { Pass } from "./network.ts";
import { nest, parameter, type Parameters, type ParameterSpecs, uniform } from "./parameters.ts";

/** The parameters of the stem: for patch 16, convolutions to width/8, width/4, width/2 and width channels. */
export function convStemSpecs(patch: number, channels: number, width: number): ParameterSpecs {
  const outputs = channelsOf(patch, width);
  return nest(Object.fromEntries(outputs.map((output, index) => {
    const input = outputs[index - 1] ?? channels;
    return [
      String(index),
      nest({
        // PyTorch's default for convolutions: uniform in ±1/√fan-in.
        kernel: uniform([3, 3, input, output], 1 / Math.sqrt(9 * input)),
        norm: batchNormSpecs(output),
      }),
    ];
  })));
}

/** Turns images [B, H, W, C] into tokens [B, H/patch · W/patch, width], row by row. */
export function convStem(
  parameters: Parameters,
  images: TensorFlow.Tensor,
  patch: number,
  width: number,
  name: string,
  pass: Pass,
): TensorFlow.Tensor3D {
  const count = channelsOf(patch, width).length;
  let x = images as TensorFlow.Tensor4D;
  for (let index = 0; index < count; index++) {
    // One pixel on every side, as PyTorch's padding=1; TensorFlow's "same" would pad right and bottom alone.
    const padded = tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]) as TensorFlow.Tensor4D;
    const kernel = parameter(parameters, `${name}.${index}.kernel`) as TensorFlow.Tensor4D;
    x = batchNorm(parameters, tf.conv2d(padded, kernel, 2, "valid"), `${name}.${index}.norm`, pass);
    if (index < count - 1) x = gelu(x) as TensorFlow.Tensor4D;
  }
  const [batch, rows, columns, features] = x.shape;
  return tf.reshape(x, [batch, rows * columns, features]);
}

function channelsOf(patch: number, width: number): readonly number[] {
  const count = Math.log2(patch);
  return Array.from({ length: count }, (_, index) => width / 2 ** (count - 1 - index));
}
