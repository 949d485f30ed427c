/**
 * Events as logfmt: one line each, for logs and pipes.
 *
 * @module
 */
import { describe } from "../dag/staleness.ts";
import type { Event } from "../dag/event.ts";
import { label } from "../dag/node.ts";

/** A value of a logfmt line; undefined ones are left out. */
export type Field = string | number | boolean | undefined;

/**
 * Writes fields as one logfmt line. Values are quoted where they need it.
 *
 * @example Usage
 * ```ts
 * import { logfmt } from "./logfmt.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(logfmt({ event: "started", reason: "its code changed" }), `event=started reason="its code changed"`);
 * ```
 */
export function logfmt(fields: Readonly<Record<string, Field>>): string {
  return Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${quoted(value)}`]
  ).join(" ");
}

/** An event as the fields of its line; undefined for events that a log need not hold. */
export function eventFields(event: Event): Readonly<Record<string, Field>> | undefined {
  switch (event.type) {
    case "planned":
      return { event: "planned", nodes: event.nodes.length };
    case "preparing": {
      const { capability, doing, done, total } = event;
      return { event: "preparing", capability, doing, done, total };
    }
    case "prepared":
      return { event: "prepared", capability: event.capability, seconds: rounded(event.seconds) };
    case "hit":
      return { event: "hit", node: label(event.node), key: event.record.key.slice(0, 12) };
    case "waiting":
      return { event: "waiting", node: label(event.node) };
    case "started":
      return {
        event: "started",
        node: label(event.node),
        executor: event.executor,
        attempt: event.attempt > 1 ? event.attempt : undefined,
        reason: event.reasons.map(describe).join("; ") || undefined,
      };
    case "progress": {
      const { step, total, unit, values } = event.progress;
      return { event: "progress", node: label(event.node), step, total, unit, ...values };
    }
    case "log":
      return { event: "log", node: label(event.node), line: event.line };
    case "retrying":
      return {
        event: "retrying",
        node: label(event.node),
        attempt: event.attempt,
        error: event.error.message,
      };
    case "finished":
      return {
        event: "finished",
        node: label(event.node),
        key: event.record.key.slice(0, 12),
        seconds: rounded(event.record.seconds),
        memory: event.record.peakMemory === null ? undefined : `${Math.round(event.record.peakMemory)}MiB`,
      };
    case "failed":
      return {
        event: "failed",
        node: label(event.node),
        reason: event.error.reason,
        error: event.error.message,
        remedy: event.error.remedy,
      };
    case "skipped":
      return { event: "skipped", node: label(event.node), because: label(event.because) };
    case "quarantined":
      return {
        event: "quarantined",
        digest: event.digest.slice(0, 12),
        producer: event.producer === undefined ? undefined : label(event.producer),
      };
  }
}

/**
 * Decides which events a log holds: of a node's progress and a download's bytes only one line every few seconds, of
 * the rest each.
 *
 * @param pause The least time between two lines of progress of one thing, in milliseconds.
 */
export function thinned(pause: number): (event: Event, now: number) => boolean {
  const last = new Map<string, number>();
  return (event, now) => {
    const thing = event.type === "progress"
      ? event.node.address
      : event.type === "preparing"
      ? `${event.capability} ${event.doing}`
      : undefined;
    if (thing === undefined) return true;
    if (now - (last.get(thing) ?? -Infinity) < pause) return false;
    last.set(thing, now);
    return true;
  };
}

function quoted(value: string | number | boolean): string {
  const text = String(value);
  return /^[^\s"=\p{Cc}]+$/u.test(text) ? text : JSON.stringify(text);
}

function rounded(seconds: number): number {
  return Number(seconds.toFixed(3));
}
