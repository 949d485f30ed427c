import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { type Grant, machine } from "../../lib/dag/machine.ts";
import type { Resources } from "../../lib/dag/task.ts";

const CAPACITY = { cores: 4, memory: 4096, gpus: [0, 2, 5] };

/** Queues for the machine; `grants` collects who got what, in order. */
function queue(capacity = CAPACITY) {
  const { acquire, release } = machine(capacity);
  const grants: { readonly name: string; readonly grant: Grant }[] = [];
  const ask = (name: string, wanted: Resources, priority = 0) =>
    Effect.runFork(Effect.map(acquire(wanted, priority), (grant) => {
      grants.push({ name, grant });
      return grant;
    }));
  const give = (name: string) => release(grants.find((granted) => granted.name === name)!.grant);
  const started = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    return grants.map(({ name }) => name);
  };
  return { ask, give, started, grants };
}

Deno.test("who asks for nothing in particular gets one core and 512 MiB", async () => {
  const { ask, grants, started } = queue();
  ask("a", {});
  await started();
  assertEquals(grants[0]!.grant, { cores: 1, memory: 512, gpus: [] });
});

Deno.test("who asks for more than there is gets all there is", async () => {
  const { ask, grants, started } = queue();
  ask("greedy", { cores: 99, memory: 1e9, gpu: 99 });
  await started();
  assertEquals(grants[0]!.grant, { cores: 4, memory: 4096, gpus: [0, 2, 5] });
});

Deno.test("a node without wants starts on a full machine", async () => {
  const { ask, started } = queue();
  ask("all", { cores: 4, memory: 4096 });
  ask("light", { cores: 0, memory: 0, gpu: 0 });
  assertEquals(await started(), ["all", "light"]);
});

Deno.test("the highest priority starts first; equal ones in the order of asking", async () => {
  const { ask, give, started } = queue({ ...CAPACITY, cores: 1 });
  ask("holder", {});
  ask("low", {}, 1);
  ask("high", {}, 9);
  ask("middle-1", {}, 5);
  ask("middle-2", {}, 5);
  const order = ["holder", "high", "middle-1", "middle-2", "low"];
  for (let round = 1; round <= order.length; round++) {
    assertEquals(await started(), order.slice(0, round));
    give(order[round - 1]!);
  }
});

Deno.test("a small node does not slip past a large one of higher priority", async () => {
  const { ask, give, started } = queue();
  ask("half", { cores: 2 });
  ask("whole", { cores: 4 }, 2);
  ask("small", { cores: 1 }, 1);
  assertEquals(await started(), ["half"]);
  give("half");
  assertEquals(await started(), ["half", "whole"]);
  give("whole");
  assertEquals(await started(), ["half", "whole", "small"]);
});

Deno.test("graphics processors are handed out by id, each to one node at a time", async () => {
  const { ask, give, started, grants } = queue();
  ask("a", { gpu: 1 });
  ask("b", { gpu: 1 });
  ask("c", { gpu: 1 });
  ask("d", { gpu: 1, cores: 0 });
  await started();
  assertEquals(grants.map(({ grant }) => grant.gpus), [[0], [2], [5]]);
  give("b");
  await started();
  assertEquals(grants[3]!.grant.gpus, [2]);
});

Deno.test("a waiter that is interrupted leaves the queue, and lets those behind it start", async () => {
  const { ask, started } = queue();
  ask("half", { cores: 2 });
  const whole = ask("whole", { cores: 4 }, 2);
  ask("small", { cores: 1 }, 1);
  assertEquals(await started(), ["half"]);
  await Effect.runPromise(Fiber.interrupt(whole));
  assertEquals(await started(), ["half", "small"]);
});

Deno.test("whatever is asked and given back, no more is held than there is, and all start", async () => {
  let state = 7;
  const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
  for (let round = 0; round < 20; round++) {
    const { ask, give, started, grants } = queue();
    const held = new Set<string>();
    const names = Array.from({ length: 40 }, (_, index) => `n${index}`);
    for (const name of names) {
      ask(name, { cores: random(6), memory: random(6000), gpu: random(4) }, random(5));
    }
    let seen = 0;
    while (seen < names.length) {
      const order = await started();
      order.slice(seen).forEach((name) => held.add(name));
      seen = order.length;
      const now = grants.filter(({ name }) => held.has(name)).map(({ grant }) => grant);
      assertLessOrEqual(now.reduce((total, { cores }) => total + cores, 0), CAPACITY.cores);
      assertLessOrEqual(now.reduce((total, { memory }) => total + memory, 0), CAPACITY.memory);
      const gpus = now.flatMap((grant) => grant.gpus);
      assertEquals(new Set(gpus).size, gpus.length);
      assert(gpus.every((id) => CAPACITY.gpus.includes(id)));
      assert(held.size > 0, "the machine stands still");
      const leaver = [...held][random(held.size)]!;
      held.delete(leaver);
      give(leaver);
    }
  }
});
