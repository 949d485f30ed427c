/**
 * The flags and arguments that several commands share.
 *
 * @module
 */
import * as Argument from "effect/cli/Argument";
import * as Flag from "effect/cli/Flag";
import { PRESETS } from "../dag/pipeline.ts";
import { fromFileUrl, projectRoot } from "../dag/path.ts";
import { papers } from "./papers.ts";

/** `--json`: for programs. */
export const json = Flag.Boolean("json").pipe(
  Flag.withDefault(false),
  Flag.withDescription("Print JSON, for programs"),
);

/** `--store`: where artifacts lie. */
export const store = Flag.String("store").pipe(
  Flag.withMetavar("FOLDER"),
  Flag.withDefault(`${projectRoot(fromFileUrl(import.meta.url))}/artifacts`),
  Flag.withDescription("Where artifacts are kept (default: artifacts/ in the project)"),
);

/** `--preset`: how large. */
export const preset = Flag.Literals("preset", PRESETS).pipe(
  Flag.withAlias("p"),
  Flag.withDescription("smoke: seconds; quick: minutes; laptop: half an hour; paper: the original sizes"),
);

/** Paper names. */
export const paperNames = Argument.String("paper").pipe(
  Argument.withDescription(
    `A paper (${Object.keys(papers).join(", ")}), all, or the path of a pipeline's module`,
  ),
  Argument.variadic({ min: 1 }),
);
