import { assert, assertEquals, assertGreater, assertLess, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { type Capability, CapabilityError } from "../../lib/dag/capability.ts";
import { openStore } from "../../lib/dag/store.ts";
import { constant, double } from "../fixtures/counting.ts";
import { until, workersOf } from "../fixtures/processes.ts";
import { run, running, temporaryStore, valueOf } from "../fixtures/run.ts";
import * as trouble from "../fixtures/trouble.ts";

Deno.test("a node in a process makes the same bytes as one inside the scheduler", async () => {
  using store = temporaryStore();
  const [light, heavy] = [constant({ value: 7 }, {}), trouble.heavy({ value: 7, milliseconds: 0 }, {})];
  const { results } = await run(store, [light, heavy]);
  const [one, two] = [light, heavy].map((node) => results.get(node.address)!.record!);
  assertEquals(one!.output, two!.output);
  assertEquals([one!.executor, two!.executor], ["inline", "process"]);
  assertEquals(one!.peakMemory, null);
  assertGreater(two!.peakMemory!, 20);
});

const unended: readonly (readonly [title: string, task: typeof trouble.waits])[] = [
  ["waits", trouble.waits],
  ["waits, though light,", trouble.waitsLightly],
  ["spins", trouble.spins],
];

for (const [title, task] of unended) {
  Deno.test(`a task that ${title} for ever is stopped at its timeout, and leaves no process`, async () => {
    using store = temporaryStore();
    const node = task({}, {});
    const outcome = await run(store, [node]);
    const { reason, message, remedy } = outcome.error(node);
    assertEquals([reason, message], ["timeout", "it ran for more than 1 s and was stopped"]);
    assertEquals(remedy, "raise the task's timeout, or shrink its work");
    await until(() => workersOf(store.root).length === 0, "no worker is left");
  });
}

Deno.test("a task that ends its process fails, and says how", async () => {
  using store = temporaryStore();
  const node = trouble.exits({}, {});
  const { reason, message } = (await run(store, [node])).error(node);
  assertEquals([reason, message], ["died", "its process ended with exit code 3"]);
});

Deno.test("a task that takes more memory than it may fails, and says so", async () => {
  using store = temporaryStore();
  const node = trouble.devours({}, {});
  const { reason, message, remedy } = (await run(store, [node])).error(node);
  assertEquals([reason, message], ["died", "its process ran out of memory"]);
  assertEquals(remedy, "see its log, or give the task more memory with resources: { memory }");
});

Deno.test("a worker that is killed from outside fails its node", async () => {
  using store = temporaryStore();
  const node = trouble.lingers({}, {});
  const outcome = await run(store, [node], {
    onEvent: ({ type }) => {
      if (type === "log") Deno.kill(workersOf(store.root)[0]!, "SIGKILL");
    },
  });
  const { reason, message } = outcome.error(node);
  assertEquals(reason, "died");
  assertEquals(message, "its process was killed, as the system does when memory runs out");
});

const refusals: readonly (readonly [what: string, message: RegExp, remedy: RegExp])[] = [
  [
    "env",
    /reads the environment variable ASSAY_TEST_SECRET,/,
    /^add env: \["ASSAY_TEST_SECRET"\] to the task$/,
  ],
  [
    "file",
    /reads the file \/etc\/hostname,/,
    /^add files: \["\/etc\/hostname"\] to the task, or make it an input$/,
  ],
  ["write", /writes the file \/tmp\/assay-test-leak,/, /Running\.scratch/],
  ["net", /connects to 127\.0\.0\.1:8123,/, /capability/],
  ["run", /runs the program true,/, /capability/],
  ["sys", /asks the system for osRelease,/, /^add permissions: \{ sys: \["osRelease"\] \} to the task$/],
  ["ffi", /loads the native library .*libm\.so\.6,/, /capability/],
];

Deno.test("what a task does not declare is refused and named, with what to declare", async (t) => {
  using store = temporaryStore();
  const nodes = refusals.map(([what]) => trouble.reaches({ what }, {}));
  const outcome = await run(store, nodes, { keepGoing: true });
  for (const [index, [what, message, remedy]] of refusals.entries()) {
    await t.step(what, () => {
      const error = outcome.error(nodes[index]!);
      assertEquals(error.reason, "undeclared");
      assert(message.test(error.message), error.message);
      assert(error.message.endsWith("which it does not declare"), error.message);
      assert(remedy.test(error.remedy!), error.remedy);
    });
  }
  assertEquals(outcome.events.filter((event) => event.type === "retrying"), []);
});

Deno.test("a node sees its own scratch and no other's, though they share a worker", async () => {
  using store = temporaryStore();
  const other = "f".repeat(64);
  await Deno.writeTextFile(`${store.scratch(other)}/secret`, "42");
  const [own, foreign] = [
    trouble.peeks({ file: "own" }, {}),
    trouble.peeks({ file: `${store.root}/scratch/${other}/secret` }, {}),
  ];
  const outcome = await run(store, [own, foreign], { cores: 1, keepGoing: true });
  assertEquals(valueOf(store, outcome, own), 7);
  const { reason, message } = outcome.error(foreign);
  assertEquals(reason, "undeclared");
  assert(message.startsWith(`it reads the file ${store.root}/scratch/${other}/secret`), message);
  assertEquals(await Deno.readTextFile(`${store.root}/scratch/${other}/secret`), "42");
});

Deno.test("a path with a comma, which no permission can name, is refused in one sentence", async () => {
  const root = await Deno.makeTempDir({ prefix: "assay,store-" });
  const store = openStore(root);
  const error = await assertRejects(() => run(store, [trouble.heavy({ value: 1, milliseconds: 0 }, {})]));
  assert((error as Error).message.includes("the runtime takes the comma for the end of it"), String(error));
  store.close();
  await Deno.remove(root, { recursive: true });
});

Deno.test("what a task prints goes to its log, whatever it prints to", async () => {
  using store = temporaryStore();
  const node = trouble.prints({}, {});
  const outcome = await run(store, [node]);
  const { log } = outcome.results.get(node.address)!.record!;
  assertEquals(
    new Set(log),
    new Set([
      "to the console [object Object]",
      "an error",
      "straight to standard output",
      "straight to standard error",
      "to the log",
    ]),
  );
  const logged = outcome.events.flatMap((event) => event.type === "log" ? [event.line] : []);
  assertEquals(logged, log);
});

Deno.test("progress reaches the listener: a few times, and the last step always", async () => {
  using store = temporaryStore();
  const outcome = await run(store, [trouble.prints({}, {})]);
  const told = outcome.events.flatMap((event) => event.type === "progress" ? [event.progress] : []);
  assertLess(told.length, 20);
  assertEquals(told.at(-1), { step: 1000, total: 1000, values: { loss: 0.001 } });
});

Deno.test("each node is told which graphics processors are its own", async () => {
  using store = temporaryStore();
  const nodes = [1, 2, 3, 4].map((number) => trouble.onGpu({ number }, {}));
  const outcome = await run(store, nodes, { cores: 4, gpus: [3, 5] });
  const held = nodes.map((node) => valueOf(store, outcome, node));
  assertEquals(held.toSorted(), ["3", "3", "5", "5"]);
  let free = new Set(["3", "5"]);
  for (const event of outcome.events) {
    const own = "node" in event ? held[nodes.indexOf(event.node as typeof nodes[number])] : undefined;
    if (event.type === "started") {
      assert(free.has(own!), `${own} is not free`);
      free = new Set([...free].filter((id) => id !== own));
    }
    if (event.type === "finished") free.add(own!);
  }
});

Deno.test("declared variables and files can be read, and their values are in the key", async () => {
  using store = temporaryStore();
  const file = await Deno.makeTempFile();
  const node = trouble.declares({ path: file }, {});
  const made = async (variable: string, text: string) => {
    Deno.env.set("ASSAY_TEST_DECLARED", variable);
    await Deno.writeTextFile(file, text);
    const outcome = await run(store, [node]);
    return [outcome.ran.length, valueOf(store, outcome, node)] as const;
  };
  const value = (text: string, variable: string) =>
    `${text} {"ASSAY_TEST_DECLARED":"${variable}"} ${variable} undefined`;
  assertEquals(await made("one", "abc"), [1, value("abc", "one")]);
  assertEquals(await made("one", "abc"), [0, value("abc", "one")]);
  assertEquals(await made("two", "abc"), [1, value("abc", "two")]);
  assertEquals(await made("two", "abd"), [1, value("abd", "two")]);
  assertEquals(await made("one", "abc"), [0, value("abc", "one")]);
  Deno.env.delete("ASSAY_TEST_DECLARED");
  await Deno.remove(file);
});

/** A capability that counts how often it is prepared. */
function clock(version: string, fails = false) {
  const prepared = { times: 0 };
  const capability: Capability = {
    name: "clock",
    about: "Tells the time.",
    identity: () => ({ version }),
    check: Effect.succeed({ ready: true, detail: "" }),
    prepare: (report) =>
      Effect.gen(function* () {
        prepared.times++;
        report({ doing: "winding", done: 1, total: 2 });
        yield* Effect.sleep(10);
        if (fails) {
          return yield* new CapabilityError({
            capability: "clock",
            message: "the spring is broken",
            remedy: "buy a new one",
          });
        }
        return { value: { hands: 2 }, access: { env: { CLOCK_ZONE: "UTC" } } };
      }),
  };
  return { prepared, capabilities: { clock: capability } };
}

Deno.test("a capability is prepared once a run, and only when a node must run", async () => {
  using store = temporaryStore();
  const nodes = [1, 2].map((number) => trouble.usesClock({ number }, {}));
  const first = clock("1");
  const outcome = await run(store, nodes, first);
  assertEquals(first.prepared.times, 1);
  assertEquals(nodes.map((node) => valueOf(store, outcome, node)), [
    `{"clock":{"hands":2}} UTC`,
    `{"clock":{"hands":2}} UTC`,
  ]);
  assertEquals(outcome.results.get(nodes[0]!.address)!.record!.env, { "clock.version": "1" });
  const kinds = outcome.events.map((event) => event.type).filter((type) => type.startsWith("prepar"));
  assertEquals(kinds, ["preparing", "prepared"]);
  const again = clock("1");
  assertEquals((await run(store, nodes, again)).ran, []);
  assertEquals(again.prepared.times, 0);
  assertEquals((await run(store, nodes, clock("2"))).ran.length, 2);
});

Deno.test("a capability that cannot be prepared fails its nodes, with what to do", async () => {
  using store = temporaryStore();
  const node = trouble.usesClock({ number: 1 }, {});
  const { reason, message, remedy } = (await run(store, [node], clock("1", true))).error(node);
  assertEquals([reason, message, remedy], ["unusable", "the spring is broken", "buy a new one"]);
});

Deno.test("a value that its kind cannot hold fails its node", async () => {
  using store = temporaryStore();
  const node = trouble.misfit({}, {});
  const { reason, message } = (await run(store, [node])).error(node);
  assertEquals(reason, "failed");
  assert(message.includes("Symbol"), message);
});

Deno.test("an artifact that is not of its kind fails its reader, by the input's name", async () => {
  using store = temporaryStore();
  const node = double({}, { of: trouble.lies({}, {}) });
  const { reason, message } = (await run(store, [node])).error(node);
  assertEquals([reason, message], ["failed", "input of is no count: count.json holds no number"]);
});

Deno.test("an interrupted run ends its workers and leaves nothing half-made", async () => {
  using store = temporaryStore();
  const quick = constant({ value: 1 }, {});
  const fiber = Effect.runFork(running(store, [quick, trouble.lingers({}, {}), trouble.spins({}, {})]));
  const recordsOf = () => [...Deno.readDirSync(`${store.root}/nodes`)].length;
  await until(() => workersOf(store.root).length === 2 && recordsOf() === 1, "two run and one is done");
  await Effect.runPromise(Fiber.interrupt(fiber));
  await until(() => workersOf(store.root).length === 0, "no worker is left");
  const locks = Array.from(Deno.readDirSync(`${store.root}/locks`), ({ name }) => name);
  assertEquals(locks.filter((name) => /^[0-9a-f]{64}$/.test(name)), []);
  assertEquals(recordsOf(), 1);
  assertEquals((await run(store, [quick])).hit, ["constant"]);
});

Deno.test("workers are used again: three nodes of one kind, one after the other, take one process", async () => {
  using store = temporaryStore();
  const seen = new Set<number>();
  const nodes = [1, 2, 3].map((value) => trouble.heavy({ value, milliseconds: 30 }, {}));
  await run(store, nodes, {
    cores: 1,
    onEvent: () => workersOf(store.root).forEach((pid) => seen.add(pid)),
  });
  assertEquals(seen.size, 1);
});
