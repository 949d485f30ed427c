import { assertEquals } from "@std/assert";

const root = new URL("../../", import.meta.url);

/** The names of the types that the project itself declares. */
function ownTypes(folder: URL): ReadonlySet<string> {
  const names = new Set<string>();
  for (const entry of Deno.readDirSync(folder)) {
    if (entry.isDirectory) ownTypes(new URL(`${entry.name}/`, folder)).forEach((name) => names.add(name));
    if (!/\.tsx?$/.test(entry.name)) continue;
    const source = Deno.readTextFileSync(new URL(entry.name, folder));
    for (const [, name] of source.matchAll(/^(?:export )?(?:interface|type|class) (\w+)/gm)) names.add(name!);
  }
  return names;
}

Deno.test("mod.ts documents every symbol, and exports every type of its own that it mentions", async () => {
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", "mod.ts"],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const own = ownTypes(new URL("lib/", root));
  const complaints = new TextDecoder().decode(stderr).split(/^(?=error\[)/m)
    .filter((text) => text.startsWith("error["))
    .filter((text) => {
      // A type of a package counts as private to the linter, though its package exports it.
      const [, mentioned] = text.match(/^error\[private-type-ref\].* references private type '(\w+)'/) ?? [];
      return mentioned === undefined || own.has(mentioned);
    });
  assertEquals(complaints.map((text) => text.split("\n").slice(0, 2).join(" ")), []);
});
