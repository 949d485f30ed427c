import { assertEquals, assertNotEquals } from "@std/assert";
import { type ImportMap, readImportMap } from "../../lib/dag/import_map.ts";

/** Reads the map of a project that stands in a folder of its own, and gives its folder with it. */
async function mapOf(files: Readonly<Record<string, unknown>>): Promise<[map: ImportMap, folder: string]> {
  const folder = await Deno.makeTempDir();
  for (const [name, config] of Object.entries(files)) {
    await Deno.mkdir(`${folder}/${name}`, { recursive: true });
    await Deno.writeTextFile(`${folder}/${name}/deno.json`, JSON.stringify(config));
  }
  const map = readImportMap(`${folder}/project`);
  await Deno.remove(folder, { recursive: true });
  return [map, folder];
}

Deno.test("file() finds what an import map says is local, and nothing else", async () => {
  const imports = {
    "@/": "./",
    "@/far/": "../far/",
    "helper": "./lib/helper.ts",
    "absolute": "/somewhere/else.ts",
    "url": "file:///a%20b/c.ts",
    "effect": "npm:effect@4.1.0",
    "remote": "https://example.org/mod.ts",
  };
  const [{ file }, folder] = await mapOf({ project: { imports } });
  assertEquals(file("@/lib/a.ts"), `${folder}/project/lib/a.ts`);
  assertEquals(file("@/far/b.ts"), `${folder}/far/b.ts`);
  assertEquals(file("helper"), `${folder}/project/lib/helper.ts`);
  assertEquals(file("absolute"), "/somewhere/else.ts");
  assertEquals(file("url"), "/a b/c.ts");
  assertEquals(file("file:///a%20b/c.ts"), "/a b/c.ts");
  for (const elsewhere of ["effect", "effect/Effect", "remote", "node:util", "helperless"]) {
    assertEquals(file(elsewhere), undefined, elsewhere);
  }
});

Deno.test("file() finds what a project exports under its own name, and what it links", async () => {
  const [{ file }, folder] = await mapOf({
    project: {
      name: "@own/name",
      exports: { ".": "./mod.ts", "./part": "./lib/part.ts" },
      imports: { "@std/assert": "jsr:@std/assert@1" },
      links: ["../assert"],
      workspace: ["./member"],
    },
    assert: { name: "@std/assert", exports: "./mod.ts" },
    "project/member": { name: "@own/member", exports: "./index.ts" },
  });
  assertEquals(file("@own/name"), `${folder}/project/mod.ts`);
  assertEquals(file("@own/name/part"), `${folder}/project/lib/part.ts`);
  assertEquals(file("@own/name/absent"), undefined);
  assertEquals(file("@std/assert"), `${folder}/assert/mod.ts`);
  assertEquals(file("@own/member"), `${folder}/project/member/index.ts`);
});

Deno.test("text changes with every file that an answer comes from", async () => {
  const files = { project: { links: ["../linked"] }, linked: { name: "linked", exports: "./a.ts" } };
  const [{ text }] = await mapOf(files);
  const [elsewhere] = await mapOf({ ...files, linked: { name: "linked", exports: "./b.ts" } });
  assertNotEquals(elsewhere.text, text);
});
