import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { ParameterError } from "../../lib/dag/errors.ts";
import { dependencies, isMany, label, withOverrides } from "../../lib/dag/node.ts";
import { task } from "../../lib/dag/task.ts";
import { constant, Count, double, sum } from "../fixtures/counting.ts";

Deno.test("node() addresses are pinned, so that a change of their format is never an accident", () => {
  // In Python: sha256(("assay-address-1\n" + json.dumps({"task": …, "params": …, "inputs": …}, sort_keys=True,
  // separators=(",", ":"))).encode()).hexdigest()
  const three = constant({ value: 3 }, {});
  assertEquals(three.address, "bad8984fb42c1ac743c7eb1fbb36bcd66e779697c94ab6cd8f281914f88db404");
  assertEquals(
    double({}, { of: three }).address,
    "dd5930a43c9435915cde17c56639f8d9400fb617ef91732a30d3638e8826f90f",
  );
  assertEquals(
    sum({ plus: 1 }, { terms: [three, three] }).address,
    "953e47633836b0b5a0cac0774942b848a36f10d8df3fb6a3c1628c51ed81d79e",
  );
});

Deno.test("two calls with equal arguments make one node; any other argument makes another", () => {
  const three = constant({ value: 3 }, {});
  const four = constant({ value: 4 }, {});
  assertEquals(three.address, constant({ value: 3 }, {}).address);
  const addresses = [
    three,
    four,
    sum({ plus: 0 }, { terms: [] }),
    sum({ plus: 1 }, { terms: [] }),
    sum({ plus: 0 }, { terms: [three] }),
    sum({ plus: 0 }, { terms: [three, four] }),
    sum({ plus: 0 }, { terms: [four, three] }),
  ].map((node) => node.address);
  assertEquals(new Set(addresses).size, addresses.length);
});

Deno.test("label() is the task's name and the first six digits of the address", () => {
  assertEquals(label(constant({ value: 3 }, {})), "constant-bad898");
});

Deno.test("dependencies() lists single and listed inputs in order", () => {
  const [one, two] = [constant({ value: 1 }, {}), constant({ value: 2 }, {})];
  assertEquals(dependencies(one), []);
  assertEquals(dependencies(double({}, { of: one })), [one]);
  const both = sum({ plus: 0 }, { terms: [two, one] });
  assertEquals(dependencies(both), [two, one]);
  assert(isMany(both.inputs.terms!));
  assert(!isMany(double({}, { of: one }).inputs.of!));
});

const detailed = task({
  name: "detailed",
  params: Schema.Struct({
    rate: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
    nested: Schema.Struct({ list: Schema.Array(Schema.Int) }),
    when: Schema.optionalKey(Schema.Date),
  }),
  inputs: {},
  output: Count,
  run: () => Effect.succeed(0),
});

Deno.test("parameters enter the node in encoded form", () => {
  const { params } = detailed(
    { rate: 0.5, nested: { list: [1] }, when: new Date("2020-02-02T00:00:00Z") },
    {},
  );
  assertEquals(params, { rate: 0.5, nested: { list: [1] }, when: "2020-02-02T00:00:00.000Z" });
});

const refusals: readonly (readonly [title: string, params: unknown, messages: readonly string[]])[] = [
  ["a wrong type", { rate: "high", nested: { list: [] } }, ["rate: Expected ", "got 'high'"]],
  ["a value out of range", { rate: 1.5, nested: { list: [] } }, ["rate: ", "1", "got 1.5"]],
  ["NaN", { rate: NaN, nested: { list: [] } }, ["rate: ", "got NaN"]],
  ["a wrong element, deep down", { rate: 0, nested: { list: [1, 2.5] } }, ["nested.list.1: ", "got 2.5"]],
  ["a missing field", { nested: { list: [] } }, ["rate: Missing", "got undefined"]],
  ["an unknown field", { rate: 0, nested: { list: [] }, rats: 1 }, ["rats: there is no such parameter"]],
  ["no object at all", 3, ["Expected object, got 3"]],
  ["two mistakes at once", { rate: "high", nested: { list: ["a"] } }, ["rate: ", "; nested.list.0: "]],
];

for (const [title, params, messages] of refusals) {
  Deno.test(`parameters are refused before anything runs: ${title}`, () => {
    const error = assertThrows(() => detailed(params as never, {}), ParameterError);
    assertEquals(error.task, "detailed");
    assert(error.message.startsWith("task detailed: "), error.message);
    assert(!error.message.includes("\n"), error.message);
    for (const part of messages) assert(error.message.includes(part), error.message);
  });
}

Deno.test("withOverrides() replaces parameters by task and field, while it builds and no longer", () => {
  const plain = constant({ value: 3 }, {});
  const replaced = withOverrides(
    { constant: { value: 9 }, other: { x: 1 } },
    () => constant({ value: 3 }, {}),
  );
  assertEquals(replaced.params, { value: 9 });
  assertNotEquals(replaced.address, plain.address);
  assertEquals(constant({ value: 3 }, {}).address, plain.address);
});

Deno.test("withOverrides() refuses what the schema refuses, and is over after a throw", () => {
  const build = () => withOverrides({ constant: { value: "nine" } }, () => constant({ value: 3 }, {}));
  const error = assertThrows(build, ParameterError);
  assert(error.message.includes("value: "), error.message);
  assert(error.message.includes("got 'nine'"), error.message);
  assertEquals(constant({ value: 3 }, {}).params, { value: 3 });
});

Deno.test("withOverrides() nests", () => {
  const [inner, outer] = withOverrides({ constant: { value: 1 } }, () => {
    const nested = withOverrides({ constant: { value: 2 } }, () => constant({ value: 0 }, {}));
    return [nested, constant({ value: 0 }, {})];
  });
  assertEquals([inner!.params, outer!.params], [{ value: 2 }, { value: 1 }]);
});
