import { assertEquals, assertMatch } from "@std/assert";

/** The digests of short trainings in a process with some number of threads between operations. */
async function digests(between: number): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", new URL("./threads_digest.ts", import.meta.url).pathname],
    env: {
      TF_CPP_MIN_LOG_LEVEL: "3",
      TF_NUM_INTRAOP_THREADS: "1",
      TF_NUM_INTEROP_THREADS: String(between),
    },
  }).output();
  assertEquals(success, true, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

// Threads within an operation do change the last bits, since they sum in another order: workers always have one. Threads
// between operations are as many as there are cores, and a key must have one digest whatever the machine.
Deno.test("the number of threads between operations does not change a bit of a training", async () => {
  const alone = await digests(1);
  assertMatch(alone, /^[0-9a-f]{64} [0-9a-f]{64}$/);
  assertEquals(await digests(2), alone);
  assertEquals(await digests(4), alone);
});
