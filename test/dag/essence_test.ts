import { assertEquals, assertNotEquals } from "@std/assert";
import { essence } from "../../lib/dag/essence.ts";

/** A bundle of a task with such members of its declaration. */
function bundle(...members: readonly string[]): string {
  return `import*as E from"effect/Effect";var task=spec=>({spec});var LIMIT=3;` +
    `var train=task({${['name:"train"', ...members, "run:()=>E.succeed({timeout:1})"].join()}});` +
    `export{train as default};\n`;
}

const idle: readonly (readonly [title: string, member: string])[] = [
  ["its description", `about:"Trains."`],
  ["its timeout", "timeout:60"],
  ["a timeout that is computed", "timeout:LIMIT*60"],
  ["how often it is tried", "retry:2"],
  ["its cores and memory", "resources:{cores:2,memory:512}"],
  ["a quoted name", `"timeout":60`],
];

for (const [title, member] of idle) {
  Deno.test(`essence() leaves out ${title}`, () => assertEquals(essence(bundle(member)), bundle()));
}

const active: readonly (readonly [title: string, member: string])[] = [
  ["a graphics processor", "resources:{memory:512,gpu:1}"],
  ["resources from elsewhere", "resources:LIMIT"],
  ["its variables", `env:["MODE"]`],
  ["its files", `files:["a.txt"]`],
  ["its capabilities", `uses:["tensorflow"]`],
  ["its permissions", `permissions:{read:["/data"]}`],
  ["a computed name", `["timeout"]:60`],
  ["what is spread into it", "...LIMIT"],
];

for (const [title, member] of active) {
  Deno.test(`essence() keeps ${title}`, () => {
    assertEquals(essence(bundle(member)), bundle(member));
    assertNotEquals(essence(bundle(member)), bundle());
  });
}

Deno.test("essence() keeps a member of that name anywhere else", () => {
  const text = `var other={timeout:1};var train=task({name:"train",params:S({timeout:other.timeout})});` +
    "export{train as default};";
  assertEquals(essence(text), text);
});

Deno.test("essence() of a task that is made in another way is the whole text", () => {
  for (
    const text of [
      "var train=make();export{train as default};",
      "var spec={timeout:1};var train=task(spec);export{train as default};",
      "var train={timeout:1};export{train as default};",
      "var train=task({timeout:1});export{train};",
    ]
  ) assertEquals(essence(text), text);
});
