/**
 * Kill -9, a hundred times: of the whole run, and of its workers, at random moments. What is left is never half-made, no
 * worker stays behind, and the end is the same, digest for digest, as that of a run that nobody disturbed.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { openStore } from "../../lib/dag/store.ts";
import { verify } from "../../lib/dag/verify.ts";
import { reproduce, type Reproduced, start } from "../fixtures/command_line.ts";
import { until, workersOf } from "../fixtures/processes.ts";
import { copyProject, type Project } from "../fixtures/project.ts";

const KILLS = 50;

/** Lehmer's generator, between 0 and 1: the same moments in every run of this test. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The digest of every node. */
function digestsOf({ run }: Reproduced): Readonly<Record<string, string | null>> {
  return Object.fromEntries(run!.nodes.map(({ label, digest }) => [label, digest]));
}

/** An undisturbed run: its digests, and how long it takes. */
async function undisturbed() {
  await using project = await copyProject("killed");
  const started = performance.now();
  const done = await reproduce(project);
  assertEquals(done.code, 0, done.stderr.join("\n"));
  return { digests: digestsOf(done), milliseconds: performance.now() - started };
}

/** Asserts that a store holds nothing but whole nodes. */
function checkWhole(project: Project): void {
  const store = openStore(project.path("artifacts"));
  const { corrupt, missing, damaged, misindexed } = verify(store);
  assertEquals([corrupt, missing, damaged, misindexed], [[], [], [], []]);
  store.close();
}

/** The number of nodes in a store that went on from the state that a killed attempt had left. */
function resumed(project: Project): number {
  const store = openStore(project.path("artifacts"));
  const records = store.ledger.keys().map((key) => store.readNode(key)!);
  store.close();
  return records.filter(({ log }) => log.some((line) => line.startsWith("resumed at step"))).length;
}

Deno.test(`the run, killed ${KILLS} times, ends as if it had never been`, async () => {
  const first = await undisturbed();
  const { digests } = first;
  let { milliseconds } = first;
  await using project = await copyProject("killed");
  const random = lehmer(1);
  let resumptions = 0;
  for (let kills = 0; kills < KILLS;) {
    const started = performance.now();
    const underway = start(project);
    // The first part of a run is the runtime's own start.
    await Promise.race([pause(milliseconds * (0.2 + 0.8 * random())), underway.done]);
    try {
      Deno.kill(underway.pid, "SIGKILL");
    } catch {
      // It has ended.
    }
    const done = await underway.done;
    await until(() => workersOf(project.folder).length === 0, "no worker outlives the run");
    checkWhole(project);
    if (done.code === 0) {
      // The machine is faster than it was: the next moments must be earlier ones.
      milliseconds = Math.min(milliseconds, performance.now() - started);
      assertEquals(digestsOf(done), digests);
      resumptions += resumed(project);
      await Deno.remove(project.path("artifacts"), { recursive: true });
    } else {
      assertEquals(done.code, 137, done.stderr.join("\n"));
      kills++;
    }
  }
  const last = await reproduce(project);
  assertEquals(last.code, 0, last.stderr.join("\n"));
  assertEquals(digestsOf(last), digests);
  resumptions += resumed(project);
  assert(resumptions > 0, "no kill hit the step that resumes");
});

Deno.test(`its workers, killed ${KILLS} times, leave a run that ends as if they had never been`, async () => {
  const { digests, milliseconds } = await undisturbed();
  await using project = await copyProject("killed");
  const random = lehmer(2);
  let resumptions = 0;
  for (let kills = 0; kills < KILLS;) {
    const underway = start(project, ["--keep-going"]);
    let over = false;
    void underway.done.then(() => over = true);
    while (!over && kills < KILLS) {
      await Promise.race([pause(milliseconds * 0.4 * random()), underway.done]);
      const workers = workersOf(project.folder);
      const victim = workers[Math.floor(random() * workers.length)];
      if (victim === undefined) continue;
      try {
        Deno.kill(victim, "SIGKILL");
        kills++;
      } catch {
        // It has ended.
      }
    }
    const done = await underway.done;
    checkWhole(project);
    if (done.code === 0) {
      assertEquals(digestsOf(done), digests);
      resumptions += resumed(project);
      await Deno.remove(project.path("artifacts"), { recursive: true });
    } else {
      assertEquals(done.code, 1, done.stderr.join("\n"));
    }
  }
  const last = await reproduce(project);
  assertEquals(last.code, 0, last.stderr.join("\n"));
  assertEquals(digestsOf(last), digests);
  resumptions += resumed(project);
  assert(resumptions > 0, "no kill hit the step that resumes");
});

for (const [signal, code] of [["SIGKILL", 137], ["SIGINT", 130], ["SIGTERM", 130]] as const) {
  Deno.test(`after ${signal}, a worker that never pauses does not stay behind`, async () => {
    await using project = await copyProject("killed");
    await project.edit("tasks.ts", "const numbers =", "while (Math.sign(1) > 0);\n      const numbers =");
    const underway = start(project);
    await underway.line(/event=started node=draw/);
    await until(() => workersOf(project.folder).length > 0, "a worker runs");
    Deno.kill(underway.pid, signal);
    assertEquals((await underway.done).code, code);
    await until(() => workersOf(project.folder).length === 0, "no worker outlives the run");
    checkWhole(project);
  });
}
