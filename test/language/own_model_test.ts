import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import * as Effect from "effect/Effect";
import { createHash } from "node:crypto";
import { ownModel } from "../../lib/language/own_model.ts";

Deno.test("a model of the user's own is known by its content, and refused in words where it is not there", async () => {
  const folder = await Deno.makeTempDir();
  const before = ["ASSAY_GGUF", "XDG_CACHE_HOME"].map((name) => [name, Deno.env.get(name)] as const);
  const path = `${folder}/mine.gguf`;
  try {
    Deno.env.set("XDG_CACHE_HOME", folder);
    Deno.env.delete("ASSAY_GGUF");
    const unset = await Effect.runPromise(Effect.flip(ownModel.check));
    assertStringIncludes(unset.remedy, "Set ASSAY_GGUF to a GGUF file");

    Deno.env.set("ASSAY_GGUF", path);
    const absent = await Effect.runPromise(Effect.flip(ownModel.prepare(() => {})));
    assertStringIncludes(absent.message, path);

    await Deno.writeTextFile(path, "weights");
    const sha256 = createHash("sha256").update("weights").digest("hex");
    assertEquals(ownModel.identity(), { gguf: sha256 });
    assertEquals(ownModel.identity(), { gguf: sha256 }); // remembered
    await Deno.writeTextFile(path, "other weights");
    assertNotEquals(ownModel.identity(), { gguf: sha256 });

    const { value, access } = await Effect.runPromise(ownModel.prepare(() => {}));
    assertEquals(value, { folder, files: ["mine.gguf"], name: "mine" });
    assertEquals(access, { read: [path] });
    assert((await Effect.runPromise(ownModel.check)).ready);
  } finally {
    for (const [name, value] of before) {
      value === undefined ? Deno.env.delete(name) : Deno.env.set(name, value);
    }
    await Deno.remove(folder, { recursive: true });
  }
});
