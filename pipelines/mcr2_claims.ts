/**
 * What the geometric analysis of MCR² claims, as numbers that can come out otherwise.
 *
 * @module
 */
import type { Claim } from "../lib/claim/claim.ts";
import type { Node } from "../lib/dag/node.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import { networkClaims } from "./mcr2_network_claims.ts";
import type { Mcr2Preset } from "./mcr2_presets.ts";
import { ascentClaims, theoremClaims } from "./mcr2_theory_claims.ts";

type Measured = Node<typeof Metrics>;

/** What is measured of a network: of its features, and of what classifies by them. */
type OfNetwork = Readonly<Record<"geometry" | "train" | "test" | "attacked", Measured>>;

/** The two objectives that are compared. */
type Compared<A> = Readonly<Record<"reduction" | "crossEntropy", A>>;

/** The nodes whose metrics the claims read. */
export interface Mcr2Evidence {
  /** Local maxima of given ranks, from close. */
  readonly maxima: readonly Measured[];
  /** Two kinds of saddle, from close. */
  readonly saddles: readonly Measured[];
  /** Critical points from random starts, counted. */
  readonly landscapes: readonly Measured[];
  /** Where ascents end. */
  readonly ascents: Readonly<
    Record<"balanced" | "unbalanced" | "grid" | "nearMost" | "collapsed", readonly Measured[]>
  >;
  /** The λ beyond which nothing is better. */
  readonly turning: Measured;
  /** Of each seed: a network by rate reduction and one by cross-entropy. */
  readonly networks: readonly Compared<OfNetwork>[];
  /** Networks on more classes or images, of each seed. */
  readonly more: readonly (readonly Measured[])[];
  /** Accuracies after training on corrupted labels, of each rate and seed. */
  readonly corrupted: readonly (readonly Compared<Measured>[])[];
}

/** Declares the claims of the paper, each at the presets that can speak to it. */
export function mcr2Claims(
  evidence: Mcr2Evidence,
  { preset, name }: { readonly preset: Mcr2Preset; readonly name: PresetName },
): readonly Claim[] {
  return [
    ...theoremClaims(evidence),
    ...ascentClaims(evidence, preset),
    ...networkClaims(evidence, preset, name),
  ];
}
