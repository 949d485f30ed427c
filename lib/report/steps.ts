/**
 * Steps: nodes that play the same part in a pipeline, such as the training of each seed.
 *
 * @module
 */
import { sha256 } from "../dag/digest.ts";
import type { RunNode } from "../dag/record.ts";

/** Nodes of one task whose inputs come from the same steps. */
export interface Step<N extends RunNode = RunNode> {
  /** Unique in its report, and fit for a link. */
  readonly id: string;
  /** The task's name. */
  readonly task: string;
  /** The nodes. */
  readonly nodes: readonly N[];
  /** The steps before it. */
  readonly from: readonly string[];
  /** What tells it from other steps of its task: the tasks before it that those have not. */
  readonly about: string;
}

/**
 * Puts nodes together into steps. Steps form a graph without cycles: a task that is applied to what it made itself is
 * two steps.
 *
 * @param nodes The nodes, every node after the ones wired into it.
 * @returns The steps, every step after the ones before it.
 */
export function stepsOf<N extends RunNode>(nodes: readonly N[]): readonly Step<N>[] {
  const stepOf = new Map<string, string>();
  const steps = new Map<string, { task: string; nodes: N[]; from: readonly string[] }>();
  for (const node of nodes) {
    const wired = node.inputs.flatMap(({ input, address }) => {
      const step = stepOf.get(address);
      return step === undefined ? [] : [`${input} ${step}`];
    });
    const part = [...new Set(wired)].sort();
    const id = `step-${node.task}-${sha256([node.task, ...part].join("\n")).slice(0, 6)}`;
    stepOf.set(node.address, id);
    const from = [...new Set(part.map((one) => one.split(" ")[1]!))];
    if (!steps.has(id)) steps.set(id, { task: node.task, nodes: [], from });
    steps.get(id)!.nodes.push(node);
  }
  const before = (from: readonly string[]) => from.map((id) => steps.get(id)!.task);
  return [...steps].map(([id, step]) => {
    const alike = [...steps.values()].filter(({ task }) => task === step.task).map(({ from }) =>
      before(from)
    );
    const own = before(step.from).filter((task) => !alike.every((tasks) => tasks.includes(task)));
    return { id, ...step, about: own.join(", ") };
  });
}

/** The steps that lead to some nodes, the first ones first, with those of their nodes that do. */
export function stepsTowards<N extends RunNode>(
  steps: readonly Step<N>[],
  addresses: readonly string[],
): readonly Step<N>[] {
  const needed = new Set(addresses);
  for (const step of steps.toReversed()) {
    for (const node of step.nodes) {
      if (needed.has(node.address)) node.inputs.forEach(({ address }) => needed.add(address));
    }
  }
  return steps.flatMap((step) => {
    const nodes = step.nodes.filter(({ address }) => needed.has(address));
    return nodes.length === 0 ? [] : [{ ...step, nodes }];
  });
}
