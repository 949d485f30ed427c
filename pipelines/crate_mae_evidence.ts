/**
 * What the claims and figures of CRATE-MAE rest on.
 *
 * @module
 */
import { meanInterval } from "../lib/claim/interval.ts";
import { type Measure, numberAt } from "../lib/claim/measure.ts";
import type { Node } from "../lib/dag/node.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Checkpoint } from "../lib/kinds/checkpoint.ts";
import type { Dataset } from "../lib/kinds/dataset.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import type { CrateMaePreset } from "./crate_mae_presets.ts";

/** A measured node. */
export type Measured = Node<typeof Metrics>;

/** A network of one seed, and what was measured of it. */
export interface MeasuredNetwork {
  /** The network. */
  readonly model: Node<typeof Checkpoint>;
  /** Its errors on hidden patches. */
  readonly loss: Measured;
  /** The same where it is shown noisy images and is to complete the clean ones. */
  readonly noisyLoss: Measured;
  /** How well its encoder tells classes apart. */
  readonly probe: Measured;
}

/** Of one seed. */
export interface CrateMaeSeed {
  /** CRATE-MAE. */
  readonly crate: MeasuredNetwork;
  /** ViT-MAE of the same width. */
  readonly vit: MeasuredNetwork;
  /** ViT-MAE of as many parameters. */
  readonly narrowVit: MeasuredNetwork;
  /** The encoder of CRATE-MAE before training. */
  readonly untrainedProbe: Measured;
  /** Layers of CRATE-MAE before and after training, and of the ViT-MAE of as many parameters, which is as deep. */
  readonly layers: Readonly<Record<"untrained" | "trained" | "narrowVit", Measured>>;
  /** Errors with other weights λ, in the order of the preset. */
  readonly otherLosses: readonly Measured[];
}

/** The nodes that claims and figures read. */
export interface CrateMaeEvidence {
  /** Of each seed. */
  readonly seeds: readonly CrateMaeSeed[];
  /** How well pixels as they are tell classes apart. */
  readonly pixels: Measured;
  /** Parameters of the official sizes. */
  readonly parameters: Measured;
  /** Images as the networks of the first seed complete them: CRATE-MAE, ViT-MAE, the narrow one. */
  readonly completed: readonly Node<typeof Dataset>[];
}

/** What claims are judged at. */
export interface Run {
  /** The preset. */
  readonly preset: CrateMaePreset;
  /** Its name. */
  readonly name: PresetName;
}

/** What claims at the smoke preset say instead of measuring. */
export function tooSmall(name: PresetName): { readonly outOfScale?: string } {
  return name === "smoke"
    ? { outOfScale: "smoke only shows that everything runs; the quick preset measures this" }
    : {};
}

/** The mean over seeds of one metric divided by another, paired by seed. */
export function quotient(of: readonly Measured[], by: readonly Measured[], path: string): Measure {
  return {
    nodes: [...of, ...by],
    read: (metrics) =>
      meanInterval(
        of.map((_, seed) => numberAt(metrics[seed]!, path) / numberAt(metrics[of.length + seed]!, path)),
      ),
  };
}

/** The mean over seeds of a metric minus a number that no seed decides. */
export function excess(
  of: readonly Measured[],
  over: Measured,
  paths: { readonly of: string; readonly over: string },
  scale: number,
): Measure {
  return {
    nodes: [...of, over],
    read: (metrics) =>
      meanInterval(
        of.map((_, seed) =>
          scale * (numberAt(metrics[seed]!, paths.of) - numberAt(metrics.at(-1)!, paths.over))
        ),
      ),
  };
}
