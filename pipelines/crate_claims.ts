/**
 * What the CRATE papers claim of layers, as numbers that can come out otherwise.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, atLeast, atMost, below } from "../lib/claim/expectation.ts";
import { meanInterval } from "../lib/claim/interval.ts";
import { difference, type Measure, metric, numberAt } from "../lib/claim/measure.ts";
import { accuracyClaims } from "./crate_accuracy_claims.ts";
import { type CrateEvidence, type Measured, type Run, tooSmall } from "./crate_evidence.ts";
import { claimedCrateSizes } from "./crate_sizes.ts";

/** Declares the claims of the CRATE papers, each at the presets that can speak to it. */
export function crateClaims(evidence: CrateEvidence, run: Run): readonly Claim[] {
  return [
    ...layerClaims(evidence, run),
    ...accuracyClaims(evidence, run),
    ...claimedCrateSizes(evidence.parameters),
  ];
}

function layerClaims({ looked }: CrateEvidence, { preset, name }: Run): readonly Claim[] {
  const trained = looked.map((one) => one.trained);
  const early = looked.map((one) => one.early);
  const untrained = looked.map((one) => one.untrained);
  const { depth, heads } = preset.layers.net;
  const small = tooSmall(name);
  const shares = "as a share of its greatest value";
  return [
    claim({
      id: "C1a",
      source: "Fig. 3",
      evidence: "verified",
      says: "trained layers compress: in nearly every layer Rᶜ is lower than before training",
      measure: pairs(trained, untrained, (after, before) => share(after, before, "rateOfInput")),
      expect: atLeast(0.8),
      note:
        "share of layers in which Rᶜ of the layer's normalised input, projected on U, is lower, which is what the authors' program measures",
      ...small,
    }),
    claim({
      id: "C1b",
      source: "Fig. 3",
      evidence: "verified",
      says: "the fall of Rᶜ by training is not a trifle",
      measure: difference(untrained, trained, "rateOfInputMean"),
      expect: atLeast(0.01),
      note: `mean over layers of Rᶜ before training minus after, ${shares}; the threshold is ours`,
      ...small,
    }),
    claim({
      id: "C2a",
      source: "Fig. 3",
      evidence: "verified",
      says: "in a trained network Rᶜ after MSSA is lower in the last layer than in the first",
      measure: metric(trained, "rateChange"),
      expect: below(0),
      paper: -0.28,
      note:
        `Rᶜ of the normalised tokens after MSSA, projected on U, ${shares}; the paper's number is read off its figure of CRATE-Small`,
      ...small,
    }),
    claim({
      id: "C2a*",
      source: "Fig. 3",
      evidence: "reconstructed",
      says: "an untrained network does not lower Rᶜ after MSSA with depth",
      measure: metric(untrained, "rateChange"),
      expect: atLeast(-0.01),
      extension: true,
      note: "without this, C2a would say nothing of training",
      ...small,
    }),
    claim({
      id: "C2b",
      source: "Fig. 3",
      evidence: "reconstructed",
      says: "training makes the tokens of the last layer lie in fewer dimensions",
      measure: pairs(
        trained,
        untrained,
        (after, before) => lastOf(after, "stableRank") / lastOf(before, "stableRank"),
      ),
      expect: below(0.8),
      extension: true,
      note: "stable rank of the last layer's tokens, trained over untrained",
      ...small,
    }),
    claim({
      id: "C2c",
      source: "Fig. 3",
      evidence: "verified",
      says: "Rᶜ falls with depth",
      measure: metric(trained, "rateTrend"),
      expect: atMost(-0.5),
      paper: -0.92,
      note: "rank correlation of Rᶜ after MSSA and ℓ",
      ...(depth < 8 && name !== "smoke"
        ? { outOfScale: `the ranks of ${depth} layers say too little; the laptop preset has 8` }
        : small),
    }),
    claim({
      id: "C3a",
      source: "Fig. 3",
      evidence: "verified",
      says: "training makes deeper layers sparser",
      measure: difference(trained, untrained, "nonZeroBeforeLastChange"),
      expect: below(0),
      note:
        "fall of ‖Z‖₀/(dn) from the first layer to the last but one, trained minus untrained: threshold and ReLU " +
        "alone make deep layers sparser, which confounds the paper's curve",
      ...small,
    }),
    claim({
      id: "C3b",
      source: "Fig. 3",
      evidence: "verified",
      says: "‖Z‖₀/(dn) of a trained network falls with depth, but for the last layer",
      measure: metric(trained, "nonZeroBeforeLastTrend"),
      expect: below(0),
      paper: -0.91,
      note:
        "rank correlation over ℓ = 1 … L − 1, as the paper draws it; see C3a for what training has to do with it",
      ...small,
    }),
    claim({
      id: "C3c",
      source: "Fig. 3",
      evidence: "verified",
      says: "the last layer of a trained network is less sparse than the one before",
      measure: metric(trained, "nonZeroBump"),
      expect: above(0),
      paper: 0.13,
      note: "the paper's number is read off its figure of CRATE-Small",
      ...small,
    }),
    claim({
      id: "C4",
      source: "Fig. 4",
      evidence: "verified",
      says: "Rᶜ falls as training goes on",
      measure: {
        nodes: [...untrained, ...early, ...trained],
        read: (metrics) => {
          const seeds = untrained.length;
          const rate = (when: number, seed: number) =>
            numberAt(metrics[when * seeds + seed]!, "rateOfInputMean");
          return meanInterval(
            untrained.map((_, seed) =>
              Math.min(rate(0, seed) - rate(1, seed), rate(1, seed) - rate(2, seed))
            ),
          );
        },
      },
      expect: atLeast(-0.01),
      note:
        "the lesser of two falls of the mean Rᶜ over layers: from before training to an epoch, and from there to the " +
        "end; a rise by 1 % is let pass",
      ...small,
    }),
    claim({
      id: "C8a",
      source: "Fig. 7",
      evidence: "verified",
      says: "subspaces of different heads are more incoherent in deeper layers",
      measure: metric(trained, "betweenFall"),
      expect: below(0),
      note: "mean |cos| between directions of different heads, last third of the layers against the first",
      ...small,
    }),
    claim({
      id: "C8b",
      source: "Fig. 7",
      evidence: "reconstructed",
      says: "less than half of UᵀU lies between different heads",
      measure: metric(trained, "offBlockMean"),
      expect: below(0.5),
      note:
        `share of ‖UᵀU‖²_F; random directions already have ${
          ((1 - 1 / heads) / 2).toFixed(2)
        } with ${heads} heads, ` +
        "so that this cannot fail by much",
      ...small,
    }),
    claim({
      id: "C8c",
      source: "Fig. 7",
      evidence: "reconstructed",
      says: "training makes subspaces of different heads more incoherent",
      measure: difference(trained, untrained, "betweenMean"),
      expect: below(0),
      extension: true,
      note: "mean |cos| between directions of different heads over all layers, trained minus untrained",
      ...small,
    }),
  ];
}

/** The mean over seeds of a number computed from two metrics of each. */
function pairs(
  left: readonly Measured[],
  right: readonly Measured[],
  compute: (left: Metrics, right: Metrics) => number,
): Measure {
  return {
    nodes: [...left, ...right],
    read: (metrics) =>
      meanInterval(left.map((_, seed) => compute(metrics[seed]!, metrics[left.length + seed]!))),
  };
}

type Metrics = Parameters<Measure["read"]>[0][number];

/** The share of layers in which one curve is below another. */
function share(below: Metrics, above: Metrics, path: string): number {
  const [low, high] = [curveAt(below, path), curveAt(above, path)];
  return low.filter((value, layer) => value < high[layer]!).length / low.length;
}

function lastOf(metrics: Metrics, path: string): number {
  return curveAt(metrics, path).at(-1)!;
}

function curveAt(metrics: Metrics, path: string): readonly number[] {
  return metrics[path] as readonly number[];
}
