import { assertEquals, assertStringIncludes } from "@std/assert";
import * as Effect from "effect/Effect";
import { localFolder } from "../../../lib/data/sources/folder.ts";
import type { Origin } from "../../../lib/data/sources/origin.ts";
import { several } from "../../../lib/data/sources/several.ts";

Deno.test("several() fetches each into a folder of its own, and knows their size together", async () => {
  const scratch = await Deno.makeTempDir();
  const origin = (name: string, bytes: number): Origin => ({
    description: name,
    programs: [["pip"]],
    bytes,
    fetch: (into) => Effect.promise(() => Deno.writeTextFile(`${into}/part`, name).then(() => into)),
  });
  try {
    const both = several("two packages", [origin("first", 5), origin("second", 6)]);
    assertEquals([both.bytes, both.description], [11, "two packages"]);
    const folder = await Effect.runPromise(both.fetch(scratch, () => {}));
    const parts = [0, 1].map((place) => Deno.readTextFileSync(`${folder}/${place}/part`));
    assertEquals(parts, ["first", "second"]);
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
});

Deno.test("localFolder() names what is not there, before anything is fetched", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/here.txt`, "");
    const lacking = localFolder(folder, ["here.txt", "gone.txt", "lost.txt"]);
    const { message, remedy } = await Effect.runPromise(Effect.flip(lacking.check!));
    assertStringIncludes(message, "does not hold gone.txt, lost.txt");
    assertStringIncludes(remedy, "ASSAY_DATA");
    assertEquals(await Effect.runPromise(localFolder(folder, ["here.txt"]).fetch("", () => {})), folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
