/**
 * Loading llama.cpp. Apart from fetching it, so that what fetches is no part of what a task computes with.
 *
 * @module
 */
import { createRequire } from "node:module";
import type { Addon } from "./addon.ts";

/**
 * Threads of an evaluation: a sum that is split over threads comes out otherwise in its last digits, and on a busy
 * machine two threads that wait for each other are many times slower than one.
 */
export const THREADS = 1;

/** A worker runs each task's own bundle, and each has its own copy of this module: they share one addon. */
const shared = globalThis as { [key: symbol]: Promise<Addon> | undefined };
const sharedKey = Symbol.for("assay.llama");

/** Loads the addon from the folder that the capability prepared. Once per process. */
export function loadAddon(folder: string): Promise<Addon> {
  return shared[sharedKey] ??= load(folder);
}

async function load(folder: string): Promise<Addon> {
  const addon: Addon = createRequire(`${folder}/`)(`${folder}/llama-addon.node`);
  addon.setLoggerLogLevel(0); // its failures come as exceptions
  addon.loadBackends();
  addon.loadBackends(folder); // the kernels for this processor
  await addon.init();
  return addon;
}
