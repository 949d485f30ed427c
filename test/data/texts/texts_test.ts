import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import * as Effect from "effect/Effect";
import { FormatError } from "../../../lib/data/formats/format_error.ts";
import { textsDataset, textsOf } from "../../../lib/data/texts/labelled.ts";
import { heldOut, loadTexts, type TextSource } from "../../../lib/data/texts/source.ts";
import {
  agNews,
  bbc,
  boolq,
  cb,
  csvRows,
  movies,
  rte,
  spam,
  sst2,
  trec,
} from "../../../lib/data/texts/sources.ts";
import { templatedReviews } from "../../../lib/data/texts/templated.ts";
import { Dataset } from "../../../lib/kinds/dataset.ts";
import { Running } from "../../../lib/dag/running.ts";

/** All examples of a source, out of files that are written down here. */
function read(source: TextSource, files: Readonly<Record<string, string>>) {
  const { train, test } = source.parse(new Map(Object.entries(files)));
  return [...train, ...test].sort((a, b) => a.text < b.text ? -1 : 1);
}

Deno.test("texts survive in a dataset, letters beyond ASCII too", async () => {
  const examples = [{ text: "crème brûlée", label: 1 }, { text: "", label: 0 }, { text: "£5", label: 1 }];
  const about = { name: "dishes", split: "train", classes: ["bad", "good"] };
  const kept = await Dataset.decode(await Dataset.encode(textsDataset(about, examples)));
  assertEquals(await Effect.runPromise(textsOf(kept)), { classes: ["bad", "good"], examples });
});

Deno.test("SST-2 and TREC are read and mended as the paper's program does", () => {
  const lines = "1 a joy .\n0 dull .\n";
  assertEquals(sst2.parse(new Map([["stsa.binary.train", lines], ["stsa.binary.test", "0 no .\n"]])), {
    train: [{ text: "a joy .", label: 1 }, { text: "dull .", label: 0 }],
    test: [{ text: "no .", label: 0 }],
  });
  const questions = "DESC:def What is Australia 's `` fair go '' ?\nNUM:dist How far is Paris , France ?\n";
  assertEquals(trec.parse(new Map([["train.txt", questions], ["test.txt", ""]])).train, [
    { text: 'What is Australia\'s "fair go"?', label: 3 },
    { text: "How far is Paris, France?", label: 0 },
  ]);
});

Deno.test("AG News is a table whose fields may hold commas and quotes", () => {
  assertEquals(csvRows('a,"b, ""c""",d\n'), [["a", 'b, "c"', "d"]]);
  const table = 'Class Index,Title,Description\n3,"Oil, up","Nation\\wide #39;s"\n1,War,Peace\n';
  assertEquals(read(agNews, { "test.csv": table }), [
    { text: "Oil, up. Nation wide's", label: 2 },
    { text: "War. Peace", label: 0 },
  ]);
});

Deno.test("RTE, CB and BoolQ put a question after a passage", () => {
  const pair = (label: string) => JSON.stringify({ premise: "It rains. ", hypothesis: "It is wet", label });
  assertEquals(rte.parse(new Map([["train.jsonl", pair("entailment")], ["val.jsonl", ""]])).train, [
    { text: "It rains.\nquestion: It is wet True or False?", label: 1 },
  ]);
  assertEquals(cb.parse(new Map([["train.jsonl", pair("neutral")], ["val.jsonl", ""]])).train, [
    { text: "It rains.\nquestion: It is wet. true, false, or neither?", label: 1 },
  ]);
  const asked = JSON.stringify({ passage: "It rains.", question: "is it wet", answer: "True" });
  assertEquals(read(boolq, { "dev.jsonl": asked }), [
    { text: "It rains.\nquestion: is it wet? True or False?", label: 1 },
  ]);
});

Deno.test("movie sentences are labelled by the sign of their rating, and zeros left out", () => {
  const table = "1_1\t2.5\tA joy.\n1_2\t0\tHm.\n2_1\t-1\tDull.\n";
  assertEquals(read(movies, { "movieReviewSnippets_GroundTruth.txt": table }), [
    { text: "A joy.", label: 1 },
    { text: "Dull.", label: 0 },
  ]);
});

Deno.test("headlines are first lines, and subjects lose what would tell", () => {
  assertEquals(read(bbc, { "sports-001.txt": "Ball kicked\n\nBody.", "tech-001.txt": "Chip made\n" }), [
    { text: "Ball kicked", label: 3 },
    { text: "Chip made", label: 4 },
  ]);
  const mail = (subject: string) => `From x\nSubject: ${subject}\nX-Spam: yes\n\nSubject: inner\n`;
  assertEquals(
    read(spam, {
      "easy-ham-1-1.txt": mail("Re: [ILUG] Disk full"),
      "spam-1-1.txt": mail("Buy now"),
      "spam-1-2.txt": mail("=?iso-8859-1?Q?x?="),
    }),
    [{ text: "Buy now", label: 1 }, { text: "Disk full", label: 0 }],
  );
});

Deno.test("what is not of the form is refused, with its line", () => {
  const bad = new Map([["stsa.binary.train", "1 fine\n? bad\n"], ["stsa.binary.test", ""]]);
  const error = assertThrows(() => sst2.parse(bad), FormatError);
  assertStringIncludes((error as FormatError).message, "line 2");
  assertThrows(() => rte.parse(new Map([["train.jsonl", "{"], ["val.jsonl", ""]])), FormatError, "JSON");
});

Deno.test("heldOut() parts texts, each once, and leaves out those of two labels", () => {
  const many = Array.from({ length: 20 }, (_, place) => ({ text: `t${place % 10}`, label: 0 }));
  const { train, test } = heldOut([...many, { text: "t3", label: 1 }]);
  assertEquals([train.length, test.length], [6, 3]);
  const texts = [...train, ...test].map(({ text }) => text);
  assertEquals(new Set(texts).size, 9);
  assert(!texts.includes("t3"));
});

Deno.test("loadTexts() keeps the test part out of the other, and fewer texts are among more", async () => {
  const folder = await Deno.makeTempDir();
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, place) => `${place % 2} text ${from + place}\n`).join("");
  await Deno.writeTextFile(`${folder}/stsa.binary.train`, lines(0, 20));
  await Deno.writeTextFile(`${folder}/stsa.binary.test`, lines(15, 25));
  const prepared = { sst2: { folder, files: ["stsa.binary.test", "stsa.binary.train"], name: "SST-2" } };
  const running = { report: () => {}, log: () => {}, scratch: "", env: {}, prepared };
  const load = (split: "train" | "test", count: number, skip = 0) =>
    Effect.runPromise(
      loadTexts(sst2, { split, count, skip, seed: 0 }).pipe(
        Effect.flatMap(textsOf),
        Effect.map(({ examples }) => examples.map(({ text }) => text)),
        Effect.provideService(Running, running),
      ),
    );
  try {
    const all = await load("train", 15); // five of the twenty are in the test part
    assert(all.every((text) => Number(text.split(" ")[1]) < 15));
    assertEquals(await load("train", 5), all.slice(0, 5));
    assertEquals(await load("train", 5, 5), all.slice(5, 10));
    const refused = await Effect.runPromise(Effect.flip(
      loadTexts(sst2, { split: "test", count: 11, skip: 0, seed: 0 }).pipe(
        Effect.provideService(Running, running),
      ),
    ));
    assertStringIncludes(refused.message, "10 texts in its test part; 11 are wanted");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("templatedReviews() writes as many of praise as of blame", () => {
  const reviews = templatedReviews(10, 1);
  assertEquals(reviews.filter(({ label }) => label === 1).length, 5);
  assert(reviews.every(({ text }) => /^the .* is .* and the .* \.$/.test(text)));
});
