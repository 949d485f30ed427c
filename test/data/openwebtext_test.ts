import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { loadOpenWebText } from "../../tasks/load/openwebtext.ts";
import { run } from "../tasks/run.ts";

/** A folder with the tokens of both parts, two bytes each. */
async function copyOf(tokens: Readonly<Record<"train" | "val", readonly number[]>>) {
  const folder = await Deno.makeTempDir();
  for (const [part, values] of Object.entries(tokens)) {
    await Deno.writeFile(`${folder}/${part}.bin`, new Uint8Array(Uint16Array.from(values).buffer));
  }
  return { openwebtext: { folder, files: ["train.bin", "val.bin"], name: "OpenWebText" } };
}

Deno.test("loadOpenWebText() reads the first tokens of each part", async () => {
  const prepared = await copyOf({ train: [464, 50_256, 11, 7], val: [1, 2] });
  const { about, tensors } = await run(loadOpenWebText, { split: "train", count: 3 }, {}, prepared);
  assertEquals(about.name, "OpenWebText");
  assertEquals(tensors.tokens!.data, Int32Array.of(464, 50_256, 11));
  const held = await run(loadOpenWebText, { split: "validation", count: 2 }, {}, prepared);
  assertEquals(held.tensors.tokens!.data, Int32Array.of(1, 2));
});

Deno.test("loadOpenWebText() refuses more tokens than there are, and tokens that GPT-2 has not", async () => {
  const prepared = await copyOf({ train: [1, 60_000], val: [1] });
  const refused = async (split: "train" | "validation", count: number) =>
    String(await assertRejects(() => run(loadOpenWebText, { split, count }, {}, prepared)));
  assertStringIncludes(await refused("validation", 5), "has 1 tokens in val.bin; 5 were asked for");
  assertStringIncludes(await refused("train", 2), "holds the token 60000 where GPT-2 has 50257");
});
