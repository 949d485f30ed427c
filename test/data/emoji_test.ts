import { assertEquals, assertRejects } from "@std/assert";
import { encode } from "fast-png";
import { DataError } from "../../lib/data/folder.ts";
import { FormatError } from "../../lib/data/formats/format_error.ts";
import { emojiScenes } from "../../tasks/load/emoji_scenes.ts";
import { loadTextures } from "../../tasks/load/textures.ts";
import { run } from "../tasks/run.ts";

/** An emoji as the package's list has it: 64 × 64 in the package, here 4 × 4 of one colour. */
const emoji = (short_name: string, subcategory: string, sort_order: number, tones = 0) => ({
  ...{ short_name, subcategory, sort_order, has_img_twitter: true, image: `${short_name}.png` },
  skin_variations: Object.fromEntries(
    Array.from({ length: tones }, (_, tone) => [
      `1F3F${tone}`,
      { image: `${short_name}-${tone}.png`, has_img_twitter: true },
    ]),
  ),
});

const list = [
  ...["grinning", "grin", "joy", "smile"].map((name, order) => emoji(name, "face-smiling", order)),
  ...["clock1", "clock2", "clock3", "clock4", "hourglass"].map((name, order) => emoji(name, "time", order)),
  ...["aries", "leo", "virgo", "libra"].map((name, order) => emoji(name, "zodiac", order)),
  ...["one", "two", "three", "four"].map((name, order) => emoji(name, "keycap", order)),
  ...["wave", "hand", "palm", "spock"].map((name, order) => emoji(name, "hand-fingers-open", order, 2)),
  ...["cactus", "herb", "seedling", "palm_tree"].map((name, order) => emoji(name, "plant-other", order)),
];

/** A folder of the list and its pictures: the red of each is its place in the list, the green its tone. */
async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/emoji.json`, JSON.stringify(list));
    for (const [place, { image, skin_variations }] of list.entries()) {
      const files = [image, ...Object.values(skin_variations).map((variation) => variation.image)];
      for (const [tone, file] of files.entries()) {
        const data = new Uint8Array(64).map((_, byte) => [place, tone, 0, 255][byte % 4]!);
        await Deno.writeFile(`${folder}/${file}`, encode({ width: 4, height: 4, channels: 4, data }));
      }
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function scenes(folder: string, split: "train" | "test") {
  const backgrounds = await run(loadTextures, { count: 200, side: 8, seed: 0 }, {});
  const prepared = { emoji: { folder, files: [], name: "Twemoji" } };
  return await run(emojiScenes, { split, least: 4, most: 4, seed: 0 }, { backgrounds }, prepared);
}

/** Which things the scenes of a split show: red and green where the mask is. */
async function shown(folder: string, split: "train" | "test"): Promise<readonly string[]> {
  const { tensors } = await scenes(folder, split);
  const [images, masks] = [tensors.images!.data, tensors.masks!.data] as [Uint8Array, Uint8Array];
  const found = new Set<string>();
  masks.forEach((mask, place) => {
    if (mask === 1) found.add(`${list[images[3 * place]!]!.short_name}-${images[3 * place + 1]}`);
  });
  return [...found].toSorted();
}

Deno.test("every fourth emoji of a group is for tests, with its skin tones, and only named ones belong", async () => {
  await inFolder(async (folder) => {
    assertEquals(await shown(folder, "test"), [
      ...["clock4-0", "four-0", "libra-0", "palm_tree-0", "smile-0", "spock-1", "spock-2"],
    ]);
    const train = await shown(folder, "train");
    assertEquals(train.length, 5 * 3 + 6); // the plain yellow hands are left out, as is the hourglass
    assertEquals(train.filter((name) => /hourglass|(wave|hand|palm)-0/.test(name)), []);
  });
});

Deno.test("scenes of emoji have six classes and say what they are made of", async () => {
  await inFolder(async (folder) => {
    const { about } = await scenes(folder, "train");
    assertEquals(about.name, "Twemoji on textures");
    assertEquals(about.classes, ["faces", "clocks", "zodiac", "keycaps", "hands", "plants"]);
  });
});

Deno.test("a list or a picture that cannot be read is an error that names it", async () => {
  await inFolder(async (folder) => {
    await Deno.writeFile(`${folder}/joy.png`, new Uint8Array([1, 2, 3]));
    await assertRejects(() => scenes(folder, "train"), FormatError, "PNG joy.png");
    await Deno.writeTextFile(`${folder}/emoji.json`, '[{"image": 7}]');
    await assertRejects(() => scenes(folder, "train"), DataError, "emoji.json cannot be read");
  });
});
