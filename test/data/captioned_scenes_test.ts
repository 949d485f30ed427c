import { assert, assertEquals, assertThrows } from "@std/assert";
import * as Effect from "effect/Effect";
import { captionTokens, MARKS } from "../../lib/data/captions.ts";
import { foilsOf } from "../../lib/data/caption_foils.ts";
import { withFoils, wordsOf } from "../../lib/data/foiled.ts";
import { drawProcedural } from "../../lib/data/procedural.ts";
import { drawScenes, SCENE_CLASSES, SCENE_WORDS } from "../../lib/data/captioned_scenes.ts";
import { pieceTokens, readWordPieces } from "../../lib/data/word_pieces.ts";

const scenes = drawScenes({ count: 400, split: "train", seed: 1 });
const captions = Array.from({ length: 400 }, (_, row) => wordsOf(scenes.tensors.captions!, row, SCENE_WORDS));

Deno.test("fewer scenes are the beginning of more, and splits have nothing in common", () => {
  const fewer = drawScenes({ count: 40, split: "train", seed: 1 });
  assertEquals(fewer.tensors.images!.data, scenes.tensors.images!.data.slice(0, 40 * 32 * 32 * 3));
  const other = drawScenes({ count: 40, split: "test", seed: 1 });
  assert(other.tensors.labels!.data.some((label, row) => label !== fewer.tensors.labels!.data[row]));
});

Deno.test("a scene's label is the colour and shape of what its caption calls large", () => {
  captions.forEach((caption, row) => {
    const [, large] = caption.match(/large (\w+ \w+)/) ?? [];
    const own = SCENE_CLASSES[Number(scenes.tensors.labels!.data[row])]!;
    if (large !== undefined) assertEquals(own, large);
    else assertEquals(caption, `a small ${own}`);
  });
});

Deno.test("captions say where things are", () => {
  const images = scenes.tensors.images!.data as Uint8Array;
  let checked = 0;
  captions.forEach((caption, row) => {
    // White on dim ground can be found by its brightness.
    const found = caption.match(/^a \w+ white \w+ (left of|right of|above|below) a \w+ (\w+) \w+$/);
    if (found === null || found[2] === "white" || found[2] === "yellow" || found[2] === "cyan") return;
    const centre = (bright: (red: number, green: number, blue: number) => boolean) => {
      let [x, y, count] = [0, 0, 0];
      for (let pixel = 0; pixel < 1024; pixel++) {
        const at = 3 * (row * 1024 + pixel);
        if (!bright(images[at]!, images[at + 1]!, images[at + 2]!)) continue;
        [x, y, count] = [x + pixel % 32, y + Math.floor(pixel / 32), count + 1];
      }
      return [x / count, y / count] as const;
    };
    const [whiteX, whiteY] = centre((r, g, b) => Math.min(r, g, b) > 180);
    const [x, y] = centre((r, g, b) => Math.max(r, g, b) > 140 && Math.min(r, g, b) < 100);
    const side = { "left of": whiteX < x, "right of": whiteX > x, above: whiteY < y, below: whiteY > y };
    assert(side[found[1] as keyof typeof side], `${row}: ${caption}`);
    checked += 1;
  });
  assert(checked >= 5, `only ${checked} scenes could be checked`);
});

Deno.test("foils keep the words and change the meaning", () => {
  let several = 0;
  captions.forEach((caption, index) => {
    const foils = foilsOf(caption, { seed: 0, index });
    assertEquals(foils !== undefined, / (of|above|below) /.test(caption));
    if (foils === undefined) return;
    several += 1;
    const sorted = (words: string) => words.split(" ").sort();
    const all = [foils.relation, ...foils.order, ...(foils.attribute === undefined ? [] : [foils.attribute])];
    for (const foil of all) {
      assert(foil !== caption);
      assertEquals(sorted(foil), sorted(caption));
    }
  });
  assert(several > 200);
});

Deno.test("withFoils() keeps scenes of several things, a row of each kind of foil for each", async () => {
  const { tensors } = await Effect.runPromise(withFoils(scenes, 0));
  const count = tensors.images!.shape[0]!;
  assertEquals(tensors.order!.shape, [count, 4, 17]);
  assertEquals(tensors.attribute!.shape, [count, 17]);
  const caption = wordsOf(tensors.captions!, 3, SCENE_WORDS);
  assertEquals(wordsOf(tensors.relation!, 3, SCENE_WORDS), foilsOf(caption, { seed: 0, index: 0 })!.relation);
});

Deno.test("captionTokens() cuts long captions off and refuses unknown words", () => {
  const vocabulary = [...MARKS, "a", "b"];
  assertEquals([...captionTokens(["a b a"], vocabulary, 4).data], [1, 3, 4, 3]);
  assertThrows(() => captionTokens(["a c"], vocabulary, 4), RangeError, "no word c");
});

Deno.test("procedural images differ from each other and have edges and colours", () => {
  const { data } = drawProcedural({ count: 20, side: 16, seed: 0 }).tensors.images!;
  const size = 16 * 16 * 3;
  const images = Array.from(
    { length: 20 },
    (_, image) => Array.from(data.subarray(image * size, (image + 1) * size), Number),
  );
  assertEquals(new Set(images.map((image) => image.join())).size, 20);
  for (const image of images) assert(Math.max(...image) - Math.min(...image) > 40);
});

Deno.test("pieceTokens() cuts words as BERT's tokeniser does", () => {
  const pieces = readWordPieces("[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nphoto\nof\nsun\n##flower\n##s\n,\nca\n##fe");
  assertEquals(pieceTokens("A photo of sunflowers, a Café", pieces, 40), [
    2,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    4,
    11,
    12,
    3,
  ]);
  assertEquals(pieceTokens("dog", pieces, 40), [2, 1, 3]);
  assertEquals(pieceTokens("a a a a", pieces, 4), [2, 4, 4, 3]);
  assertThrows(() => readWordPieces("a\nb"), RangeError, "[CLS]");
});
