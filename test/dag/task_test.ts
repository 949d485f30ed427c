import { assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { kind, many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { constant, Count, double, sum, Word } from "../fixtures/counting.ts";

const here = task({
  name: "here",
  params: Schema.Struct({}),
  inputs: {},
  output: Word,
  run: () => Effect.succeed("here"),
});

Deno.test("task() knows the module that declares it", () => {
  assertEquals(here.origin.module, import.meta.url);
  assertEquals(constant.origin.module, new URL("../fixtures/counting.ts", import.meta.url).href);
});

Deno.test("task() declared inside a function knows its module too", () => {
  const declare = () =>
    task({
      name: "inner",
      params: Schema.Struct({}),
      inputs: {},
      output: Word,
      run: () => Effect.succeed(""),
    });
  assertEquals(declare().origin.module, import.meta.url);
});

Deno.test("task() knows a module whose path has spaces, brackets and colons", async () => {
  const folder = await Deno.makeTempDir();
  const engine = new URL("../../lib/dag/task.ts", import.meta.url).pathname;
  const path = `${folder}/a (b):12:3) c.ts`;
  await Deno.writeTextFile(
    path,
    `import { task } from ${JSON.stringify(engine)};\nexport const odd = task({ name: "odd" } as never);\n`,
  );
  const url = new URL(`file://${path.split("/").map(encodeURIComponent).join("/")}`).href;
  const { odd } = await import(url);
  assertEquals(decodeURIComponent(odd.origin.module), decodeURIComponent(url));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a call makes a node of the task's kind and runs nothing", () => {
  let ran = false;
  const eager = task({
    name: "eager",
    params: Schema.Struct({}),
    inputs: {},
    output: Count,
    run: () => Effect.sync(() => (ran = true, 1)),
  });
  const node = eager({}, {});
  assertEquals(node.task.spec.name, "eager");
  assertEquals(node.kind.name, "count");
  assertEquals(ran, false);
});

Deno.test("wiring another kind, a list, or nothing where one is wanted does not compile", () => {
  const number = constant({ value: 1 }, {});
  const word = here({}, {});
  // Type-checked only: what the compiler refuses is marked, and `deno check` complains of a mark without a mistake.
  const mistakes = () => {
    // @ts-expect-error a word where a count is wanted
    double({}, { of: word });
    // @ts-expect-error a list where one is wanted
    double({}, { of: [number] });
    // @ts-expect-error an input is missing
    double({}, {});
    // @ts-expect-error one where a list is wanted
    sum({ plus: 0 }, { terms: number });
    // @ts-expect-error a list with one wrong element
    sum({ plus: 0 }, { terms: [number, word] });
    // @ts-expect-error a parameter of the wrong type
    constant({ value: "1" }, {});
    task({
      name: "mistyped",
      params: Schema.Struct({}),
      inputs: { word: Word, counts: many(Count) },
      output: Count,
      // @ts-expect-error the inputs have the types of their kinds
      run: ({ inputs }) => Effect.succeed(inputs.word * inputs.counts.length),
    });
  };
  assertEquals(typeof mistakes, "function");
});

Deno.test("kind() and many() say what they are made of", () => {
  const Flag = kind<"flag", boolean>("flag", {
    encode: (value) => ({ flag: Uint8Array.of(value ? 1 : 0) }),
    decode: (parts) => parts.flag?.[0] === 1,
  });
  assertEquals(Flag.name, "flag");
  assertEquals(Flag.decode(Flag.encode(true)), true);
  assertEquals(many(Flag).many, Flag);
});
