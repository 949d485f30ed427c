/**
 * What the command line's library has to say, said our way: help under the name that users type, and wrong use as one
 * sentence on standard error.
 *
 * @module
 */
import type { CliError } from "effect/cli/CliError";
import * as CliOutput from "effect/cli/CliOutput";
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import { screenOf } from "./paint.ts";
import { papers } from "./papers.ts";
import { nearest } from "./suggest.ts";

/** The name that users type before a command. */
const PROGRAM = "deno task";

/** Presents help on standard output, and wrong use on standard error. */
export const presenter: CliOutput.Presenter = {
  present: (event) => {
    switch (event._tag) {
      case "Version":
        return Console.log(`Assay ${event.version}`);
      case "Help": {
        const { helpDoc } = event;
        const formatter = CliOutput.defaultFormatter({ colors: screenOf("stdout").paint.bold(".") !== "." });
        const usage = helpDoc.usage.replace(/^assay/, PROGRAM);
        return Console.log(formatter.formatHelpDoc({ ...helpDoc, usage }));
      }
      case "InvalidInvocation": {
        const { paint } = screenOf("stderr");
        const command = event.commandPath.slice(1).join(" ");
        return Effect.gen(function* () {
          yield* Console.error(paint.red(describeMisuse(event.errors[0]!)));
          if (command !== "") yield* Console.error(paint.dim(`  ${PROGRAM} ${command} --help tells more.`));
        });
      }
    }
  },
};

/** Says in one sentence what is wrong with a command line. */
function describeMisuse(error: CliError): string {
  switch (error._tag) {
    case "UnrecognizedOption":
      return `There is no flag ${error.option}${meant(error.suggestions)}`;
    case "UnknownSubcommand":
      return `There is no command ${JSON.stringify(error.subcommand)}${meant(error.suggestions)}`;
    case "MissingOption":
      return `The flag --${error.option} is missing.`;
    case "MissingArgument":
      return error.argument === "paper"
        ? `Say which paper: ${Object.keys(papers).join(", ")}, or all.`
        : `The argument <${error.argument}> is missing.`;
    case "UnexpectedArgument":
      return `There is no place for ${error.arguments.map((one) => JSON.stringify(one)).join(" ")}.`;
    case "InvalidValue": {
      const choices = [...error.expected.matchAll(/"([^"]+)"/g)].map(([, choice]) => choice!);
      const name = error.kind === "flag" ? `--${error.option}` : `<${error.option}>`;
      if (error.value === "") return `${name} takes a value.`;
      return choices.length > 0
        ? `${name} cannot be ${JSON.stringify(error.value)}${meant(nearest(error.value, choices), choices)}`
        : `${name} cannot be ${JSON.stringify(error.value)}: ${expectation(error.expected)}.`;
    }
    default:
      return error.message.split("\n")[0]!;
  }
}

function meant(suggestions: readonly string[], all: readonly string[] = []): string {
  if (suggestions.length > 0) return `; did you mean ${suggestions.join(" or ")}?`;
  return all.length > 0 ? `; it is one of ${all.join(", ")}.` : ".";
}

/** `expected a value between 1 and 64`, whatever the library puts around it. */
function expectation(text: string): string {
  const plain = text.replace(/^Schema validation failed: /, "").split("\n")[0]!;
  return plain.charAt(0).toLowerCase() + plain.slice(1).replace(/\.$/, "");
}
