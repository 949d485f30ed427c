import { assertAlmostEquals, assertEquals } from "@std/assert";
import { crateOperations, vitOperations } from "../../lib/nn/crate_operations.ts";
import { languageSizes } from "../../lib/nn/language_sizes.ts";
import { languageOperations, mixerOperations, visionOperations } from "../../lib/nn/operations.ts";
import { tostSizes } from "../../lib/nn/tost_sizes.ts";

Deno.test("mixerOperations() are those of the paper's Table 1", () => {
  // 196 tokens of 384 features, written out.
  assertEquals(mixerOperations("tssa", 196, 384), 57_802_752 + 301_056);
  assertEquals(mixerOperations("softmax", 196, 384), 115_605_504 + 29_503_488);
});

Deno.test("visionOperations() of a convolutional stem are its four convolutions", () => {
  const bare = { ...tostSizes["S12/16"], depth: 0, classBlocks: 0, classes: 0 };
  const convolutions = 112 ** 2 * 9 * 3 * 48 + 56 ** 2 * 9 * 48 * 96 + 28 ** 2 * 9 * 96 * 192 +
    14 ** 2 * 9 * 192 * 384;
  assertEquals(visionOperations("tssa", bare), convolutions + 64 * 196 * 384);
});

Deno.test("languageOperations() of GPT-2's size are one for each weight and token, and attention", () => {
  const { base } = languageSizes;
  const attention = 2 * 1024 ** 2 * 768 * 12;
  // 123.6 million weights, but for norms, LayerScale and positions (nanoGPT's count without positions).
  const perToken = (languageOperations("softmax", base) - attention) / 1024;
  assertAlmostEquals(perToken / 123_605_760, 1, 1e-3);
});

Deno.test("crateOperations() and vitOperations() are those of one block after another", () => {
  const shell = { side: 28, channels: 1, patch: 4, width: 48, depth: 1, heads: 4, classes: 10 };
  const two = { ...shell, depth: 2 };
  // 50 tokens of 48 features, written out: products with 48² weights, and of tokens with tokens.
  const [weights, pairs] = [50 * 2304, 2500 * 48];
  const pool = "class" as const;
  assertEquals(
    crateOperations({ ...two, pool }) - crateOperations({ ...shell, pool }),
    5 * weights + 2 * pairs,
  );
  assertEquals(vitOperations(two) - vitOperations(shell), 12 * weights + 2 * pairs);
});
