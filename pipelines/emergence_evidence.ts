/**
 * What the claims of "Emergence of segmentation" are judged by.
 *
 * @module
 */
import { type Measure, numberAt } from "../lib/claim/measure.ts";
import type { Node } from "../lib/dag/node.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import type { NetworkName } from "./emergence_networks.ts";

/** A node that measured something. */
export type Measured = Node<typeof Metrics>;

/** What is measured of a network with one seed. */
export interface NetworkEvidence {
  readonly accuracy: Measured;
  readonly segmentation: Measured;
  readonly detection: Measured;
}

/** What is measured with one seed. */
export interface SeedEvidence {
  /** Of each network. */
  readonly networks: Readonly<Record<NetworkName, NetworkEvidence>>;
  /** The maps of untrained networks. */
  readonly untrained: Readonly<Record<"crate" | "vit", Measured>>;
  /** CRATE's maps in the middle of training, the earliest first. */
  readonly snapshots: readonly Measured[];
  /** How CRATE's maps and ViT's stay where they are under noise. */
  readonly stability: Readonly<Record<"crate" | "vit", Measured>>;
  /** What the first principal component of CRATE's keys tells apart, before and after training. */
  readonly split: Readonly<Record<"untrained" | "trained", Measured>>;
  /** Of each network, under attack: its accuracy, its accuracy under noise of the same size, its maps. */
  readonly attacked: Readonly<
    Record<"crate" | "vit", Readonly<Record<"attack" | "noise" | "maps", Measured>>>
  >;
}

/** The nodes whose metrics the claims read. */
export interface EmergenceEvidence {
  /** What is measured with each seed. */
  readonly seeds: readonly SeedEvidence[];
  /** Accuracy of CRATE under an attack that may change nearly everything. */
  readonly overwhelmed: Measured;
  /** Parameters of the published sizes. */
  readonly parameters: Measured;
}

/** The accuracy that a network must reach for its maps to say anything. */
export const GATE = 0.9;

/** A measure that settles nothing unless each network has learned to classify: its interval becomes unbounded. */
export function behind(learned: readonly Measured[], { nodes, read }: Measure): Measure {
  return {
    nodes: [...nodes, ...learned],
    read: (metrics) => {
      const interval = read(metrics.slice(0, nodes.length));
      const open = metrics.slice(nodes.length).every((one) => numberAt(one, "accuracy") >= GATE);
      return open ? interval : { ...interval, low: -Infinity, high: Infinity };
    },
  };
}
