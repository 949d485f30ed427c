import { assertEquals, assertNotEquals } from "@std/assert";
import { type Lockfile, readLockfile } from "../../lib/dag/lockfile.ts";

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

async function project(config: unknown, lock: unknown, beyond?: Lockfile) {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(config));
  await Deno.writeTextFile(`${folder}/deno.lock`, JSON.stringify(lock));
  const lockfile = readLockfile(folder, beyond);
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

Deno.test("versions() changes with a package that another needs where the system has it", async () => {
  const plain = { "npm": { ...LOCK.npm, "plain@1.2.3": { optionalDependencies: ["interval@1.0.0"] } } };
  const before = (await project(CONFIG, LOCK)).versions(["plain"]);
  assertNotEquals((await project(CONFIG, { ...LOCK, ...plain })).versions(["plain"]), before);
});

Deno.test("versions() resolves specifiers that stand in the code", async () => {
  const specifiers = { "npm:chalk@^5": "5.3.0", "npm:@scope/name@*": "2.0.1", "jsr:@std/path@1": "1.0.8" };
  const { versions } = await project({}, { ...LOCK, specifiers });
  assertEquals(
    versions(["npm:chalk@^5/source", "npm:/@scope/name", "jsr:@std/path@1/join"]),
    { "@scope/name": "2.0.1", "@std/path": "1.0.8", "chalk": "5.3.0" },
  );
});

Deno.test("versions() changes with a JSR package that a JSR package needs", async () => {
  const lock = (internal: string) => ({
    ...LOCK,
    specifiers: { ...LOCK.specifiers, "jsr:@std/internal@^1.0.0": internal },
    jsr: {
      "@std/assert@1.0.3": { dependencies: ["jsr:@std/internal@^1.0.0"] },
      [`@std/internal@${internal}`]: {},
    },
  });
  const [before, after] = [await project(CONFIG, lock("1.0.1")), await project(CONFIG, lock("1.0.2"))];
  assertNotEquals(after.versions(["@std/assert"]), before.versions(["@std/assert"]));
});

Deno.test("versions() asks beyond for what the project does not know", async () => {
  const beyond = await project(CONFIG, LOCK);
  const { versions, digest } = await project(
    { imports: { effect: "npm:effect@5" } },
    { specifiers: { "npm:effect@5": "5.0.0" } },
    beyond,
  );
  assertEquals(versions(["effect/Effect", "plain"]), { effect: "5.0.0", plain: "1.2.3" });
  const bumped = await project(CONFIG, {
    ...LOCK,
    specifiers: { ...LOCK.specifiers, "npm:plain@1": "1.2.4" },
  });
  const other = await project({ imports: { effect: "npm:effect@5" } }, {}, bumped);
  assertNotEquals(other.digest, digest);
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
