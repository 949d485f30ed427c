/**
 * The softmax twin of ToST on sequences of symbols.
 *
 * @module
 */
import { selfAttention } from "./self_attention.ts";
import { type SequenceNetwork, sequenceNetwork } from "./sequence.ts";

/** The twin: the same skeleton, with softmax self-attention where ToST has TSSA. */
export const softmaxSequence: SequenceNetwork = sequenceNetwork("softmax-sequence", selfAttention);
