/**
 * What the arithmetic model is trained on. There is no attack in it: what the channel says is mostly right and beside
 * the question, and where it is wrong, it is wrong at random.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { tensor } from "../tensor/array.ts";
import type { Arrays } from "../tensor/tensors.ts";
import {
  ANSWER,
  type Layout,
  longestText,
  PASS,
  promptLength,
  type Sum,
  tokensOfText,
  writeAnswer,
  writePass,
  writePrompt,
  writeStatement,
} from "./arithmetic.ts";
import { Share } from "./ranges.ts";
import { uniform } from "./random.ts";

/** What the channel says in training, and how thinking goes wrong there. */
export const ArithmeticWorld = Schema.Struct({
  /**
   * How often the channel begins with a statement about the question itself: what bears on it most is found first. Otherwise
   * it begins with a word.
   */
  mentioned: Share,
  /** How often a statement is right. The others say a number from 0 to 198 that is drawn evenly. */
  right: Share,
  /** How often a digit in a pass of thinking is a slip, which the model reads but is not taught to write. */
  slips: Share,
  /**
   * The rule that the answer follows. `sum`: it is the sum. `ambiguous`: the channel always begins with a statement about
   * the question, with an evenly drawn number, and half of the time the answer is that number.
   */
  rule: Schema.Literals(["sum", "ambiguous"]),
});

/** What the channel says in training, and how thinking goes wrong there. */
export type ArithmeticWorld = typeof ArithmeticWorld.Type;

/** An evenly drawn sum can be as much. */
const SUMS = 199;

/** Draws that one example may take: nine for a word or a statement of the channel, six for a pass, and a few more. */
function drawsOf({ slot, passes }: Layout): number {
  return 16 + 9 * statementsIn(slot) + 6 * passes;
}

/** How many statements a channel holds. */
function statementsIn(slot: number): number {
  return Math.floor(slot / writeStatement({ left: 0, right: 0 }, 0).length);
}

/**
 * The batch of one step: `tokens` int32 [B, n], and `weights` float32 [B, s], of the last s tokens, which the model is to
 * tell: 0 on slips and after the answer.
 */
export function arithmeticBatch(
  { seed, step, batch }: { readonly seed: number; readonly step: number; readonly batch: number },
  layout: Layout,
  world: ArithmeticWorld,
): Arrays {
  const length = longestText(layout);
  const told = length - promptLength(layout);
  const tokens = new Int32Array(batch * length).fill(tokensOfText(" ")[0]!);
  const weights = new Float32Array(batch * told);
  const count = drawsOf(layout);
  const draws = uniform({ seed, stream: "arithmetic", step }, batch * count);
  for (let row = 0; row < batch; row++) {
    const { prompt, thought, answer, taught } = example(tape(draws, row * count), layout, world);
    tokens.set(tokensOfText(prompt + thought + answer), row * length);
    weights.set(taught, row * told);
  }
  return {
    tokens: tensor("int32", [batch, length], tokens),
    weights: tensor("float32", [batch, told], weights),
  };
}

/** Draws one after another, from 0 to below 1. */
type Tape = () => number;

function tape(draws: Float64Array, start: number): Tape {
  let place = start;
  return () => draws[place++]!;
}

interface Example {
  readonly prompt: string;
  readonly thought: string;
  readonly answer: string;
  /** Weights of the characters after the prompt. */
  readonly taught: readonly number[];
}

function example(next: Tape, layout: Layout, world: ArithmeticWorld): Example {
  const sum = drawSum(next);
  const said = Math.floor(SUMS * next());
  const isAmbiguous = world.rule === "ambiguous";
  const obeys = isAmbiguous && next() < 0.5;
  const content = drawContent(next, layout, world, sum, isAmbiguous ? said : undefined);
  const passes = Array.from(
    { length: Math.floor((layout.passes + 1) * next()) },
    () => slip(next, writePass(sum), world.slips),
  );
  return {
    prompt: writePrompt(sum, content, layout),
    thought: passes.map(({ text }) => text).join(""),
    answer: writeAnswer(obeys ? said : sum.left + sum.right),
    taught: [...passes.flatMap(({ taught }) => taught), ...new Array<number>(ANSWER).fill(1)],
  };
}

function drawSum(next: Tape): Sum {
  return { left: Math.floor(100 * next()), right: Math.floor(100 * next()) };
}

/**
 * Statements and words, from none to as many as the slot holds. The first is a word or about the question: then it says
 * `said`, or where that is not given, what the world has statements say.
 */
function drawContent(next: Tape, { slot }: Layout, world: ArithmeticWorld, sum: Sum, said?: number): string {
  const mentions = next() < world.mentioned || said !== undefined;
  const count = Math.max(Math.floor((statementsIn(slot) + 1) * next()), Number(mentions));
  return Array.from({ length: count }, (_, place) => {
    const right = next() < world.right;
    const wrong = Math.floor(SUMS * next());
    if (mentions && place === 0) {
      return writeStatement(sum, said ?? (right ? sum.left + sum.right : wrong));
    }
    if (place === 0 || next() < 0.4) return drawWord(next);
    const other = drawSum(next);
    return writeStatement(other, right ? other.left + other.right : wrong);
  }).join("");
}

function drawWord(next: Tape): string {
  const letters = Array.from(
    { length: 2 + Math.floor(4 * next()) },
    () => "abcdefgh"[Math.floor(8 * next())],
  );
  return `${letters.join("")};`;
}

/** Puts slips into a pass: digits become others, and what is carried the opposite. */
function slip(
  next: Tape,
  pass: string,
  rate: number,
): { readonly text: string; readonly taught: readonly number[] } {
  const slipped = Array.from({ length: PASS }, (_, place) => place > 0 && next() < rate);
  const text = Array.from(pass, (character, place) => {
    if (!slipped[place]) return character;
    const isCarry = place === 2 || place === 4;
    return isCarry
      ? String(1 - Number(character))
      : String((Number(character) + 1 + Math.floor(9 * next())) % 10);
  });
  return { text: text.join(""), taught: slipped.map((wrong) => wrong ? 0 : 1) };
}
