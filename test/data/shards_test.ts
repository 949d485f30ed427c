import { assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { encode } from "jpeg-js";
import { pairsOf } from "../../lib/data/shards.ts";
import { readWordPieces } from "../../lib/data/word_pieces.ts";

const pieces = readWordPieces("[PAD]\n[UNK]\n[CLS]\n[SEP]\na\ndog");
const picture = encode({ width: 8, height: 12, data: Buffer.alloc(8 * 12 * 4, 128) }, 90).data;
const text = (words: string) => new TextEncoder().encode(words);

Deno.test("pairsOf() reads images with captions and classes, and leaves out what cannot be used", () => {
  const shard = new Map<string, Uint8Array>([
    ["0001.jpg", picture],
    ["0001.txt", text("A dog\n")],
    ["0001.cls", text("7\n")],
    ["0002.jpg", picture], // no caption
    ["0003.jpeg", text("no picture")],
    ["0003.txt", text("a dog")],
    ["0004.json", text("{}")],
    ["0005.jpeg", picture],
    ["0005.txt", text("cat")],
  ]);
  const pairs = [...pairsOf(shard, pieces)];
  assertEquals(pairs.map((pair) => pair?.caption), [[2, 4, 5, 3], undefined, undefined, [2, 1, 3]]);
  assertEquals(pairs.map((pair) => pair?.label), [7, undefined, undefined, undefined]);
  assertEquals(pairs[0]!.image.length, 224 * 224 * 3);
  assertEquals(new Set(pairs[0]!.image), new Set([128]));
});
