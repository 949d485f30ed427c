/**
 * Llama: the language model of SmolLM2 and many others, from the weights of a GGUF file, in float32 and with gradients.
 *
 * Blocks of RMS-normalised attention with rotary positions, whose queries share keys and values in groups, and of a gated
 * perceptron; the table that embeds tokens also tells them.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { malformed } from "../data/formats/format_error.ts";
import { dequantise, type Gguf } from "../data/formats/gguf.ts";
import { arrayOf, type Tensor } from "../tensor/array.ts";
import { softmaxAttention } from "../tensor/attention.ts";
import { gather } from "../tensor/gather.ts";
import { linear } from "../tensor/linear.ts";
import { tf } from "../tensor/native.ts";
import type { Arrays } from "../tensor/tensors.ts";
import { mergeHeads, splitHeads } from "./heads.ts";
import { inside, parameter, type Parameters } from "./parameters.ts";
import { rotate } from "./rotary.ts";

/** The configuration of a Llama. */
export interface LlamaConfig {
  /** Features of a token. */
  readonly width: number;
  /** Blocks. */
  readonly depth: number;
  /** Heads of queries. */
  readonly heads: number;
  /** Heads of keys and values; they divide the heads of queries. */
  readonly sharedHeads: number;
  /** The base of the rotary positions. */
  readonly base: number;
  /** What is added to the mean square. */
  readonly epsilon: number;
}

/** A Llama that was read from a file. */
export interface Llama {
  /** Its configuration. */
  readonly config: LlamaConfig;
  /** Its values: `embedding` [vocabulary, width], `norm`, and `blocks.0.query` [width, width] and so on. */
  readonly parameters: Arrays;
}

/** Names of a block's tensors: in the file, and here. Maps are [outputs, inputs] in the file and transposed here. */
const blockNames = {
  attn_norm: "norm1",
  attn_q: "query",
  attn_k: "key",
  attn_v: "value",
  attn_output: "output",
  ffn_norm: "norm2",
  ffn_gate: "gate",
  ffn_up: "up",
  ffn_down: "down",
} as const;

/**
 * Reads a Llama whose head is the table that embeds.
 *
 * @throws {FormatError} When the file is of another architecture, or a fact or a tensor is missing.
 */
export function readLlama({ facts, tensors }: Gguf): Llama {
  const architecture = facts["general.architecture"];
  if (architecture !== "llama") {
    throw malformed("GGUF", "general.architecture", "llama", String(architecture));
  }
  if (tensors["output.weight"] !== undefined) {
    throw malformed("GGUF", "the tensors", "a head that is the embedding", "output.weight");
  }
  const fact = (name: string) => {
    const found = facts[`llama.${name}`];
    if (typeof found !== "number") throw malformed("GGUF", `llama.${name}`, "a number", String(found));
    return found;
  };
  const values = (name: string) => {
    const found = tensors[`${name}.weight`];
    if (found === undefined) throw malformed("GGUF", "the tensors", `${name}.weight`, "none");
    return dequantise(found);
  };
  const config = {
    width: fact("embedding_length"),
    depth: fact("block_count"),
    heads: fact("attention.head_count"),
    sharedHeads: fact("attention.head_count_kv"),
    base: fact("rope.freq_base"),
    epsilon: fact("attention.layer_norm_rms_epsilon"),
  };
  const blocks = Array.from(
    { length: config.depth },
    (_, layer) =>
      Object.entries(blockNames).map(([theirs, ours]) => {
        const found = values(`blk.${layer}.${theirs}`);
        return [`blocks.${layer}.${ours}`, found.shape.length === 2 ? transposed(found) : found] as const;
      }),
  );
  return {
    config,
    parameters: {
      embedding: values("token_embd"),
      norm: values("output_norm"),
      ...Object.fromEntries(blocks.flat()),
    },
  };
}

/** Tokens int32 [B, n] to their embeddings [B, n, width]: where an attacker's own vectors go. */
export function embedForLlama(parameters: Parameters, tokens: TensorFlow.Tensor): TensorFlow.Tensor {
  return gather(parameter(parameters, "embedding"), tokens);
}

/**
 * Embeddings [B, n, width] to the logits of the token after the last [B, vocabulary]. Differentiable in the embeddings.
 */
export function llamaLogits(
  parameters: Parameters,
  embedded: TensorFlow.Tensor,
  config: LlamaConfig,
): TensorFlow.Tensor {
  const [batch, length] = embedded.shape as [number, number];
  let x = embedded;
  for (let layer = 0; layer < config.depth; layer++) {
    x = block(inside(parameters, `blocks.${layer}`), x, config);
  }
  const last = tf.reshape(tf.slice(x, [0, length - 1, 0], [batch, 1, config.width]), [batch, config.width]);
  const normed = rmsNorm(last, parameter(parameters, "norm"), config.epsilon);
  return tf.matMul(normed, parameter(parameters, "embedding"), false, true);
}

function block(parameters: Parameters, x: TensorFlow.Tensor, config: LlamaConfig): TensorFlow.Tensor {
  const map = (name: string, x: TensorFlow.Tensor) => linear(x, parameter(parameters, name));
  const normed = rmsNorm(x, parameter(parameters, "norm1"), config.epsilon);
  const query = rotate(splitHeads(map("query", normed), config.heads), config.base);
  const key = rotate(splitHeads(map("key", normed), config.sharedHeads), config.base);
  const value = splitHeads(map("value", normed), config.sharedHeads);
  const shares = config.heads / config.sharedHeads;
  const attended = softmaxAttention(query, shared(key, shares), shared(value, shares), {
    scale: (config.width / config.heads) ** -0.5,
    causal: true,
  });
  const between = tf.add(x, map("output", mergeHeads(attended)));
  const again = rmsNorm(between, parameter(parameters, "norm2"), config.epsilon);
  return tf.add(between, map("down", tf.mul(silu(map("gate", again)), map("up", again))));
}

/** Heads [B, g, n, p], each as often as queries share it: [B, g · shares, n, p]. */
function shared(heads: TensorFlow.Tensor, shares: number): TensorFlow.Tensor {
  const [batch, groups, length, width] = heads.shape as [number, number, number, number];
  const group = tf.expandDims(heads, 2);
  return tf.reshape(tf.concat(new Array(shares).fill(group), 2), [batch, groups * shares, length, width]);
}

/** x / √(mean x² + ε) · gain, over the last axis. */
function rmsNorm(x: TensorFlow.Tensor, gain: TensorFlow.Tensor, epsilon: number): TensorFlow.Tensor {
  return tf.mul(tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), epsilon))), gain);
}

/** x · sigmoid(x). */
function silu(x: TensorFlow.Tensor): TensorFlow.Tensor {
  return tf.mul(x, tf.sigmoid(x));
}

function transposed({ dtype, shape, data }: Tensor): Tensor {
  const [rows, columns] = shape as [number, number];
  const turned = new arrayOf[dtype](data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = data[row * columns + column]!;
    }
  }
  return { dtype, shape: [columns, rows], data: turned };
}
