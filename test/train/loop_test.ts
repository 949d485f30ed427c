import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import { join } from "node:path";
import { Running } from "../../lib/dag/running.ts";
import { tf } from "../../lib/tensor/native.ts";
import { runTraining, type Training } from "../../lib/train/loop.ts";
import { readSnapshot } from "../../lib/train/snapshot.ts";
import { digestOf, linearTraining, runningIn, scratchFolder } from "./training.ts";

const train = (training: Training, running: Running["Service"], snapshotSeconds = 15) =>
  runTraining(training, { snapshotSeconds }).pipe(Effect.provideService(Running, running));

const silent = () => {};

Deno.test("runTraining() lowers the loss and reports every step", async () => {
  const steps: number[] = [];
  const running = runningIn(scratchFolder(), ({ step, total, values }) => {
    assertEquals(total, 60);
    assert(Number.isFinite(values!.loss));
    steps.push(step);
  });
  const { losses } = await Effect.runPromise(train(linearTraining(), running));
  assertEquals(steps, Array.from({ length: 60 }, (_, index) => index + 1));
  const mean = (part: Float32Array) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
  assert(mean(losses.subarray(50)) < mean(losses.subarray(0, 10)));
});

Deno.test("runTraining() with no steps ends where it starts", async () => {
  const training = linearTraining({ steps: 0 });
  const { state, losses } = await Effect.runPromise(
    train(training, runningIn(scratchFolder(), silent)),
  );
  assertEquals(state, training.state);
  assertEquals(losses.length, 0);
});

Deno.test("runTraining() killed again and again ends with the bits of an undisturbed one", async () => {
  const undisturbed = await start(scratchFolder());
  const scratch = scratchFolder();
  for (const killAt of [1, 17, 40]) assertEquals(await start(scratch, killAt), undefined);
  assert(readSnapshot(scratch)!.losses.length >= 39);
  assertEquals(await start(scratch), undisturbed);
});

Deno.test("runTraining() leaves a snapshot when it is interrupted, and goes on from there", async () => {
  const scratch = scratchFolder();
  const fiber = await new Promise<Fiber.Fiber<unknown, unknown>>((resolve) => {
    const running = runningIn(scratch, ({ step }) => step === 10 && resolve(forked));
    const forked = Effect.runFork(train(linearTraining(), running));
  });
  await Effect.runPromise(Fiber.interrupt(fiber));
  const kept = readSnapshot(scratch)!.losses.length;
  assert(kept >= 10 && kept < 60, `${kept} steps are kept`);

  const log: string[] = [];
  const resumed = await Effect.runPromise(train(linearTraining(), runningIn(scratch, silent, log)));
  assertEquals(log, [`going on from step ${kept} of 60`]);
  const whole = await Effect.runPromise(train(linearTraining(), runningIn(scratchFolder(), silent)));
  assertEquals(digestOf(resumed), digestOf(whole));
});

Deno.test("runTraining() starts over when the snapshot is damaged, and says so", async () => {
  const scratch = scratchFolder();
  Deno.writeTextFileSync(join(scratch, "training.safetensors"), "not tensors");
  const log: string[] = [];
  const { losses } = await Effect.runPromise(train(linearTraining(), runningIn(scratch, silent, log)));
  assertEquals(losses.length, 60);
  assertStringIncludes(log[0]!, "starting over, since the snapshot cannot be used");
});

Deno.test("runTraining() stops when the loss is no number, and says what to do", async () => {
  const { step } = linearTraining();
  const training = linearTraining({
    step: (state, batch, scalars) => {
      const result = step(state, batch, scalars);
      return { ...result, loss: tf.log(tf.sub(5, tf.cast(scalars.step!, "float32"))) };
    },
  });
  const exit = await Effect.runPromiseExit(train(training, runningIn(scratchFolder(), silent)));
  assert(Exit.isFailure(exit));
  assertStringIncludes(
    String(exit.cause),
    "the loss became -Infinity at step 6 of 60: lower the learning rate",
  );
});

/** Runs the training in a process of its own; returns its digest, or undefined when it was killed at a step. */
async function start(scratch: string, killAt = Infinity): Promise<string | undefined> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", new URL("./training.ts", import.meta.url).pathname, scratch],
    env: { TF_CPP_MIN_LOG_LEVEL: "3", TF_NUM_INTRAOP_THREADS: "1" },
    stdout: "piped",
  }).spawn();
  let digest: string | undefined;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    for (const line of text.split("\n").filter(Boolean)) {
      if (Number(line) >= killAt) child.kill("SIGKILL");
      if (/^[0-9a-f]{64}$/.test(line)) digest = line;
    }
  }
  await child.status;
  return digest;
}
