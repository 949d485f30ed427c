/**
 * ToST as a classifier of sequences of symbols.
 *
 * @module
 */
import { type SequenceNetwork, sequenceNetwork } from "./sequence.ts";
import { tssa } from "./tssa.ts";

/** ToST on sequences: TSSA as the authors' vision program has it, in which every token sees all others. */
export const tostSequence: SequenceNetwork = sequenceNetwork("tost-sequence", {
  specs: (config) => tssa.specs({ ...config, form: "code" }),
  mix: (parameters, tokens, config, observe) =>
    tssa.mix(parameters, tokens, { ...config, form: "code" }, observe),
});
