/**
 * Assembling: a pipeline at a preset, as nodes and claims that could run.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Claim } from "./claim/claim.ts";
import { ParameterError, PipelineError, thrown } from "./dag/errors.ts";
import { type Node, type Overrides, withOverrides } from "./dag/node.ts";
import {
  checkClaims,
  closure,
  type Declared,
  type Pipeline,
  type PresetName,
  type Setting,
} from "./dag/pipeline.ts";

/** How many seeds a preset repeats over where its pipeline does not say. */
const SEEDS = 3;

/** How to assemble a pipeline. */
export interface AssembleOptions {
  /** The preset. */
  readonly preset: PresetName;
  /** How many seeds to repeat over; as many as the pipeline says where absent. */
  readonly seeds?: number | undefined;
  /** Parameters to replace, by task. */
  readonly overrides?: Overrides | undefined;
}

/** A pipeline at a preset. */
export interface Assembled {
  /** The pipeline. */
  readonly pipeline: Pipeline;
  /** The preset's name. */
  readonly preset: PresetName;
  /** The seeds: 0, 1, … */
  readonly seeds: readonly number[];
  /** The parameters that were replaced, by task. */
  readonly overrides: Overrides;
  /** What it declares. */
  readonly declared: Declared<Claim>;
  /** The nodes that the figures and the claims read, and what else the pipeline wants. */
  readonly roots: readonly Node[];
  /** All nodes, every node after the ones wired into it. */
  readonly nodes: readonly Node[];
}

/** Builds a pipeline's nodes and claims. Nothing runs. */
export function assemble(
  pipeline: Pipeline,
  { preset, seeds: repeats = pipeline.seeds?.[preset] ?? SEEDS, overrides = {} }: AssembleOptions,
): Effect.Effect<Assembled, ParameterError | PipelineError> {
  return Effect.try({
    try: () => {
      const seeds = Array.from({ length: repeats }, (_, index) => index);
      const setting: Setting<unknown> = { preset: pipeline.presets[preset], name: preset, seeds };
      const declared = withOverrides(overrides, () => pipeline.build(setting)) as Declared<Claim>;
      checkClaims(pipeline.name, declared.claims);
      const measured = declared.claims.flatMap((claim) =>
        claim.outOfScale === undefined ? claim.measure?.nodes ?? [] : []
      );
      const roots = [...declared.figures, ...measured, ...(declared.also ?? [])];
      return { pipeline, preset, seeds, overrides, declared, roots, nodes: closure(roots) };
    },
    catch: (error) =>
      error instanceof ParameterError || error instanceof PipelineError ? error : new PipelineError({
        message: `pipeline ${pipeline.name} cannot be built: ${thrown(error)}`,
      }),
  });
}
