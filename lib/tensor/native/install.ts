/**
 * Finds TensorFlow for this machine, and builds it into the cache folder where it is missing.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { resolve } from "node:path";
import type { NativeLibrary } from "../native.ts";
import { type CachedFolder, cachedFolder, findCached, readCachedFolder } from "../../setup/cache.ts";
import { SetupError } from "../../setup/error.ts";
import { inBytes, type Report } from "../../setup/progress.ts";
import { findPip } from "../../data/sources/pypi.ts";
import { addonRecipe, compileAddon, kernelPackage, needCompiler } from "./addon.ts";
import { type Device, fetchTensorFlow, tensorflowVersion, wheels } from "./wheel.ts";

/** What of TensorFlow can change a result: its version, what it was built for, how its addon was built. */
export interface NativeIdentity {
  /** TensorFlow's version. */
  readonly tensorflow: string;
  /** What it was built for: `cpu` or `gpu`. */
  readonly device: Device;
  /** The digest of the addon's recipe. */
  readonly addon: string;
}

/** The device that the user asks for: `ASSAY_DEVICE`, else `cpu`. */
export function wantedDevice(): Device {
  return Deno.env.get("ASSAY_DEVICE") === "gpu" ? "gpu" : "cpu";
}

/** Fails when `ASSAY_DEVICE` names no device that there is, rather than compute on another than was meant. */
const knownDevice: Effect.Effect<void, SetupError> = Effect.suspend(() => {
  const device = Deno.env.get("ASSAY_DEVICE") || "cpu";
  if (Object.hasOwn(wheels, device)) return Effect.void;
  return Effect.fail(
    new SetupError({
      message: `ASSAY_DEVICE is ${JSON.stringify(device)}, which is no device.`,
      remedy: `Set it to one of: ${Object.keys(wheels).join(", ")}.`,
    }),
  );
});

/** The identity of the TensorFlow that would be used now. Quick, and true before it is built. */
export function nativeIdentity(): NativeIdentity {
  const facts = ownFolder() === undefined ? undefined : readCachedFolder(ownFolder()!)?.facts;
  return {
    tensorflow: facts?.tensorflow ?? tensorflowVersion,
    device: facts === undefined ? wantedDevice() : facts.device as Device,
    addon: facts?.addon ?? addonRecipe(),
  };
}

/** The TensorFlow that is at hand, if one is: in `ASSAY_NATIVE`, else in the cache folder. Takes milliseconds. */
export function findTensorFlow(): NativeLibrary | undefined {
  const own = ownFolder();
  const found = own === undefined ? findCached(nameInCache(wantedDevice())) : readCachedFolder(own);
  return found?.facts.tensorflow === undefined ? undefined : libraryIn(found);
}

/** Whether TensorFlow is at hand or could be built: for the doctor, and for refusing a run early. */
export const tensorFlowReadiness: Effect.Effect<{ readonly ready: boolean; readonly detail: string }> = Effect
  .gen(
    function* () {
      yield* knownDevice;
      const found = yield* findOrRefuse;
      if (found !== undefined) return `${found.version} (${found.device}) in ${found.folder}`;
      yield* canBuild;
      const { project, bytes } = wheels[wantedDevice()];
      return `${tensorflowVersion} is set up when first used, from PyPI ${project} (${inBytes(bytes)})`;
    },
  ).pipe(
    Effect.map((detail) => ({ ready: true, detail })),
    Effect.catch(({ message }) => Effect.succeed({ ready: false, detail: message })),
  );

/** Gives TensorFlow, building it first where it is missing: about 1.2 GB of disk and, on a good line, half a minute. */
export function installTensorFlow(report: Report): Effect.Effect<NativeLibrary, SetupError> {
  return Effect.gen(function* () {
    yield* knownDevice;
    const found = yield* findOrRefuse;
    return found ?? (yield* build(wantedDevice(), report));
  });
}

/** What is at hand. A folder that the user names must hold it: nothing is built in its stead. */
const findOrRefuse: Effect.Effect<NativeLibrary | undefined, SetupError> = Effect.suspend(() => {
  const [found, own] = [findTensorFlow(), ownFolder()];
  return found === undefined && own !== undefined ? Effect.fail(notTensorFlow(own)) : Effect.succeed(found);
});

function build(device: Device, report: Report): Effect.Effect<NativeLibrary, SetupError> {
  const { project, bytes, unpacked } = wheels[device];
  const wanted = {
    name: nameInCache(device),
    title: `TensorFlow ${tensorflowVersion}`,
    needs: bytes + unpacked,
    make: (into: string, scratch: string) =>
      Effect.gen(function* () {
        const headers = yield* fetchTensorFlow(device, into, scratch, report);
        yield* compileAddon(into, headers, report);
        return { tensorflow: tensorflowVersion, device, addon: addonRecipe(), wheel: project };
      }),
  };
  return Effect.gen(function* () {
    yield* canBuild; // before the download, which would be in vain
    return libraryIn(yield* cachedFolder(wanted, report));
  });
}

const canBuild: Effect.Effect<void, SetupError> = Effect.suspend(() =>
  Effect.all([supportedMachine, needCompiler, findPip], { discard: true })
);

const supportedMachine = Effect.suspend(() => {
  const { os, arch } = Deno.build;
  if (os === "linux" && arch === "x86_64") return Effect.void;
  return Effect.fail(
    new SetupError({
      message:
        `TensorFlow ${tensorflowVersion} is set up on Linux with an x86-64 processor, and this is ${os} on ${arch}.`,
      remedy: "Run there, or set ASSAY_NATIVE to a folder with a TensorFlow that you built for this machine.",
    }),
  );
});

/** `ASSAY_NATIVE`: a folder with a TensorFlow that exists, of the form that the cache folder has. */
function ownFolder(): string | undefined {
  const folder = Deno.env.get("ASSAY_NATIVE");
  return folder === undefined || folder === "" ? undefined : resolve(folder);
}

function notTensorFlow(folder: string): SetupError {
  return new SetupError({
    message: `ASSAY_NATIVE names ${folder}, which holds no TensorFlow that was set up whole.`,
    remedy:
      "Set it to a copy of a folder below ~/.cache/assay/native, or unset it to have TensorFlow set up.",
  });
}

function libraryIn({ folder, facts }: CachedFolder): NativeLibrary {
  return { folder, package: kernelPackage(), version: facts.tensorflow!, device: facts.device as Device };
}

function nameInCache(device: Device): string {
  return `native/tensorflow-${tensorflowVersion}-${device}-${addonRecipe()}`;
}
