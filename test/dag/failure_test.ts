import { assertEquals } from "@std/assert";
import * as Schema from "effect/Schema";
import { Failure, failureOf } from "../../lib/dag/executor/failure.ts";

class Sorrow extends Schema.TaggedError<Sorrow>()("Sorrow", {
  message: Schema.String,
  remedy: Schema.optionalKey(Schema.String),
}) {}

/** An error as the runtime throws it on a refused permission. */
function refused(message: string): Error {
  return Object.assign(new Error(`${message}, run again with the --allow-something flag`), {
    name: "NotCapable",
  });
}

const cases: readonly (readonly [title: string, thrown: unknown, message: string, remedy?: string])[] = [
  ["an error", new Error("it broke"), "it broke"],
  ["an error of a kind", new RangeError("7 is too much"), "RangeError: 7 is too much"],
  ["a tagged error", new Sorrow({ message: "sad" }), "Sorrow: sad"],
  ["a tagged error with a remedy", new Sorrow({ message: "sad", remedy: "smile" }), "Sorrow: sad", "smile"],
  ["a text", "just a text", "just a text"],
  ["nothing", undefined, "undefined"],
];

for (const [title, thrown, message, remedy] of cases) {
  Deno.test(`failureOf() makes one sentence of ${title}`, () => {
    const failure = failureOf(thrown);
    assertEquals([failure.reason, failure.message, failure.remedy], ["failed", message, remedy]);
  });
}

const refusals: readonly (readonly [requires: string, message: string, remedy: string])[] = [
  [
    `Requires env access to "HOME"`,
    "it reads the environment variable HOME, which it does not declare",
    `add env: ["HOME"] to the task`,
  ],
  [
    `Requires read access to "/etc/passwd"`,
    "it reads the file /etc/passwd, which it does not declare",
    `add files: ["/etc/passwd"] to the task, or make it an input`,
  ],
  [
    `Requires write access to "out.txt"`,
    "it writes the file out.txt, which it does not declare",
    "return what it makes, or write under Running.scratch",
  ],
  [
    `Requires net access to "example.org:443"`,
    "it connects to example.org:443, which it does not declare",
    "fetch data through a capability, which checks its checksum",
  ],
  [
    `Requires import access to "example.org:443"`,
    'it needs what it does not declare: Requires import access to "example.org:443"',
    "declare it on the task: env, files or permissions",
  ],
];

for (const [requires, message, remedy] of refusals) {
  Deno.test(`failureOf() names what was refused: ${requires}`, () => {
    for (const thrown of [refused(requires), new TypeError("failed", { cause: refused(requires) })]) {
      const failure = failureOf(thrown);
      assertEquals([failure.reason, failure.message, failure.remedy], ["undeclared", message, remedy]);
    }
  });
}

Deno.test("failureOf() leaves a failure as it is", () => {
  const failure = new Failure({ reason: "failed", message: "once" });
  assertEquals(failureOf(failure), failure);
});
