/**
 * The worker: a process that runs nodes one after the other, with no more permissions than their task declares.
 *
 * Started by the process executor; see `protocol.ts` for what it reads and writes. It ends when its standard input does,
 * so that it does not outlive the scheduler.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Cause from "effect/Cause";
import { sha256 } from "./digest.ts";
import { CorruptObject } from "./errors.ts";
import { runBundle } from "./executor/bundled.ts";
import { failureOf } from "./executor/failure.ts";
import { join, toFileUrl } from "./path.ts";
import { lines, type News, type Order, type PartFile } from "./protocol.ts";

const encoder = new TextEncoder();

function tell(news: News): void {
  const bytes = encoder.encode(`${JSON.stringify(news)}\n`);
  for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
}

/** Reads a file and checks it: a task never sees bytes that are not what their name says. */
function read({ path, digest }: PartFile): Uint8Array {
  const bytes = Deno.readFileSync(path);
  if (sha256(bytes) === digest) return bytes;
  throw new CorruptObject({ digest, message: `object ${digest} has other content than its name says` });
}

function carryOut(order: Order): Promise<Exit.Exit<News, Error>> {
  let told = 0;
  const work = Effect.gen(function* () {
    yield* Effect.try({ try: () => read(order.bundle), catch: (error) => error as Error });
    const { kind, parts } = yield* runBundle({
      bundle: toFileUrl(order.bundle.path),
      params: order.params,
      inputs: order.inputs.map(({ artifacts, ...rest }) => ({
        ...rest,
        artifacts: artifacts.map((files) => () =>
          Object.fromEntries(Object.entries(files).map(([part, file]) => [part, read(file)]))
        ),
      })),
      running: {
        report: (progress) => {
          // A screen shows ten changes a second; more would only fill the pipe.
          const now = performance.now();
          if (now - told < 100 && progress.step < progress.total) return;
          told = now;
          tell({ type: "progress", progress });
        },
        log: (line) => tell({ type: "log", line }),
        env: order.env,
        prepared: order.prepared,
        scratch: order.scratch,
      },
    });
    for (const [part, bytes] of Object.entries(parts)) Deno.writeFileSync(join(order.out, part), bytes);
    return { type: "done", kind } satisfies News as News;
  });
  return Effect.runPromiseExit(work);
}

function newsOf(exit: Exit.Exit<News, Error>): News {
  if (Exit.isSuccess(exit)) return exit.value;
  const error = Cause.squash(exit.cause);
  if (error instanceof CorruptObject) {
    return { type: "corrupt", digest: error.digest, message: error.message };
  }
  const { reason, message, remedy } = failureOf(error);
  return { type: "failed", reason, message, ...(remedy === undefined ? {} : { remedy }) };
}

if (import.meta.main) {
  // What a task prints belongs into its log, not between the protocol's lines.
  for (const level of ["debug", "error", "info", "log", "warn"] as const) {
    console[level] = (...parts) => tell({ type: "log", line: parts.map(String).join(" ") });
  }
  // The scheduler's Ctrl-C reaches the whole process group; who stops is for the scheduler to say.
  Deno.addSignalListener("SIGINT", () => {});
  tell({ type: "ready" });
  let busy = Promise.resolve();
  for await (const line of lines(Deno.stdin.readable)) {
    busy = busy.then(async () => tell(newsOf(await carryOut(JSON.parse(line) as Order))));
  }
  Deno.exit(0);
}
