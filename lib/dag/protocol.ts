/**
 * The protocol between scheduler and worker: one JSON value a line, orders on the worker's standard input, news on its
 * standard output.
 *
 * @module
 */
import type { Json } from "./canonical.ts";
import type { Progress } from "./running.ts";

/** What the scheduler tells a worker: run this. */
export interface Order {
  /** The bundle's file and digest. */
  readonly bundle: PartFile;
  /** The parameters, encoded. */
  readonly params: Json;
  /** The artifacts wired in, by input; `many` tells a list from a single one. */
  readonly inputs: readonly {
    readonly input: string;
    readonly many: boolean;
    /** The part files of each artifact, by part name. */
    readonly artifacts: readonly Readonly<Record<string, PartFile>>[];
  }[];
  /** The declared variables that are set. */
  readonly env: Readonly<Record<string, string>>;
  /** What each capability prepared, by name. */
  readonly prepared: Readonly<Record<string, unknown>>;
  /** The folder from which the node may resume. */
  readonly scratch: string;
  /** The empty folder into which the artifact's parts go. */
  readonly out: string;
}

/** A file and what its content must hash to. */
export interface PartFile {
  /** Where the file lies. */
  readonly path: string;
  /** The SHA-256 of its content. */
  readonly digest: string;
}

/** What a worker tells the scheduler. */
export type News =
  | { readonly type: "ready" }
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "log"; readonly line: string }
  | { readonly type: "done"; readonly kind: string }
  | { readonly type: "corrupt"; readonly digest: string; readonly message: string }
  | {
    readonly type: "failed";
    readonly reason: "failed" | "undeclared";
    readonly message: string;
    readonly remedy?: string;
  };

/** Splits a stream of bytes into lines, and gives each that is not empty. */
export async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const whole = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = whole.pop()!;
    yield* whole.filter((line) => line !== "");
  }
  if (rest !== "") yield rest;
}
