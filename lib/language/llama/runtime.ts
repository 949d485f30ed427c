/**
 * llama.cpp, as node-llama-cpp builds it for Node-API: found or fetched.
 *
 * Only the package with the compiled addon is used, 11 MB, and driven directly. What lies around it in node-llama-cpp
 * starts programs to try the addon, compiles it where that fails, and would bring 700 MB for other machines.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { basename, join } from "node:path";
import { type Capability, CapabilityError } from "../../dag/capability.ts";
import type { DataPackage } from "../../data/sources/data_package.ts";
import { dataCapability } from "../../data/sources/data_package.ts";
import { npmPackage } from "../../data/sources/npm.ts";
import { untar } from "../../data/sources/tar.ts";
import { THREADS } from "./load.ts";

const version = "3.21.1";

const library = /^package\/bins\/linux-x64\/[^/]+\.(so|node)$/;

/** The addon, llama.cpp's libraries, and one library of kernels for each generation of x86-64 processors. */
export const llamaPackage: DataPackage = {
  title: `llama.cpp (node-llama-cpp ${version})`,
  origin: npmPackage("@node-llama-cpp/linux-x64", version, 10_582_760),
  bytes: 29_577_752,
  unpack: (archive, into) =>
    untar(archive, (path) => library.test(path) ? join(into, basename(path)) : undefined),
  expected: { listing: "6a50a407e052e099ade3b16a56d36517b802ecdd5db82e4ee7c2ccb5f0301226" },
};

const published = dataCapability("llama", "llama.cpp, to run language models.", () => llamaPackage);

/**
 * The capability `llama`. Which kernels run is left to the processor, so that numbers of two machines agree to two or
 * three digits only.
 */
export const llama: Capability = {
  ...published,
  identity: () => ({ ...published.identity(), threads: String(THREADS) }),
  check: Effect.suspend(() => supported() ? published.check : Effect.fail(unsupported())),
  prepare: (report) =>
    supported()
      ? Effect.map(published.prepare(report), ({ value, access }) => ({
        value,
        access: { ...access, ffi: access.read ?? [] },
      }))
      : Effect.fail(unsupported()),
};

const { os, arch } = Deno.build;
const supported = () => os === "linux" && arch === "x86_64";

function unsupported(): CapabilityError {
  return new CapabilityError({
    capability: "llama",
    message: `llama.cpp is set up on Linux with an x86-64 processor, and this is ${os} on ${arch}.`,
    remedy: "Run there, or leave out the language models: the toy learner needs none.",
  });
}
