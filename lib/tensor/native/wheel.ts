/**
 * TensorFlow's C library and headers, out of the wheel that it is published in for Python.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { join } from "node:path";
import { inFolder, type SetupError } from "../../setup/error.ts";
import { pypiPackage } from "../../data/sources/pypi.ts";
import { verifyFile } from "../../data/sources/verify.ts";
import { unzip } from "../../data/sources/zip.ts";
import type { Report } from "../../setup/progress.ts";

/** TensorFlow's version. */
export const tensorflowVersion = "2.21.0";

/** The wheel for each device: its sizes, and the digest that was measured when this version was chosen. */
export const wheels = {
  cpu: {
    project: "tensorflow-cpu",
    bytes: 274_000_871,
    unpacked: 870_000_000,
    sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
  },
  gpu: {
    project: "tensorflow",
    bytes: 572_611_111,
    unpacked: 1_280_000_000,
    sha256: "b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0",
  },
} as const;

/** What TensorFlow may be built for. */
export type Device = keyof typeof wheels;

/**
 * Downloads the wheel with pip into `scratch` and unpacks the two libraries into `into`. The wheel must have the
 * digest that is written here. Returns the folder of its C headers, in `scratch`.
 */
export function fetchTensorFlow(
  device: Device,
  into: string,
  scratch: string,
  report: Report,
): Effect.Effect<string, SetupError> {
  const { project, bytes, sha256 } = wheels[device];
  const release = { name: project, version: tensorflowVersion, wheel: cpython312, bytes };
  return Effect.gen(function* () {
    const wheel = yield* pypiPackage(release).fetch(scratch, report);
    report({ doing: `checking ${project} ${tensorflowVersion}` });
    yield* verifyFile(wheel, sha256, `The wheel of ${project} ${tensorflowVersion}`);
    report({ doing: `unpacking ${project} ${tensorflowVersion}` });
    yield* inFolder(into, () => unzip(wheel, (path) => placeOf(path, into, scratch)));
    return join(scratch, "include");
  });
}

/** The C library is the same in the wheels of all Pythons; this one is asked for whatever Python the user has. */
const cpython312 = [
  "--python-version",
  "3.12",
  "--implementation",
  "cp",
  "--platform",
  "manylinux_2_27_x86_64",
];

/** The two libraries, and of the C++ headers those that the C interface includes. */
const headers = /^tensorflow\/include\/((tensorflow\/(c|core\/platform)|xla\/tsl\/c|tsl\/platform)\/.*)/;

function placeOf(path: string, into: string, scratch: string): string | undefined {
  const library = path.match(/^tensorflow\/(libtensorflow_(cc|framework)\.so\.2)$/)?.[1];
  if (library !== undefined) return join(into, library);
  const header = path.match(headers)?.[1];
  return header === undefined ? undefined : join(scratch, "include", header);
}
