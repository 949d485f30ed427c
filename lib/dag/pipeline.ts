/**
 * Pipelines: a paper as a function from a preset to nodes and claims.
 *
 * @module
 */
import { PipelineError } from "./errors.ts";
import { dependencies, label, type Node } from "./node.ts";

/** The presets, from the smallest to the paper's own sizes. */
export const PRESETS = ["smoke", "quick", "laptop", "paper"] as const;
/** A preset's name. */
export type PresetName = typeof PRESETS[number];

/** What a pipeline's `build` is given. */
export interface Setting<S> {
  /** The preset's values. */
  readonly preset: S;
  /** The preset's name. */
  readonly name: PresetName;
  /** The seeds to repeat over. */
  readonly seeds: readonly number[];
}

/** What a pipeline declares: what to draw, what to judge, and what else to make. */
export interface Declared<Claim, Figure extends Node = Node> {
  /** Nodes that make figures, in the order of the report. */
  readonly figures: readonly Figure[];
  /** The claims. */
  readonly claims: readonly Claim[];
  /** What is trained and how large it is, a line each: shown with the plan. */
  readonly sizes?: readonly string[];
  /** Further nodes to make, that no claim or figure needs. */
  readonly also?: readonly Node[];
}

/** A paper as data: who wrote it, what it is called. */
export interface Paper {
  /** Its title. */
  readonly title: string;
  /** Its authors. */
  readonly authors?: string;
  /** Its number on arXiv: `2412.17810`. */
  readonly arxiv?: string;
  /** The year it came out. */
  readonly year?: number;
}

/** A pipeline: one paper. */
// deno-lint-ignore no-explicit-any
export interface Pipeline<S = any, Claim = unknown> {
  /** The name on the command line: `tost`. */
  readonly name: string;
  /** What is reproduced, in one line. */
  readonly about: string;
  /** The paper. */
  readonly paper: Paper;
  /** The values of each preset. */
  readonly presets: Readonly<Record<PresetName, S>>;
  /** How many seeds each preset repeats over; 3 where it does not say. */
  readonly seeds?: Partial<Readonly<Record<PresetName, number>>>;
  /** Declares the nodes and the claims. Nothing runs. */
  readonly build: (setting: Setting<S>) => Declared<Claim>;
}

/** Declares a pipeline. */
export function pipeline<S, Claim>(pipeline: Pipeline<S, Claim>): Pipeline<S, Claim> {
  return pipeline;
}

/**
 * All nodes that some nodes need, each once, every node after the ones wired into it.
 *
 * @throws {PipelineError} On a cycle; the message names its nodes.
 */
export function closure(roots: readonly Node[]): readonly Node[] {
  const done = new Map<string, Node>();
  const open = new Set<string>();
  // An explicit stack: a pipeline may be deeper than the engine's call stack.
  const stack: { readonly node: Node; readonly next: Node[] }[] = [];
  const enter = (node: Node) => {
    if (done.has(node.address)) return;
    if (open.has(node.address)) {
      const from = stack.findIndex((frame) => frame.node.address === node.address);
      const names = [...stack.slice(from).map((frame) => label(frame.node)), label(node)];
      throw new PipelineError({ message: `the pipeline has a cycle: ${names.join(" → ")}` });
    }
    open.add(node.address);
    stack.push({ node, next: [...dependencies(node)].reverse() });
  };
  for (const root of roots) {
    enter(root);
    while (stack.length > 0) {
      const frame = stack.at(-1)!;
      const next = frame.next.pop();
      if (next !== undefined) {
        enter(next);
        continue;
      }
      stack.pop();
      open.delete(frame.node.address);
      done.set(frame.node.address, frame.node);
    }
  }
  return [...done.values()];
}

/**
 * Checks that claims have different ids.
 *
 * @throws {PipelineError} Naming the id that two share.
 */
export function checkClaims(pipeline: string, claims: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of claims) {
    if (seen.has(id)) {
      throw new PipelineError({ message: `pipeline ${pipeline} has two claims with the id ${id}` });
    }
    seen.add(id);
  }
}
