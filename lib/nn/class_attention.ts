/**
 * Class attention (CaiT, Touvron et al. 2021): a class token reads from the patches, which it does not change.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { softmaxAttention } from "../tensor/attention.ts";
import { tf } from "../tensor/native.ts";
import { mergeHeads } from "./heads.ts";
import { addScaled, layerScaleSpec } from "./layer_scale.ts";
import { dense, linearSpecs } from "./linear.ts";
import { mlp, mlpSpecs } from "./mlp.ts";
import { norm, normSpecs } from "./norm.ts";
import { inside, nest, parameter, type Parameters, type ParameterSpecs } from "./parameters.ts";
import { queryKeyValue } from "./self_attention.ts";

/** The parameters of a class-attention block: 12 width² + 15 width of them. */
export function classAttentionSpecs(width: number, layerScale: number): ParameterSpecs {
  return nest({
    norm1: normSpecs(width),
    attention: nest({ qkv: linearSpecs(width, 3 * width), output: linearSpecs(width, width) }),
    scale1: layerScaleSpec(width, layerScale),
    norm2: normSpecs(width),
    mlp: mlpSpecs(width),
    scale2: layerScaleSpec(width, layerScale),
  });
}

/**
 * One class-attention block on tokens [B, 1 + n, width], the class token first.
 *
 * The patches pass through as they do in the official program, with `tokens_norm` set: it adds their normalised values
 * to them, and then doubles them, where CaiT leaves them alone.
 */
export function classAttention(
  parameters: Parameters,
  x: TensorFlow.Tensor,
  heads: number,
): TensorFlow.Tensor {
  const normed = norm(inside(parameters, "norm1"), x, 1e-6);
  const attended = withClass(normed, attendFromClass(inside(parameters, "attention"), normed, heads));
  const normed2 = norm(
    inside(parameters, "norm2"),
    addScaled(x, parameter(parameters, "scale1"), attended),
    1e-6,
  );
  const thought = mlp(inside(parameters, "mlp"), classOf(normed2));
  return tf.add(normed2, withClass(normed2, tf.mul(parameter(parameters, "scale2"), thought)));
}

/** The class token [B, 1, width] of tokens [B, 1 + n, width]. */
export function classOf(x: TensorFlow.Tensor): TensorFlow.Tensor {
  return tf.slice(x, [0, 0, 0], [-1, 1, -1]);
}

/** Tokens with another class token. */
function withClass(x: TensorFlow.Tensor, replacement: TensorFlow.Tensor): TensorFlow.Tensor {
  return tf.concat([replacement, tf.slice(x, [0, 1, 0], [-1, -1, -1])], 1);
}

function attendFromClass(parameters: Parameters, x: TensorFlow.Tensor, heads: number): TensorFlow.Tensor {
  const { query, key, value } = queryKeyValue(dense(inside(parameters, "qkv"), x), heads);
  const fromClass = tf.slice(query, [0, 0, 0, 0], [-1, -1, 1, -1]);
  const scale = (query.shape[3]) ** -0.5;
  return dense(
    inside(parameters, "output"),
    mergeHeads(softmaxAttention(fromClass, key, value, { scale })),
  );
}
