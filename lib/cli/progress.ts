/**
 * How far a run has come: its events folded into one value, which the live region draws.
 *
 * @module
 */
import type { Event } from "../dag/event.ts";
import { dependencies, label, type Node } from "../dag/node.ts";
import type { Progress } from "../dag/running.ts";
import { distinguish } from "../report/distinguish.ts";

/** A node that is running. */
export interface Running {
  /** Its name for people. */
  readonly label: string;
  /** What tells it from the other nodes of its task. */
  readonly about: string;
  /** When it started, in milliseconds. */
  readonly since: number;
  /** Whether another process makes it and this one waits. */
  readonly elsewhere: boolean;
  /** How often it has been started. */
  readonly attempt: number;
  /** What it last told of itself. */
  readonly progress?: Progress;
  /** The first that it told, and when: its pace is measured from there, since a resumed node starts half-way. */
  readonly first?: { readonly step: number; readonly at: number };
}

/** Something from outside that is being made ready. */
export interface Preparing {
  /** What is being done. */
  readonly doing: string;
  /** Bytes or steps done. */
  readonly done?: number;
  /** Bytes or steps in all. */
  readonly total?: number;
}

/** How far a run has come. */
export interface RunProgress {
  /** When it began, in milliseconds. */
  readonly since: number;
  /** How many nodes there are. */
  readonly total: number;
  /** How many ran to their end. */
  readonly ran: number;
  /** How many results were at hand. */
  readonly reused: number;
  /** How many failed. */
  readonly failed: number;
  /** How many could not run because one before them failed. */
  readonly skipped: number;
  /** What is being prepared, by capability. */
  readonly preparing: ReadonlyMap<string, Preparing>;
  /** The nodes that are running, by address, the longest-running first. */
  readonly running: ReadonlyMap<string, Running>;
  /** What tells nodes of one task apart, by address. */
  readonly about: ReadonlyMap<string, string>;
}

/** A run that has just begun, at a time in milliseconds. */
export function begun(now: number): RunProgress {
  return {
    since: now,
    total: 0,
    ran: 0,
    reused: 0,
    failed: 0,
    skipped: 0,
    preparing: new Map(),
    running: new Map(),
    about: new Map(),
  };
}

/** A run's progress after one more event, at a time in milliseconds. */
export function advance(run: RunProgress, event: Event, now: number): RunProgress {
  switch (event.type) {
    case "planned":
      return { ...run, total: event.nodes.length, about: distinguish(event.nodes.map(described)) };
    case "preparing": {
      const { capability, doing, done, total } = event;
      const preparing = {
        doing,
        ...(done === undefined ? {} : { done }),
        ...(total === undefined ? {} : { total }),
      };
      return { ...run, preparing: including(run.preparing, capability, preparing) };
    }
    case "prepared":
      return { ...run, preparing: without(run.preparing, event.capability) };
    case "hit":
      return { ...ended(run, event.node), reused: run.reused + 1 };
    case "waiting":
      return begins(run, event.node, { since: now, elsewhere: true, attempt: 1 });
    case "started":
      return begins(run, event.node, { since: now, elsewhere: false, attempt: event.attempt });
    case "progress": {
      const running = run.running.get(event.node.address);
      if (running === undefined) return run;
      const first = running.first ?? { step: event.progress.step, at: now };
      const further = { ...running, progress: event.progress, first };
      return { ...run, running: including(run.running, event.node.address, further) };
    }
    case "retrying":
      return ended(run, event.node);
    case "finished":
      return { ...ended(run, event.node), ran: run.ran + 1 };
    case "failed":
      return { ...ended(run, event.node), failed: run.failed + 1 };
    case "skipped":
      return { ...ended(run, event.node), skipped: run.skipped + 1 };
    case "log":
    case "quarantined":
      return run;
  }
}

/** Seconds until a running node ends at its pace so far; undefined while that cannot be told. */
export function secondsLeft({ progress, first }: Running, now: number): number | undefined {
  if (progress === undefined || first === undefined) return undefined;
  const steps = progress.step - first.step;
  const seconds = (now - first.at) / 1000;
  if (steps <= 0 || seconds <= 0) return undefined;
  return Math.max(0, progress.total - progress.step) * seconds / steps;
}

/** A node as {@linkcode distinguish} wants it. */
function described(node: Node): Parameters<typeof distinguish>[0][number] {
  return {
    address: node.address,
    task: node.task.spec.name,
    params: node.params,
    inputs: dependencies(node).map(({ address }) => ({ address })),
  };
}

function begins(
  run: RunProgress,
  node: Node,
  how: Pick<Running, "since" | "elsewhere" | "attempt">,
): RunProgress {
  const about = run.about.get(node.address) ?? "";
  return { ...run, running: including(run.running, node.address, { label: label(node), about, ...how }) };
}

function ended(run: RunProgress, node: Node): RunProgress {
  return run.running.has(node.address) ? { ...run, running: without(run.running, node.address) } : run;
}

function including<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
