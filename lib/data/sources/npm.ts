/**
 * Packages from npm, by the user's own npm.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { join } from "node:path";
import { run } from "../../setup/command.ts";
import { inFolder } from "../../setup/error.ts";
import { watchingGrowth } from "../../setup/progress.ts";
import { downloadFailed, onlyFileIn, type Origin } from "./origin.ts";

/**
 * The archive (`.tgz`) of an npm package, from the registry that the user's npm is configured for. Only this package,
 * not what it depends on; none of its scripts runs.
 */
export function npmPackage(name: string, version: string, bytes: number): Origin {
  const specifier = `${name}@${version}`;
  return {
    description: `npm ${specifier}`,
    programs: [["npm"]],
    bytes,
    fetch: (scratch, report) =>
      Effect.gen(function* () {
        const downloads = join(scratch, "downloads");
        yield* inFolder(scratch, () => Deno.mkdir(downloads));
        yield* run({
          program: "npm",
          args: ["pack", specifier, "--pack-destination", downloads, "--ignore-scripts", "--loglevel=error"],
          cwd: scratch, // else npm looks at the project around it
          env: { npm_config_cache: join(scratch, "npm"), npm_config_update_notifier: "false" },
          install: "Install npm, which comes with Node.js (on Debian or Ubuntu: sudo apt-get install npm).",
          failed: (printed) => downloadFailed("npm", specifier, printed),
        }).pipe(watchingGrowth(scratch, { doing: `downloading ${specifier}`, total: bytes }, report));
        return yield* inFolder(scratch, () => onlyFileIn(downloads));
      }),
  };
}
