/**
 * Packages from Debian, without root.
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
 * The files of a Debian package, from the mirror that the user's apt is configured for, unpacked into a folder as they
 * would lie below `/`. Nothing is installed. Where apt's package lists are missing or old, fresh ones are fetched into
 * a folder of our own. Whatever version the user's release has is taken: checksums say whether its files will do.
 */
export function debianPackage(name: string, bytes: number): Origin {
  return {
    description: `Debian ${name}`,
    programs: [["apt-get"], ["dpkg-deb"]],
    bytes,
    fetch: (scratch, report) =>
      Effect.gen(function* () {
        const downloads = join(scratch, "downloads");
        const files = join(scratch, "files");
        const lists = join(scratch, "lists");
        yield* inFolder(scratch, async () => {
          await Deno.mkdir(downloads);
          await Deno.mkdir(join(lists, "partial"), { recursive: true });
        });
        const apt = (...args: readonly string[]) =>
          run({
            program: "apt-get",
            args: [...args, "--option", "APT::Sandbox::User=root"], // or it warns of a folder that only we may read
            cwd: downloads,
            install: onlyDebian,
            failed: (printed) => downloadFailed("apt-get", name, printed),
          });
        const freshLists = ["--option", `Dir::State::Lists=${lists}`, "--option", `Dir::Cache=${lists}`];

        yield* apt("download", name).pipe(
          Effect.catch(() =>
            Effect.andThen(apt("update", ...freshLists), apt("download", name, ...freshLists))
          ),
          watchingGrowth(downloads, { doing: `downloading Debian ${name}`, total: bytes }, report),
        );
        const archive = yield* inFolder(scratch, () => onlyFileIn(downloads));
        yield* run({
          program: "dpkg-deb",
          args: ["--extract", archive, files],
          install: onlyDebian,
          failed: () => ({
            message: `The Debian package ${name} that was downloaded is damaged.`,
            remedy: "Run again to fetch it anew.",
          }),
        });
        return files;
      }),
  };
}

const onlyDebian = "It comes with Debian and Ubuntu; run this pipeline there, or one that needs other data.";
