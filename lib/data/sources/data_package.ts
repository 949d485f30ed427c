/**
 * Data packages: real data sets, from where they are published to checked, unpacked files in the cache.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { type Capability, CapabilityError } from "../../dag/capability.ts";
import { type CachedFolder, cachedFolder, cacheFolder, findCached } from "../../setup/cache.ts";
import { onPath } from "../../setup/command.ts";
import { inFolder, type SetupError } from "../../setup/error.ts";
import { inBytes, type Report } from "../../setup/progress.ts";
import type { Origin } from "./origin.ts";
import { digestOf, type Expected, verifyFiles } from "./verify.ts";

/** A published data set. */
export interface DataPackage {
  /** The data's true name, which every table and figure gives it: `MNIST`, `CIFAR-10 (JPEG q75)`. */
  readonly title: string;
  /** Where it comes from. */
  readonly origin: Origin;
  /** Bytes that it takes once unpacked. */
  readonly bytes: number;
  /** Unpacks what the origin fetched into the folder `into`: the wanted files, side by side. */
  readonly unpack: (fetched: string, into: string) => Promise<void>;
  /** What those files must be. */
  readonly expected: Expected;
}

/** What a load task finds under `Running.prepared` for a data capability. */
export interface PreparedData {
  /** The folder of the unpacked, verified files. */
  readonly folder: string;
  /** Their names, sorted. */
  readonly files: readonly string[];
  /** The data's true name. */
  readonly name: string;
}

/**
 * Makes a capability of a data package. The package is asked for at each use, since which one stands behind a name may
 * depend on what the user has.
 */
export function dataCapability(name: string, about: string, choose: () => DataPackage): Capability {
  return {
    name,
    about,
    identity: () => {
      const { title, expected } = choose();
      return { data: title, sha256: digestOf(expected) };
    },
    check: Effect.suspend(() => readiness(name, choose())).pipe(Effect.mapError(asCapabilityError(name))),
    prepare: (report) =>
      Effect.suspend(() => {
        const data = choose();
        return fetchData(name, data, report).pipe(
          Effect.map(({ folder, files }) => ({
            value: { folder, files, name: data.title } satisfies PreparedData,
            access: { read: [folder] },
          })),
          Effect.mapError(asCapabilityError(name)),
        );
      }),
  };
}

/**
 * Fetches, unpacks and checks a data package, unless it is in the cache. Nothing unchecked ever lies there, and what
 * lies there is checked again at each use: disks do forget.
 */
export function fetchData(
  name: string,
  data: DataPackage,
  report: Report,
  cache: string = cacheFolder(),
): Effect.Effect<CachedFolder, SetupError> {
  const { title, origin, bytes, unpack, expected } = data;
  const intact = ({ folder, files }: CachedFolder) =>
    verifyFiles(folder, files, expected, folder).pipe(Effect.as(true), Effect.orElseSucceed(() => false));
  const make = (into: string, scratch: string) =>
    Effect.gen(function* () {
      const fetched = yield* origin.fetch(scratch, report);
      report({ doing: `unpacking ${title}` });
      yield* inFolder(into, () => unpack(fetched, into));
      report({ doing: `checking ${title}` });
      const files = yield* inFolder(into, () => Array.fromAsync(Deno.readDir(into), (entry) => entry.name));
      yield* verifyFiles(into, files, expected, origin.description);
      return { data: title, origin: origin.description };
    });
  return cachedFolder(
    { name: nameInCache(name, data), title, needs: (origin.bytes ?? 0) + bytes, intact, make },
    report,
    cache,
  );
}

const asCapabilityError = (name: string) => ({ message, remedy }: SetupError) =>
  new CapabilityError({ capability: name, message, remedy });

const readiness = Effect.fnUntraced(function* (
  name: string,
  data: DataPackage,
): Effect.fn.Return<{ readonly ready: boolean; readonly detail: string }, SetupError> {
  const { title, origin } = data;
  const found = findCached(nameInCache(name, data));
  if (found !== undefined) return { ready: true, detail: `${title} is at hand in ${found.folder}` };
  if (origin.check !== undefined) yield* origin.check;

  const lacking = origin.programs.filter((ways) => !ways.some((program) => onPath(program) !== undefined));
  const source = `${title} comes from ${origin.description}`;
  if (lacking.length > 0) {
    return {
      ready: false,
      detail: `${source}, which needs ${lacking.map((ways) => ways.join(" or ")).join(" and ")}`,
    };
  }
  const size = origin.bytes === undefined ? "" : ` (${inBytes(origin.bytes)})`;
  return { ready: true, detail: `${source}${size} when first used` };
});

/** By checksum: a package whose content is declared otherwise is another package. */
function nameInCache(name: string, { expected }: DataPackage): string {
  return `data/${name}-${digestOf(expected).slice(0, 16)}`;
}
