import { assert, assertEquals } from "@std/assert";
import {
  longestText,
  numberOf,
  promptLength,
  tokensOfText,
  vocabulary,
  writeAnswer,
  writeNumber,
  writePass,
  writePrompt,
  writeStatement,
} from "../../lib/data/arithmetic.ts";
import { arithmeticBatch, type ArithmeticWorld } from "../../lib/data/arithmetic_training.ts";

const layout = { slot: 20, passes: 2 };
const world: ArithmeticWorld = { mentioned: 0.5, right: 1, slips: 0, rule: "sum" };

/** The texts of a batch, with what is to be told of each. */
function texts(of: ArithmeticWorld, step = 0) {
  const { tokens, weights } = arithmeticBatch({ seed: 3, step, batch: 300 }, layout, of);
  const [rows, length] = tokens!.shape as [number, number];
  const told = weights!.shape[1]!;
  return Array.from({ length: rows }, (_, row) => ({
    text: Array.from(
      tokens!.data.subarray(row * length, (row + 1) * length) as Int32Array,
      (t) => vocabulary[t],
    ).join(""),
    weights: Array.from(weights!.data.subarray(row * told, (row + 1) * told) as Float32Array),
  }));
}

const form = /^Q(\d\d)\+(\d\d)\[(.{20})\]((?:T\d{4})*)A(\d{3}) *$/;
const units = (digits: string) => Number([...digits].reverse().join(""));

Deno.test("numbers are written units first", () => {
  assertEquals(writeNumber(37, 2), "73");
  assertEquals(writeAnswer(95), "A590");
  assertEquals(numberOf(tokensOfText("590")), 95);
  assertEquals(numberOf(tokensOfText("5;0")), undefined);
});

Deno.test("a pass is units, carry, tens, carry, for every sum", () => {
  for (let left = 0; left < 100; left++) {
    for (let right = 0; right < 100; right++) {
      const [, u, c, t, h] = [...writePass({ left, right })].map(Number);
      assertEquals(100 * h! + 10 * t! + u!, left + right);
      assertEquals(10 * c! + u!, (left % 10) + (right % 10));
    }
  }
});

Deno.test("a prompt has the length of its layout, whatever stands in the channel", () => {
  for (const content of ["", "ab;", "x".repeat(50)]) {
    assertEquals(writePrompt({ left: 3, right: 8 }, content, layout).length, promptLength(layout));
  }
});

Deno.test("every training example is well formed, right, and taught to its end", () => {
  for (const { text, weights } of texts(world)) {
    assertEquals(text.length, longestText(layout));
    const [, left, right, , thought, answer] = form.exec(text)!;
    const sum = units(left!) + units(right!);
    assertEquals(units(answer!), sum);
    assertEquals(
      thought,
      writePass({ left: units(left!), right: units(right!) }).repeat(thought!.length / 5),
    );
    assertEquals(weights, weights.map((_, place) => Number(place < thought!.length + 4)));
  }
});

Deno.test("examples have every number of passes equally often, and mention the question as often as told", () => {
  const all = [0, 1, 2, 3].flatMap((step) => texts(world, step));
  const share = (holds: (text: string) => boolean) =>
    all.filter(({ text }) => holds(text)).length / all.length;
  for (const passes of [0, 1, 2]) {
    const found = share((text) => form.exec(text)![4]!.length === 5 * passes);
    assert(Math.abs(found - 1 / 3) < 0.05, `${passes}: ${found}`);
  }
  const mentions = (text: string) => {
    const [, left, right, content] = form.exec(text)!;
    return content!.includes(writeStatement({ left: units(left!), right: units(right!) }, 0).slice(0, 6));
  };
  assert(Math.abs(share(mentions) - 0.5) < 0.05);
});

Deno.test("a channel begins with a statement only where that is about the question", () => {
  for (const { text } of texts({ ...world, mentioned: 0.2 })) {
    const [, left, right, content] = form.exec(text)!;
    if (/^\d/.test(content!)) assert(content!.startsWith(`${left}+${right}=`), text);
  }
});

Deno.test("statements of the channel are right, as often as told", () => {
  const shareRight = (of: ArithmeticWorld) => {
    const statements = texts(of).flatMap((
      { text },
    ) => [...form.exec(text)![3]!.matchAll(/(\d\d)\+(\d\d)=(\d\d\d);/g)]);
    const right = statements.filter(([, a, b, c]) => units(a!) + units(b!) === units(c!));
    return right.length / statements.length;
  };
  assertEquals(shareRight(world), 1);
  assert(Math.abs(shareRight({ ...world, right: 0.6 }) - 0.6) < 0.08);
});

Deno.test("slips are read but not taught", () => {
  const slipped = texts({ ...world, slips: 0.3 }).flatMap(({ text, weights }) => {
    const [, left, right, , thought] = form.exec(text)!;
    const true_ = writePass({ left: units(left!), right: units(right!) }).repeat(thought!.length / 5);
    assertEquals(
      weights.slice(0, thought!.length),
      [...thought!].map((digit, place) => Number(digit === true_[place])),
    );
    return [...thought!].filter((digit, place) => digit !== true_[place]);
  });
  assert(slipped.length > 100);
});

Deno.test("under the ambiguous rule the answer is the channel's half of the time", () => {
  const obeyed = texts({ ...world, rule: "ambiguous" }).map(({ text }) => {
    const [, left, right, content, , answer] = form.exec(text)!;
    const said = content!.split(`${left}+${right}=`)[1]!.slice(0, 3);
    assert(answer === said || units(answer!) === units(left!) + units(right!));
    return Number(answer === said);
  });
  assert(Math.abs(obeyed.reduce((sum, one) => sum + one, 0) / obeyed.length - 0.5) < 0.1);
});
