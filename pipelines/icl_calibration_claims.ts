/**
 * What the paper on the calibration of in-context learning claims, as numbers that can come out otherwise.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, atMost, below, between } from "../lib/claim/expectation.ts";
import type { Node } from "../lib/dag/node.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import { beyondClaims, type Toy } from "./icl_calibration_beyond.ts";
import {
  accuracyKept,
  correlation,
  exact,
  gainOverTemperature,
  gapBetween,
  hump,
  mostAccurate,
  otherPromptsGain,
  shareOfError,
} from "./icl_calibration_measures.ts";
import type { IclPreset } from "./icl_calibration_presets.ts";
import type { Nuisances, RecalibratedCell, Study } from "./icl_calibration_study.ts";

/** The nodes whose metrics the claims read. */
export interface IclEvidence {
  /** The study that the claims are about. */
  readonly main: Study<RecalibratedCell>;
  /** A base model's study, if there is one. */
  readonly base?: Study<RecalibratedCell>;
  /** A study of other texts, if there is one. */
  readonly topics?: Study;
  /** Answers after spoilt demonstrations. */
  readonly spoilt: Nuisances;
  /** The toy learner and the ideal one. */
  readonly toy: Toy;
  /** Calibration errors that are known. */
  readonly vectors: Node<typeof Metrics>;
  /** Labels' probabilities read in two ways, where there is a language model. */
  readonly choices?: Node<typeof Metrics>;
}

/** Declares the claims, each at the presets that can speak to it. */
export function iclClaims(
  evidence: IclEvidence,
  { preset, name }: { readonly preset: IclPreset; readonly name: PresetName },
): readonly Claim[] {
  const { main, base, topics, spoilt, vectors, choices } = evidence;
  const tooSmall = name === "smoke"
    ? { outOfScale: "smoke only shows that everything runs, on a toy learner; quick asks a language model" }
    : {};
  const needs = (found: unknown, what: string) => {
    if (name === "smoke") return tooSmall;
    return found === undefined
      ? { outOfScale: `${what}; ${name === "paper" ? "none does" : "laptop does"}` }
      : {};
  };
  const oneKind = needs(topics, "this preset asks about one kind of texts");
  const onlyOne = needs(base, "this preset asks one model");
  // The table's thresholds grow with the preset: any hump at quick, one of 0.02 at laptop.
  const humped = name === "laptop" || name === "paper" ? 0.02 : 0;
  const texts =
    "with 1 to 4 demonstrations, at the number where the mean error is greatest (which favours the claim)";

  return [
    claim({
      id: "C1",
      source: "protocol",
      says: "the calibration error is that of 10 bins closed at the right",
      evidence: "verified",
      measure: exact(vectors, "difference"),
      expect: atMost(1e-9),
      note: "greatest difference from three errors that were computed by hand",
    }),
    claim({
      id: "C2a",
      source: "Fig. 1",
      says: "a few demonstrations make calibration worse than none",
      evidence: "verified",
      measure: hump(main, "none"),
      expect: above(humped),
      paper: 0.08,
      note: `calibration error ${texts}, minus that without any; the paper's is LLaMA-30B's on SST-2`,
      ...tooSmall,
    }),
    claim({
      id: "C2b",
      source: "Fig. 1",
      says: "and more demonstrations make it better again",
      evidence: "verified",
      measure: hump(main, "most"),
      expect: above(humped),
      paper: 0.083,
      note: `calibration error ${texts}, minus that with ${
        preset.shots.at(-1)
      }; not expected of models this small`,
      ...tooSmall,
    }),
    claim({
      id: "C2c",
      source: "results table",
      says: "a few demonstrations make calibration worse, of a base model too",
      evidence: "verified",
      ...(base === undefined ? {} : { measure: hump(base, "none") }),
      expect: above(humped),
      paper: 0.08,
      ...onlyOne,
    }),
    claim({
      id: "C2d",
      source: "results table",
      says: "a few demonstrations make calibration worse, on other texts too",
      evidence: "verified",
      ...(topics === undefined ? {} : { measure: hump(topics, "none") }),
      expect: above(humped),
      note: "the paper's table has no row of TREC's; on AG News it is the other way round there, at −0.19",
      ...oneKind,
    }),
    claim({
      id: "C3",
      source: "results table",
      says: "demonstrations raise accuracy",
      evidence: "verified",
      measure: mostAccurate(main),
      expect: above(0),
      paper: 0.357,
      note: "at the number of demonstrations with the highest mean, minus that without any",
      ...tooSmall,
    }),
    claim({
      id: "C4a",
      source: "analysis",
      says: "the more demonstrations, the more confident",
      evidence: "second-hand",
      measure: correlation(main, "labelConfidence"),
      expect: above(0),
      note:
        "rank correlation of shots from 1 on and the mean probability of the predicted label among all words",
      ...tooSmall,
    }),
    claim({
      id: "C4b",
      source: "analysis",
      says: "the more demonstrations, the less entropy",
      evidence: "second-hand",
      measure: correlation(main, "entropy"),
      expect: below(0),
      ...tooSmall,
    }),
    claim({
      id: "C5",
      source: "recalibration",
      says: "scaling-binning lowers the calibration error",
      evidence: "verified",
      measure: shareOfError(main, "scalingBinning"),
      expect: atMost(0.8),
      note:
        "error after, as a share of that before; means over shots from 1 on, fitted after the same demonstrations",
      ...tooSmall,
    }),
    claim({
      id: "C5b",
      source: "recalibration",
      says: "scaling-binning lowers the calibration error, of a base model too",
      evidence: "verified",
      ...(base === undefined ? {} : { measure: shareOfError(base, "scalingBinning") }),
      expect: atMost(0.8),
      ...onlyOne,
    }),
    claim({
      id: "C6a",
      source: "recalibration",
      says: "temperature scaling changes no prediction",
      evidence: "verified",
      measure: accuracyKept(main),
      expect: between(0, 0),
      note: "greatest change of accuracy",
    }),
    claim({
      id: "C6b",
      source: "recalibration",
      says: "temperature scaling gains less than scaling-binning",
      evidence: "verified",
      measure: gainOverTemperature(main),
      expect: above(0),
      note:
        "error after temperature scaling minus after scaling-binning; T is sought from 0.01 to 5, and the metrics say where " +
        "that cut it off",
      ...tooSmall,
    }),
    claim({
      id: "C6c",
      source: "recalibration",
      says: "a temperature from questions without demonstrations helps less than one from the same prompt",
      evidence: "second-hand",
      measure: otherPromptsGain(main),
      expect: above(0),
      note: "error after the former minus after the latter",
      ...tooSmall,
    }),
    claim({
      id: "C7a",
      source: "ablations",
      says: "a model that was tuned to instructions is calibrated worse than a base model",
      evidence: "second-hand",
      ...(base === undefined ? {} : { measure: gapBetween(main, base, "error") }),
      expect: atLeast(0),
      note: "models of different families and sizes, so that more than the tuning differs",
      ...onlyOne,
    }),
    claim({
      id: "C7b",
      source: "results table",
      says: "a chain of thought is more accurate and calibrated worse",
      evidence: "verified",
      expect: atLeast(0),
      outOfScale:
        "models of 135 and 270 million parameters do not reason: 17 + 25 is 32 or 33 to them; no preset does it",
    }),
    claim({
      id: "C8",
      source: "protocol",
      says: "labels' probabilities do not depend on how they are read",
      evidence: "reconstructed",
      ...(choices === undefined ? {} : { measure: exact(choices, "difference") }),
      expect: atMost(2e-6),
      note:
        "greatest difference between raised logits and the whole distribution; llama.cpp counts in floats",
      ...needs(choices, "this preset compares no ways of reading"),
    }),
    claim({
      id: "C9",
      source: "ablations",
      says: "one demonstration over and over raises confidence",
      evidence: "second-hand",
      ...(spoilt.repeated.length === 0 ? {} : {
        measure: gapBetween(
          spoilt.repeated,
          main.cells.filter(({ shots }) => shots === 1).map(({ judged }) => judged),
          "labelConfidence",
        ),
      }),
      expect: above(0),
      note: `${preset.repeats || "no"} repeats, minus one`,
      ...needs(spoilt.repeated[0], "this preset repeats no demonstration"),
    }),
    ...beyondClaims(evidence, { preset, name, tooSmall }),
  ];
}
