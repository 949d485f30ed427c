/**
 * `doctor`: what is installed, what is missing, and the line that mends it.
 *
 * @module
 */
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import { assemble } from "../assemble.ts";
import { declaredUses } from "../dag/key.ts";
import { PRESETS } from "../dag/pipeline.ts";
import { type Check, doctor } from "../doctor.ts";
import type { DoctorInput } from "./commands/doctor.ts";
import { Unsuccessful } from "./errors.ts";
import { type Paint, screenOf } from "./paint.ts";
import { loadPaper, papers } from "./papers.ts";
import { pad, width } from "./text.ts";

/** Prints every check with its mark and its mending line, then which papers have what they need. */
export const showDoctor = Effect.fn("showDoctor")(function* (input: DoctorInput) {
  const checks = yield* doctor;
  const needs = yield* Effect.forEach(Object.keys(papers), needsOf);
  const all = [...checks, ...needs.flatMap((need) => paperChecks(need, checks))];
  if (input.json) {
    yield* Console.log(JSON.stringify(all, null, 2));
  } else {
    const { paint } = screenOf("stdout");
    const column = Math.max(...all.map(({ name }) => width(name)));
    for (const check of all) yield* Console.log(checkLines(check, column, paint).join("\n"));
  }
  if (checks.some(({ ok }) => ok === false)) return yield* new Unsuccessful();
});

interface Need {
  readonly paper: string;
  readonly preset: string;
  /** Capabilities that its nodes use. */
  readonly uses: readonly string[];
}

/** What each preset of a paper needs. */
const needsOf = Effect.fn("needsOf")(function* (paper: string) {
  const pipeline = yield* loadPaper(paper);
  return yield* Effect.forEach(
    PRESETS,
    (preset) =>
      assemble(pipeline, { preset }).pipe(Effect.map(({ nodes }): Need => ({
        paper,
        preset,
        uses: [...new Set(nodes.flatMap(declaredUses))].sort(),
      }))),
  );
});

function paperChecks(needs: readonly Need[], checks: readonly Check[]): readonly Check[] {
  return needs.map(({ paper, preset, uses }) => {
    const missing = uses.filter((name) => checks.find((check) => check.name === name)?.ok !== true);
    return {
      name: `${paper} ${preset}`,
      ok: missing.length === 0 ? true : "warn",
      detail: missing.length === 0
        ? `has what it needs: ${uses.join(", ") || "nothing"}`
        : `lacks ${missing.join(", ")}`,
    };
  });
}

function checkLines({ name, ok, detail, remedy }: Check, column: number, paint: Paint): readonly string[] {
  const mark = ok === true ? paint.green("✓") : ok === "warn" ? paint.yellow("!") : paint.red("✗");
  return [
    `${mark} ${pad(name, column)}  ${detail}`,
    ...(ok === true || remedy === undefined ? [] : [`  ${pad("", column)}  ${paint.dim("→")} ${remedy}`]),
  ];
}
