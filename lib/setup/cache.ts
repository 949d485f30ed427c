/**
 * The cache folder: what is fetched or built once for a user, whatever clone of the project asks for it.
 *
 * A cached folder is made in a temporary folder under a lock and renamed into place, so that it is there whole or not
 * at all, however its making ends, and so that two processes that want it share the work.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { statfsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { inFolder, SetupError } from "./error.ts";
import { inBytes, type Report } from "./progress.ts";

/** A folder in the cache. */
export interface CachedFolder {
  /** Where it lies. */
  readonly folder: string;
  /** The names of its files, sorted. */
  readonly files: readonly string[];
  /** What its maker noted about it. */
  readonly facts: Readonly<Record<string, string>>;
}

/** A folder wanted in the cache. */
export interface Wanted {
  /** Its name below the cache folder, which says all that its content depends on: `data/mnist-1a2b…`. */
  readonly name: string;
  /** What it is, for people: `TensorFlow 2.21.0`. */
  readonly title: string;
  /** Free bytes that making it takes. */
  readonly needs: number;
  /** Whether a folder that was made before is still what it should be. Without it, files of the right size will do. */
  readonly intact?: (found: CachedFolder) => Effect.Effect<boolean, SetupError>;
  /** Fills the folder `into`, may leave rubbish in `scratch`, and returns facts to note. */
  readonly make: (
    into: string,
    scratch: string,
  ) => Effect.Effect<Readonly<Record<string, string>>, SetupError>;
}

/** The note that is left in a cached folder. Sizes tell a file that a power cut emptied. */
interface Manifest {
  readonly facts: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, number>>;
}

const manifestName = "assay.json";

/** The cache folder: `$XDG_CACHE_HOME/assay`, else `~/.cache/assay`. */
export function cacheFolder(): string {
  const home = Deno.env.get("XDG_CACHE_HOME") || join(Deno.env.get("HOME") ?? ".", ".cache");
  return join(resolve(home), "assay");
}

/** Finds a folder that was made before. Quick: reads one small file and asks for the sizes of the others. */
export function findCached(name: string, cache: string = cacheFolder()): CachedFolder | undefined {
  return readCachedFolder(join(cache, name));
}

/** Reads a folder that {@linkcode cachedFolder} made, wherever it lies now; undefined when it is not whole. */
export function readCachedFolder(folder: string): CachedFolder | undefined {
  try {
    const manifest: Manifest = JSON.parse(Deno.readTextFileSync(join(folder, manifestName)));
    const files = Object.keys(manifest.files);
    const whole = files.every((file) => Deno.statSync(join(folder, file)).size === manifest.files[file]);
    return whole ? { folder, files, facts: manifest.facts } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Gives a cached folder, making it first when it is not there, or anew when it is no longer intact.
 *
 * Another process that is making the same folder is waited for. What a killed one left behind is cleared away.
 *
 * @example Usage
 * ```ts
 * import * as Effect from "effect/Effect";
 * import { cachedFolder } from "./cache.ts";
 * import { inFolder } from "./error.ts";
 *
 * const cache = await Deno.makeTempDir();
 * const { files } = await Effect.runPromise(cachedFolder({
 *   name: "data/greeting",
 *   title: "A greeting",
 *   needs: 1000, // bytes
 *   make: (into) => inFolder(into, async () => {
 *     await Deno.writeTextFile(`${into}/hello.txt`, "hello");
 *     return { language: "en" };
 *   }),
 * }, ({ doing }) => console.log(doing), cache)); // ["hello.txt"]
 * await Deno.remove(cache, { recursive: true });
 * ```
 */
export function cachedFolder(
  wanted: Wanted,
  report: Report,
  cache: string = cacheFolder(),
): Effect.Effect<CachedFolder, SetupError> {
  return Effect.gen(function* () {
    return (yield* findIntact(wanted, cache)) ?? (yield* makeUnderLock(wanted, report, cache));
  });
}

function findIntact(
  { name, intact }: Wanted,
  cache: string,
): Effect.Effect<CachedFolder | undefined, SetupError> {
  return Effect.gen(function* () {
    const found = findCached(name, cache);
    if (found === undefined || intact === undefined) return found;
    return (yield* intact(found)) ? found : undefined;
  });
}

/** Locks by `flock`, which the system releases when the process ends, however it ends. */
function makeUnderLock(
  wanted: Wanted,
  report: Report,
  cache: string,
): Effect.Effect<CachedFolder, SetupError> {
  const path = join(cache, "locks", wanted.name.replaceAll("/", "-"));
  const open = inFolder(cache, async () => {
    await Deno.mkdir(dirname(path), { recursive: true });
    return await Deno.open(path, { write: true, create: true });
  });
  return Effect.acquireUseRelease(
    open,
    Effect.fnUntraced(function* (file) {
      if (!file.tryLockSync(true)) {
        report({ doing: `waiting for another process that is preparing ${wanted.title}` });
        while (!file.tryLockSync(true)) yield* Effect.sleep("100 millis");
      }
      // Whoever held the lock may have made it meanwhile.
      return (yield* findIntact(wanted, cache)) ?? (yield* make(wanted, cache));
    }),
    (file) => Effect.sync(() => file.close()),
  );
}

const make = Effect.fnUntraced(function* (wanted: Wanted, cache: string) {
  const folder = join(cache, wanted.name);
  const workshops = join(cache, "tmp", wanted.name.replaceAll("/", "-"));
  const workshop = join(workshops, crypto.randomUUID());
  const [into, scratch] = [join(workshop, "into"), join(workshop, "scratch")];

  yield* inFolder(cache, async () => {
    await removeIfThere(workshops); // leftovers of killed processes: nobody else is here, for we hold the lock
    await Promise.all([into, scratch, dirname(folder)].map((each) => Deno.mkdir(each, { recursive: true })));
  });
  return yield* Effect.gen(function* () {
    yield* enoughSpace(wanted, cache);
    const facts = yield* wanted.make(into, scratch);
    return yield* inFolder(cache, async () => {
      await Deno.writeTextFile(join(into, manifestName), JSON.stringify(manifestOf(into, facts), null, 2));
      await removeIfThere(folder); // one that was found damaged
      await Deno.rename(into, folder);
      return readCachedFolder(folder)!;
    });
  }).pipe(Effect.ensuring(Effect.promise(() => removeIfThere(workshops).catch(() => {}))));
});

/** Refuses early, before a download fills the disk. */
function enoughSpace({ title, needs }: Wanted, cache: string): Effect.Effect<void, SetupError> {
  return Effect.suspend(() => {
    const free = freeSpace(cache);
    if (free === undefined || free >= needs) return Effect.void;
    return Effect.fail(
      new SetupError({
        message: `${title} takes ${inBytes(needs)} to set up, and the disk that holds ${cache} has only ` +
          `${inBytes(free)} free.`,
        remedy: "Free some space, or set XDG_CACHE_HOME to a folder on another disk.",
      }),
    );
  });
}

/** Bytes free on the disk that holds a folder (or will, once it is made); undefined where the system does not say. */
export function freeSpace(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return dirname(folder) === folder ? undefined : freeSpace(dirname(folder));
  }
}

function manifestOf(folder: string, facts: Readonly<Record<string, string>>): Manifest {
  const names = Array.from(Deno.readDirSync(folder), (entry) => entry.name).sort();
  return {
    facts,
    files: Object.fromEntries(names.map((name) => [name, Deno.statSync(join(folder, name)).size])),
  };
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
