/**
 * What the CRATE papers claim of accuracies and losses, as numbers that can come out otherwise.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { atLeast, atMost, below, between } from "../lib/claim/expectation.ts";
import { meanInterval } from "../lib/claim/interval.ts";
import { difference, type Measure, numberAt } from "../lib/claim/measure.ts";
import {
  type Conditions,
  type CrateEvidence,
  dataOf,
  type Measured,
  type Run,
  tooSmall,
} from "./crate_evidence.ts";

/** Declares the claims on accuracies: against ViT, of ablations, of language models, and beyond the paper. */
export function accuracyClaims(evidence: CrateEvidence, run: Run): readonly Claim[] {
  return [
    ...comparisons(evidence, run),
    ...ablations(evidence, run),
    ...languageClaims(evidence, run),
    ...beyondThePaper(evidence, run),
  ];
}

function comparisons({ compared }: CrateEvidence, { preset, name }: Run): readonly Claim[] {
  const crate = compared.map((one) => one.crate.clean);
  return [
    claim({
      id: "C5a",
      source: "Table 1",
      evidence: "verified",
      says:
        "CRATE is nearly as accurate as ViT of the same width and depth, whose blocks are four times as large",
      measure: difference(crate, compared.map((one) => one.vit.clean), "accuracy", 100),
      expect: atLeast(-5),
      paper: -5.7,
      unit: "points",
      note:
        `on ${
          dataOf(preset)
        }, after equally many steps, in which a small ViT learns more slowly; the paper's ` +
        "number is CRATE-Tiny against ViT-S, both of width 384, on ImageNet-1k",
      ...tooSmall(name),
    }),
    claim({
      id: "C5b",
      source: "Table 1",
      evidence: "verified",
      says: "CRATE is nearly as accurate as ViT of as many parameters",
      measure: difference(crate, compared.map((one) => one.narrowVit), "accuracy", 100),
      expect: atLeast(-5),
      paper: -1.6,
      unit: "points",
      note: "ViT of half the width; the paper's number is CRATE-Base against ViT-S on ImageNet-1k",
      ...tooSmall(name),
    }),
  ];
}

function ablations({ ablated }: CrateEvidence, { name }: Run): readonly Claim[] {
  const against = (variant: keyof CrateEvidence["ablated"][number]) =>
    difference(ablated.map((one) => one[variant]), ablated.map((one) => one.official), "accuracy", 100);
  const common = { evidence: "verified", unit: "points", ...tooSmall(name) } as const;
  const ofStep = { ...common, source: "Table 2", note: "accuracy minus that with η = λ = 0.1" };
  return [
    claim({
      ...ofStep,
      id: "C6a",
      says: "a smaller step size, η = 0.02, changes little",
      measure: against("smallStep"),
      expect: between(-1, 1),
      paper: -0.1,
    }),
    claim({
      ...ofStep,
      id: "C6b",
      says: "a larger step size, η = 0.5, harms",
      measure: against("largeStep"),
      expect: atMost(-1),
      paper: -4.1,
    }),
    claim({
      ...ofStep,
      id: "C6c",
      says: "a smaller weight of the ℓ1 norm, λ = 0.02, changes little",
      measure: against("lessSparse"),
      expect: between(-1, 1),
      paper: 0,
    }),
    claim({
      ...ofStep,
      id: "C6d",
      says: "a larger weight of the ℓ1 norm, λ = 0.5, changes little",
      measure: against("moreSparse"),
      expect: between(-1, 1),
      paper: -0.3,
    }),
    claim({
      ...common,
      id: "C7a",
      source: "Table 3",
      says: "an output map that is tied to the subspaces harms",
      measure: against("tied"),
      expect: below(0),
      paper: -7.5,
      note: "equations 11 and 12 with a learnable scalar, against the free output map",
    }),
    claim({
      ...common,
      id: "C7b",
      source: "Table 3",
      evidence: "reconstructed",
      says: "a proximal step of majorisation in the place of ISTA harms",
      measure: against("majorisation"),
      expect: below(0),
      paper: -2.2,
      note: "equation 92 was not at hand: the step is derived from Lemma 6, see lib/nn/ista.ts",
    }),
  ];
}

function languageClaims({ writers, entropies }: CrateEvidence, { preset, name }: Run): readonly Claim[] {
  const crate = writers.map((one) => one.crate);
  const softmax = writers.map((one) => one.softmax);
  const text = {
    sotu: "State of the Union addresses",
    shakespeare: "Shakespeare",
    openwebtext: "OpenWebText",
  }[preset.language.text.from];
  const common = {
    source: "2311.13110",
    evidence: "second-hand",
    unit: "nats",
    ...tooSmall(name),
  } as const;
  return [
    claim({
      ...common,
      id: "C9a",
      says: "causal CRATE learns language beyond pairs of characters",
      ...(entropies === undefined
        ? {
          outOfScale:
            "pairs of GPT-2's tokens are too many to be counted; the laptop preset reads characters",
        }
        : { measure: excess(crate, entropies, "bigram") }),
      expect: below(0),
      note: `${text}: held-out loss minus the entropy of a character given the one before`,
    }),
    claim({
      ...common,
      id: "C9b",
      says: "causal CRATE stays behind GPT-2 of the same width, by less than a nat",
      measure: difference(crate, softmax, "loss"),
      expect: between(0, 1),
      paper: 0.52,
      note: "the number is the authors' book's, per GPT-2 token on OpenWebText",
    }),
  ];
}

function beyondThePaper({ compared, ablated }: CrateEvidence, { preset, name }: Run): readonly Claim[] {
  const { nuisance, attack } = preset;
  const against = (condition: keyof Conditions) =>
    difference(
      compared.map((one) => one.crate[condition]),
      compared.map((one) => one.vit[condition]),
      "accuracy",
      100,
    );
  const common = {
    source: "none",
    expect: atLeast(-5),
    unit: "points",
    extension: true,
    ...tooSmall(name),
  } as const;
  return [
    claim({
      ...common,
      id: "X1",
      says: "under noise, CRATE stays as close to ViT",
      measure: against("noisy"),
      note: `Gaussian noise of σ = ${nuisance.sigma} on pixels from 0 to 1`,
    }),
    claim({
      ...common,
      id: "X2",
      says: "trained with wrong labels, CRATE loses at most five points",
      measure: difference(
        ablated.map((one) => one.mislabelled),
        ablated.map((one) => one.official),
        "accuracy",
        100,
      ),
      note: `${
        100 * nuisance.labels
      } % of the training labels replaced by others; accuracy minus that with right ones`,
    }),
    claim({
      ...common,
      id: "X3",
      says: "under attack, CRATE stays as close to ViT",
      measure: against("attacked"),
      note:
        `PGD of ${attack.steps} steps of ${attack.stepSize} within ε = ${attack.epsilon} grey levels of 255`,
    }),
  ];
}

/** The mean over seeds of a loss minus an entropy of the text. */
function excess(losses: readonly Measured[], entropies: Measured, entropy: string): Measure {
  return {
    nodes: [...losses, entropies],
    read: (metrics) => {
      const bound = numberAt(metrics.at(-1)!, entropy);
      return meanInterval(metrics.slice(0, -1).map((one) => numberAt(one, "loss") - bound));
    },
  };
}
