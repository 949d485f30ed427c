import { assertEquals, assertNotEquals } from "@std/assert";
import { readLockfile } from "../../lib/dag/lockfile.ts";

const CONFIG = {
  imports: {
    "effect": "npm:effect@4.1.0",
    "plot": "npm:@observablehq/plot@0.6",
    "@std/assert": "jsr:@std/assert@^1.0.0",
    "plain": "npm:plain@1",
  },
};

const LOCK = {
  version: "5",
  specifiers: {
    "npm:effect@4.1.0": "4.1.0",
    "npm:@observablehq/plot@0.6": "0.6.17",
    "jsr:@std/assert@^1.0.0": "1.0.3",
    "npm:plain@1": "1.2.3",
  },
  npm: {
    "effect@4.1.0": { integrity: "sha512-a" },
    "@observablehq/plot@0.6.17": { integrity: "sha512-b", dependencies: ["d3", "interval@2.0.0"] },
    "d3@7.9.0": { integrity: "sha512-c", dependencies: ["d3-array"] },
    "d3-array@3.2.4": { integrity: "sha512-d", dependencies: ["d3"] },
    "interval@1.0.0": { integrity: "sha512-e" },
    "interval@2.0.0": { integrity: "sha512-f" },
    "plain@1.2.3": { integrity: "sha512-g" },
  },
};

async function project(config: unknown, lock: unknown) {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(config));
  await Deno.writeTextFile(`${folder}/deno.lock`, JSON.stringify(lock));
  const lockfile = readLockfile(folder);
  await Deno.remove(folder, { recursive: true });
  return lockfile;
}

Deno.test("versions() gives each bare import's package as the lock resolves it", async () => {
  const { versions } = await project(CONFIG, LOCK);
  const found = versions(["effect/Effect", "effect/Schema", "node:util", "@std/assert/equals", "plain"]);
  assertEquals(found, { "@std/assert": "1.0.3", "effect": "4.1.0", "plain": "1.2.3" });
});

Deno.test("versions() changes with a package that a package needs, however far away", async () => {
  const { versions } = await project(CONFIG, LOCK);
  const before = versions(["plot"]);
  assertEquals(before.plot, "0.6.17");
  const { "d3-array@3.2.4": array, ...others } = LOCK.npm;
  const bumped = { ...LOCK, npm: { ...others, "d3-array@3.2.5": array } };
  const after = (await project(CONFIG, bumped)).versions(["plot"]);
  assertEquals(after.plot, "0.6.17");
  assertNotEquals(after["plot (dependencies)"], before["plot (dependencies)"]);
});

Deno.test("versions() does not change with a package that nobody needs", async () => {
  const before = (await project(CONFIG, LOCK)).versions(["plot", "effect"]);
  const unrelated = { ...LOCK, npm: { ...LOCK.npm, "interval@1.0.1": {}, "stranger@1.0.0": {} } };
  assertEquals((await project(CONFIG, unrelated)).versions(["plot", "effect"]), before);
});

Deno.test("versions() falls back to the specifier where nothing is locked", async () => {
  const { versions } = await project(CONFIG, {});
  assertEquals(versions(["effect/Effect", "unknown"]), { effect: "npm:effect@4.1.0", unknown: "unknown" });
});

Deno.test("readLockfile() of a folder without files knows no versions", async () => {
  const folder = await Deno.makeTempDir();
  assertEquals(readLockfile(folder).versions(["effect"]), { effect: "effect" });
  await Deno.remove(folder);
});

Deno.test("the digest changes with the lock and with the import map", async () => {
  const { digest } = await project(CONFIG, LOCK);
  assertEquals((await project(CONFIG, LOCK)).digest, digest);
  assertNotEquals((await project({ imports: {} }, LOCK)).digest, digest);
  assertNotEquals((await project(CONFIG, { ...LOCK, npm: {} })).digest, digest);
});
