import { assert, assertEquals, assertThrows } from "@std/assert";
import * as Effect from "effect/Effect";
import { capabilities } from "../../lib/capabilities.ts";
import { FormatError } from "../../lib/data/formats/format_error.ts";
import { parseReviews, wordsOf } from "../../lib/data/reviews.ts";
import { bagAccuracy, bagsOf, byWords } from "../../lib/shift/bags.ts";
import { fitMaxMargin } from "../../lib/shift/max_margin.ts";
import { loadReviews } from "../../tasks/load/reviews.ts";
import { run } from "../tasks/run.ts";

Deno.test("wordsOf() gives each word once, in small letters", () => {
  assertEquals(wordsOf("It's GOOD -- good, isn't it? 10/10"), ["it's", "good", "isn't", "it"]);
});

Deno.test("parseReviews() knows a text's document, and refuses what is no table", () => {
  assertEquals(parseReviews("1_2\t-0.5\tnot good\n\n7\t3\tgreat\n", "test"), [
    { document: "1", rating: -0.5, words: ["not", "good"] },
    { document: "7", rating: 3, words: ["great"] },
  ]);
  assertThrows(() => parseReviews("1\t2\tfine\nno table", "test"), FormatError, "line 2");
  assertThrows(() => parseReviews("1\tgood\tfine", "test"), FormatError, "line 1");
});

/** Downloads 2.4 MB at first. */
const prepared = async () => ({
  vader: (await Effect.runPromise(capabilities.vader!.prepare(() => {}))).value,
});

type Texts = Parameters<typeof loadReviews>[0];

const load = (texts: Texts, data: Awaited<ReturnType<typeof prepared>>) => run(loadReviews, texts, {}, data);

Deno.test("loadReviews() holds out whole documents, and no text is in both splits", async () => {
  const data = await prepared();
  for (const domain of ["movies", "products"] as const) {
    const [train, test] = [
      await load({ domain, split: "train", seed: 0 }, data),
      await load({ domain, split: "test", seed: 0 }, data),
    ];
    const bags = (texts: typeof train) => {
      const words = texts.tensors.words!.data as Int32Array;
      const offsets = texts.tensors.offsets!.data as Int32Array;
      return Array.from(
        { length: offsets.length - 1 },
        (_, i) => words.slice(offsets[i]!, offsets[i + 1]!).toSorted().join(),
      );
    };
    const [learned, held] = [bags(train), bags(test)];
    const seen = new Set(learned);
    assertEquals(seen.size, learned.length);
    assert(held.every((bag) => !seen.has(bag)));
    const share = held.length / (held.length + learned.length);
    assert(share > 0.25 && share < 0.35, `${domain}: ${share}`);
  }
});

Deno.test("loadReviews() orders texts by its seed, each with its label", async () => {
  const data = await prepared();
  const movies = (seed: number) => load({ domain: "movies", split: "train", seed }, data);
  const [first, same, other] = [await movies(1), await movies(1), await movies(2)];
  assertEquals(first, same);
  const positive = ({ tensors }: typeof first) =>
    (tensors.labels!.data as Int32Array).reduce((sum, label) => sum + label, 0);
  assertEquals(positive(first), positive(other));
  assert(
    (first.tensors.labels!.data as Int32Array).some((label, i) => label !== other.tensors.labels!.data[i]),
  );
});

Deno.test("a support vector machine fits 300 reviews, and tells others better than chance", async () => {
  const data = await prepared();
  const train = await load({ domain: "movies", split: "train", seed: 0 }, data);
  const test = await load({ domain: "movies", split: "test", seed: 0 }, data);
  const bags = await Effect.runPromise(bagsOf(train, 300));
  const texts = byWords(bags);
  fitMaxMargin(texts, bags.labels);
  assertEquals(bagAccuracy(bags, texts.weights), 1);
  assert(bagAccuracy(await Effect.runPromise(bagsOf(test)), texts.weights) > 0.55);
});
