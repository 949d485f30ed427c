/**
 * The worker pool: warm worker processes, by what they may touch.
 *
 * @module
 */
import { sha256 } from "../digest.ts";
import { statOf } from "../disk.ts";
import { fromFileUrl, join, projectRoot } from "../path.ts";
import { lines, type News, type Order } from "../protocol.ts";
import type { Store } from "../store.ts";
import type { Job } from "./executor.ts";

/** What a worker may touch, and its environment. Workers of one profile can take each other's jobs. */
export interface Profile {
  /** A hash of the rest. */
  readonly id: string;
  /** The runtime's flags that grant it. */
  readonly flags: readonly string[];
  /** The variables that are set. */
  readonly env: Readonly<Record<string, string>>;
}

/** Who hears what a worker tells of its job. */
export interface Listener {
  /** The job has come this far. */
  readonly progress: (progress: Extract<News, { type: "progress" }>["progress"]) => void;
  /** The job wrote a line. */
  readonly log: (line: string) => void;
  /** The artifact's parts lie in `out`. */
  readonly done: (news: Extract<News, { type: "done" }>) => void;
  /** The task failed. */
  readonly failed: (news: Extract<News, { type: "failed" }>) => void;
  /** An input or the code is not what its name says. */
  readonly corrupt: (news: Extract<News, { type: "corrupt" }>) => void;
  /** The process ended without an answer: how, as the end of the sentence "its process …". */
  readonly died: (how: string) => void;
}

/** A worker process. */
export interface Worker {
  /** What it may touch. */
  readonly profile: Profile;
  /** The folder that it may read (`in`) and write (`out`). */
  readonly folder: string;
  /** Gives it a job. It must be idle. */
  readonly start: (order: Order, listener: Listener) => void;
  /** Ends it at once. */
  readonly kill: () => void;
  /** The most memory it held so far, in MiB; null where the system does not tell. */
  readonly peakMemory: () => number | null;
}

/** Warm workers. */
export interface WorkerPool {
  /** An idle worker of the profile, or a new one. */
  readonly take: (profile: Profile) => Worker;
  /** The worker is idle again. */
  readonly giveBack: (worker: Worker) => void;
  /** The worker is no longer wanted: ends it. */
  readonly forget: (worker: Worker) => void;
  /** Ends all workers. */
  readonly close: () => void;
}

/** Variables that the runtime itself needs; a task cannot read them. */
const RUNTIME_VARIABLES = ["DENO_DIR", "HOME", "XDG_CACHE_HOME", "PATH", "TMPDIR", "LD_LIBRARY_PATH"];

/** What a job's worker may touch: what the task declares and what its capabilities need. */
export function profileOf(job: Job): Profile {
  const { permissions = {}, resources = {} } = job.spec;
  const variables: Record<string, string> = Object.assign(
    {},
    ...job.access.map((one) => one.env ?? {}),
    job.env,
  );
  if (job.grant.gpus.length > 0) variables.CUDA_VISIBLE_DEVICES = job.grant.gpus.join();
  const names = [...new Set([...Object.keys(variables), ...(job.spec.env ?? [])])];
  const read = [...job.access.flatMap((one) => one.read ?? []), ...job.files, ...(permissions.read ?? [])];
  const ffi = job.access.flatMap((one) => one.ffi ?? []);
  const sys = [...job.access.flatMap((one) => one.sys ?? []), ...(permissions.sys ?? [])];
  const memory = resources.memory === undefined
    ? []
    : [`--v8-flags=--max-old-space-size=${resources.memory}`];
  const flags = [
    ...memory,
    ...allow("read", read),
    ...allow("env", names),
    ...allow("ffi", ffi),
    ...allow("sys", sys),
    ...allow("net", permissions.net ?? []),
  ];
  return { id: sha256(JSON.stringify([flags, variables])), flags, env: variables };
}

function allow(what: string, which: readonly string[]): readonly string[] {
  return which.length === 0 ? [] : [`--allow-${what}=${[...new Set(which)].join()}`];
}

/**
 * Makes a pool.
 *
 * @param store Where workers get their folders.
 * @param atMost How many may live at once: an idle one makes room for a new one of another profile.
 */
export function workerPool(store: Store, atMost: number): WorkerPool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const forget = (worker: Worker) => {
    all.delete(worker);
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
    worker.kill();
    try {
      Deno.removeSync(worker.folder, { recursive: true });
    } catch {
      // Its last write may still be under way; the folder is swept when the store is opened next.
    }
  };
  return {
    forget,
    take: (profile) => {
      const at = idle.findLastIndex((worker) => worker.profile.id === profile.id);
      if (at >= 0) return idle.splice(at, 1)[0]!;
      while (all.size >= atMost && idle.length > 0) forget(idle[0]!);
      const worker = spawn(profile, store.temporary("worker"), store.root);
      all.add(worker);
      return worker;
    },
    giveBack: (worker) => {
      if (all.has(worker)) idle.push(worker);
    },
    close: () => [...all].forEach(forget),
  };
}

function spawn(profile: Profile, folder: string, root: string): Worker {
  for (const name of ["in", "out"]) Deno.mkdirSync(join(folder, name));
  const here = fromFileUrl(new URL("../worker.ts", import.meta.url).href);
  const scratch = join(root, "scratch");
  const read = profile.flags.find((flag) => flag.startsWith("--allow-read="));
  const reads = [folder, scratch, ...(read?.slice("--allow-read=".length).split(",") ?? [])];
  const [program, ...before] = tied(Deno.execPath());
  const child = new Deno.Command(program, {
    args: [
      ...before,
      "run",
      "--no-prompt",
      "--cached-only",
      "--no-check",
      "--quiet",
      `--config=${join(projectRoot(here), "deno.json")}`,
      ...profile.flags.filter((flag) => flag !== read),
      `--allow-read=${reads.join()}`,
      `--allow-write=${join(folder, "out")},${scratch}`,
      here,
    ],
    clearEnv: true,
    env: { ...inherited(), ...profile.env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let listener: Listener | undefined;
  let killed = false;
  const complaints: string[] = [];
  const hear = (news: News) => {
    const current = listener;
    if (current === undefined) return;
    if (news.type === "progress") return current.progress(news.progress);
    if (news.type === "log") return current.log(news.line);
    if (news.type === "ready") return;
    listener = undefined;
    if (news.type === "done") current.done(news);
    else if (news.type === "failed") current.failed(news);
    else current.corrupt(news);
  };
  const listening = (async () => {
    for await (const line of lines(child.stdout)) {
      const news = parsed(line);
      if (news !== undefined) hear(news);
      else listener?.log(line);
    }
  })();
  const complaining = (async () => {
    for await (const line of lines(child.stderr)) {
      complaints.push(line);
      if (complaints.length > 50) complaints.shift();
      listener?.log(line);
    }
  })();
  void Promise.all([child.status, listening, complaining]).then(([status]) => {
    const current = listener;
    listener = undefined;
    if (!killed) current?.died(wayOf(status, complaints));
  });
  const writer = child.stdin.getWriter();
  return {
    profile,
    folder,
    start: (order, heard) => {
      listener = heard;
      writer.write(new TextEncoder().encode(`${JSON.stringify(order)}\n`)).catch(() => {
        // It has died; its status tells.
      });
    },
    kill: () => {
      killed = true;
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
    },
    peakMemory: () => peakMemoryOf(child.pid),
  };
}

/**
 * A command that ends with its parent, however that ends. Linux can be asked for this; elsewhere a worker whose
 * scheduler was killed ends when it next looks at its input.
 */
function tied(program: string): readonly [program: string, ...args: string[]] {
  return statOf(SETPRIV) === undefined ? [program] : [SETPRIV, "--pdeathsig", "KILL", program];
}

const SETPRIV = "/usr/bin/setpriv";

/** How a process ended, as the end of the sentence "its process …". */
function wayOf(status: Deno.CommandStatus, complaints: readonly string[]): string {
  const outOfMemory = complaints.some((line) => /out of memory|bad_alloc|Cannot allocate/i.test(line));
  if (outOfMemory) return "ran out of memory";
  if (status.signal === "SIGKILL") return "was killed, as the system does when memory runs out";
  if (status.signal !== null) return `ended by the signal ${status.signal}`;
  return `ended with exit code ${status.code}${complaints.length > 0 ? `: ${complaints.at(-1)}` : ""}`;
}

function parsed(line: string): News | undefined {
  try {
    const value = JSON.parse(line) as News;
    return typeof value?.type === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function inherited(): Record<string, string> {
  return Object.fromEntries(RUNTIME_VARIABLES.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  }));
}

function peakMemoryOf(pid: number): number | null {
  try {
    const kilobytes = Deno.readTextFileSync(`/proc/${pid}/status`).match(/^VmHWM:\s*(\d+)/m)?.[1];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}
