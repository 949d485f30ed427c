/**
 * Classifiers of sequences of symbols: the skeleton of the image classifiers, with a table of symbols and one of places
 * where those have patches. Only the token mixer differs between ToST and its softmax twin.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { gather } from "../tensor/gather.ts";
import { tf } from "../tensor/native.ts";
import { Count, divides } from "./config.ts";
import type { Mixer } from "./mixer.ts";
import type { Network } from "./network.ts";
import { nest, normal, parameter } from "./parameters.ts";
import { body, bodySpecs } from "./vision.ts";

/** The configuration of a classifier of sequences. */
export const SequenceConfig = Schema.Struct({
  /** Different symbols. */
  vocabulary: Count,
  /** Symbols of a sequence. */
  length: Count,
  /** Features of a token. */
  width: Count,
  /** Blocks. */
  depth: Count,
  /** Attention heads; they divide the width. */
  heads: Count,
  /** Class-attention blocks. With 0, the head sees the mean of the tokens. */
  classBlocks: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  /** What LayerScale starts at. */
  layerScale: Schema.Finite,
  /** Classes. */
  classes: Count,
}).check(divides("heads", "width"));

/** The configuration of a classifier of sequences. */
export type SequenceConfig = typeof SequenceConfig.Type;

/** A classifier of sequences. It maps symbols int32 [B, length] to logits [B, classes]. */
export type SequenceNetwork = Network<SequenceConfig>;

/** Builds a classifier of sequences from a token mixer. */
export function sequenceNetwork(name: string, mixer: Mixer<SequenceConfig>): SequenceNetwork {
  return {
    name,
    config: SequenceConfig,
    specs: (config) =>
      nest({
        embedding: normal([config.vocabulary, config.width], 0.02),
        position: normal([config.length, config.width], 0.02),
        ...bodySpecs(config, mixer),
      }),
    forward: (parameters, symbols, config, pass = {}) => {
      const embedded = gather(parameter(parameters, "embedding"), symbols);
      return body(parameters, tf.add(embedded, parameter(parameters, "position")), config, mixer, pass);
    },
  };
}
