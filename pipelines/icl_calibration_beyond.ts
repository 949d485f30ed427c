/**
 * What goes beyond the paper on in-context learning: spoilt demonstrations, and a learner whose ideal is known.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atMost, below } from "../lib/claim/expectation.ts";
import { meanInterval } from "../lib/claim/interval.ts";
import { type Measure, numberAt } from "../lib/claim/measure.ts";
import type { Node } from "../lib/dag/node.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import type { IclEvidence } from "./icl_calibration_claims.ts";
import { gapBetween } from "./icl_calibration_measures.ts";
import type { IclPreset } from "./icl_calibration_presets.ts";
import type { Study } from "./icl_calibration_study.ts";

type Measured = Node<typeof Metrics>;

/** What is measured of the toy learner, for each number of demonstrations a node a seed. */
export interface Toy {
  /** The numbers of demonstrations. */
  readonly shots: readonly number[];
  /** Prompts of one question each: a list a number of demonstrations. */
  readonly single: readonly (readonly Measured[])[];
  /** Prompts of many questions. */
  readonly prompts: readonly (readonly Measured[])[];
}

/** Declares the claims that the paper does not make. */
export function beyondClaims(
  { main, spoilt, toy }: IclEvidence,
  { preset, name, tooSmall }: {
    readonly preset: IclPreset;
    readonly name: PresetName;
    readonly tooSmall: { readonly outOfScale?: string };
  },
): readonly Claim[] {
  const plain = (shots: number) => judgedAt(main, shots);
  const { nuisance, attack } = preset;
  const noModel = spoilt.misled.length === 0
    ? { outOfScale: "the toy learner's demonstrations are not searched; quick searches a language model's" }
    : {};
  return [
    claim({
      id: "X1a",
      source: "none",
      says: "wrong labels in demonstrations lower accuracy",
      measure: gapBetween(spoilt.wrong, plain(nuisance.shots), "accuracy"),
      expect: below(0),
      extension: true,
      note: `${nuisance.shots} demonstrations, of whose labels ${
        100 * nuisance.wrong
      } % are wrong, minus the same rightly labelled`,
      ...tooSmall,
    }),
    claim({
      id: "X1b",
      source: "none",
      says: "wrong labels in demonstrations raise the calibration error",
      measure: gapBetween(spoilt.wrong, plain(nuisance.shots), "error"),
      expect: above(0),
      extension: true,
      ...tooSmall,
    }),
    claim({
      id: "X2a",
      source: "none",
      says: "permuted labels in demonstrations lower accuracy",
      measure: gapBetween(spoilt.permuted, plain(nuisance.shots), "accuracy"),
      expect: below(0),
      extension: true,
      note:
        `${nuisance.shots} demonstrations, each with the label of the next class; a learner that reads them is wrong`,
      ...tooSmall,
    }),
    claim({
      id: "X2b",
      source: "none",
      says: "permuted labels in demonstrations raise the calibration error",
      measure: gapBetween(spoilt.permuted, plain(nuisance.shots), "error"),
      expect: above(0),
      extension: true,
      ...tooSmall,
    }),
    claim({
      id: "X3a",
      source: "none",
      says: "true demonstrations that were chosen to mislead lower accuracy",
      ...(spoilt.misled.length === 0
        ? {}
        : { measure: gapBetween(spoilt.misled, plain(attack.shots), "accuracy") }),
      expect: below(0),
      extension: true,
      note:
        `the worst of ${attack.tries} draws of ${attack.shots}, judged by ${attack.questions} other texts, minus one draw`,
      ...noModel,
      ...tooSmall,
    }),
    claim({
      id: "X3b",
      source: "none",
      says: "true demonstrations that were chosen to mislead raise the calibration error",
      ...(spoilt.misled.length === 0
        ? {}
        : { measure: gapBetween(spoilt.misled, plain(attack.shots), "error") }),
      expect: above(0),
      extension: true,
      ...noModel,
      ...tooSmall,
    }),
    claim({
      id: "X4a",
      source: "none",
      says: "a learner of the task family itself is calibrated, as far as a sample can tell",
      measure: excessOverFloor(toy.single.flat()),
      expect: atMost(0),
      extension: true,
      note:
        `toy learner: error over ${preset.toy.single} prompts, minus the 95 % quantile of calibrated answers', all shots`,
      ...tooSmall,
    }),
    claim({
      id: "X4b",
      source: "none",
      says:
        "measured prompt by prompt, an ideal learner has the hump too: worse with few demonstrations than with none",
      measure: idealHump(toy, "none"),
      expect: above(0),
      extension: true,
      note:
        "greatest error of the exact posterior at 1 to 4 demonstrations, as a mean over prompts, minus that at none",
      ...tooSmall,
    }),
    claim({
      id: "X4c",
      source: "none",
      says: "measured prompt by prompt, an ideal learner has the hump too: and better again with more",
      measure: idealHump(toy, "most"),
      expect: above(0),
      extension: true,
      note: `the same, minus that at ${toy.shots.at(-1)}`,
      ...tooSmall,
    }),
    claim({
      id: "X4d",
      source: "none",
      says: "over many prompts at once, it has none: the hump is of the measure",
      measure: excessOverFloor(toy.single.flat(), "ideal"),
      expect: atMost(0),
      extension: true,
      note: "error of the exact posterior minus the 95 % quantile of calibrated answers'",
      ...(name === "smoke" ? tooSmall : {}),
    }),
  ];
}

function judgedAt(study: Study, shots: number): readonly Measured[] {
  return study.cells.filter((cell) => cell.shots === shots).map(({ judged }) => judged);
}

/** The error minus the floor's upper end, over nodes. */
function excessOverFloor(nodes: readonly Measured[], who: "learner" | "ideal" = "learner"): Measure {
  return {
    nodes,
    read: (metrics) =>
      meanInterval(metrics.map((one) => numberAt(one, `${who}.error`) - numberAt(one, `${who}.floor.high`))),
  };
}

/** The greatest mean error of prompts at 1 to 4 demonstrations, minus that at none or at the most, seed by seed. */
function idealHump({ shots, prompts }: Toy, against: "none" | "most"): Measure {
  const nodes = prompts.flat();
  const seeds = prompts[0]!.length;
  return {
    nodes,
    read: (metrics) => {
      const errors = shots.map((_, row) =>
        metrics.slice(row * seeds, (row + 1) * seeds).map((one) => numberAt(one, "ideal.errorOfPrompts"))
      );
      const few = errors.filter((_, row) => shots[row]! >= 1 && shots[row]! <= 4);
      const total = (row: readonly number[]) => row.reduce((sum, error) => sum + error, 0);
      const peak = few.reduce((best, row) => total(row) > total(best) ? row : best);
      const reference = against === "none" ? errors[0]! : errors.at(-1)!;
      const differences = peak.map((error, seed) => error - reference[seed]!);
      return meanInterval(differences);
    },
  };
}
