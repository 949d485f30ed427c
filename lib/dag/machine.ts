/**
 * The machine: cores, memory and graphics processors, handed out to nodes by priority.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Resources } from "./task.ts";

/** How much there is. */
export interface Capacity {
  /** Cores. */
  readonly cores: number;
  /** Memory in MiB. */
  readonly memory: number;
  /** The ids of the graphics processors. */
  readonly gpus: readonly number[];
}

/** What a node holds while it runs. */
export interface Grant {
  /** Cores. */
  readonly cores: number;
  /** Memory in MiB. */
  readonly memory: number;
  /** Which graphics processors, by id. */
  readonly gpus: readonly number[];
}

/** Hands out what there is. */
export interface Machine {
  /** Waits for its turn and for room. Who asks for more than there is gets all there is. */
  readonly acquire: (wanted: Resources, priority: number) => Effect.Effect<Grant>;
  /** Gives back. */
  readonly release: (grant: Grant) => void;
}

interface Waiter {
  readonly wanted: Required<Resources>;
  readonly priority: number;
  readonly start: (grant: Grant) => void;
}

/**
 * Makes a machine. The waiter of the highest priority is always the next to start: a smaller one does not slip past
 * it, so that a node which wants the whole machine is not put off for ever.
 */
export function machine(capacity: Capacity): Machine {
  let { cores, memory } = capacity;
  const gpus = [...capacity.gpus];
  const waiting: Waiter[] = [];
  const startNext = () => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const { wanted } = next;
      if (wanted.cores > cores || wanted.memory > memory || wanted.gpu > gpus.length) return;
      waiting.shift();
      cores -= wanted.cores;
      memory -= wanted.memory;
      next.start({ cores: wanted.cores, memory: wanted.memory, gpus: gpus.splice(0, wanted.gpu) });
    }
  };
  const release = (grant: Grant) => {
    cores += grant.cores;
    memory += grant.memory;
    gpus.push(...grant.gpus);
    gpus.sort((a, b) => a - b);
    startNext();
  };
  return {
    release,
    acquire: (resources, priority) =>
      Effect.callback<Grant>((resume) => {
        const wanted = {
          cores: Math.min(resources.cores ?? 1, capacity.cores),
          memory: Math.min(resources.memory ?? 512, capacity.memory),
          gpu: Math.min(resources.gpu ?? 0, capacity.gpus.length),
        };
        const waiter: Waiter = { wanted, priority, start: (grant) => resume(Effect.succeed(grant)) };
        const behind = waiting.findIndex((other) => other.priority < priority);
        waiting.splice(behind < 0 ? waiting.length : behind, 0, waiter);
        startNext();
        return Effect.sync(() => {
          const at = waiting.indexOf(waiter);
          if (at >= 0) waiting.splice(at, 1);
          startNext();
        });
      }),
  };
}
