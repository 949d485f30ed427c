/**
 * ListOps (Nangia & Bowman 2018, arXiv 1804.06028): nested lists of digits to be worked out, such as
 * `[MAX 2 9 [MIN 4 7 ] 0 ]`, as Long Range Arena (arXiv 2011.04006) makes them.
 *
 * @module
 */
import { median } from "../stats/order.ts";
import { type RandomKey, uniform } from "./random.ts";

/** The symbols, by their number: what fills a sequence up, the digits, the operators and the end of a list. */
export const listopsSymbols = [
  "·",
  ...["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  ...["[MIN", "[MAX", "[MED", "[SM"],
  "]",
] as const;

/** What expressions are drawn. */
export interface ListopsSize {
  /** Symbols that an expression has at least. */
  readonly shortest: number;
  /** Symbols that it has at most. */
  readonly longest: number;
  /** How deep lists lie in one another at most; 1 is a list of digits. */
  readonly depth: number;
  /** Entries that a list has at most; two at least. */
  readonly operands: number;
}

/** An expression: a digit, or an operator on expressions. */
export type Expression = number | { readonly operator: Operator; readonly of: readonly Expression[] };

/** What a list is worked out by: its least or greatest entry, its median cut to a whole number, or its sum modulo ten. */
export type Operator = "[MIN" | "[MAX" | "[MED" | "[SM";

const operators: readonly Operator[] = ["[MIN", "[MAX", "[MED", "[SM"];

/** An entry is a list with this probability, while the depth allows it. */
const nested = 0.25;

/**
 * Works an expression out.
 *
 * @example Usage
 * ```ts
 * import { valueOf } from "./listops.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(valueOf({ operator: "[SM", of: [7, { operator: "[MED", of: [1, 4, 6, 9] }] }), 2);
 * ```
 *
 * @returns A digit.
 */
export function valueOf(expression: Expression): number {
  if (typeof expression === "number") return expression;
  const values = expression.of.map(valueOf);
  switch (expression.operator) {
    case "[MIN":
      return Math.min(...values);
    case "[MAX":
      return Math.max(...values);
    case "[MED":
      return Math.floor(median(values));
    case "[SM":
      return values.reduce((sum, value) => sum + value, 0) % 10;
  }
}

/** The numbers of an expression's symbols. */
export function symbolsOf(expression: Expression): number[] {
  if (typeof expression === "number") return [1 + expression];
  const symbol = (name: Operator | "]") => listopsSymbols.indexOf(name);
  return [symbol(expression.operator), ...expression.of.flatMap(symbolsOf), symbol("]")];
}

/**
 * Draws an expression of a length within bounds: as Long Range Arena does, one after another until one fits.
 *
 * @param size What is drawn.
 * @param key Which one.
 */
export function drawExpression(
  { shortest, longest, depth, operands }: ListopsSize,
  key: RandomKey,
): Expression {
  const next = drawsOf(key);
  const list = (level: number): Expression => {
    const operator = operators[Math.floor(next() * operators.length)]!;
    const count = 2 + Math.floor(next() * (operands - 1));
    return { operator, of: Array.from({ length: count }, () => entry(level + 1)) };
  };
  const entry = (level: number): Expression =>
    level <= depth && next() < nested ? list(level) : Math.floor(next() * 10);
  for (;;) {
    const drawn = list(1);
    const { length } = symbolsOf(drawn);
    if (length >= shortest && length <= longest) return drawn;
  }
}

/** Uniform draws of a key, one by one, however many are asked for. */
function drawsOf({ seed, stream, step }: RandomKey): () => number {
  const block = 256;
  let [blocks, place] = [0, block];
  let draws = new Float64Array(0);
  return () => {
    if (place === block) {
      draws = uniform(
        { seed, stream: `${stream}/${blocks}`, ...(step === undefined ? {} : { step }) },
        block,
      );
      [blocks, place] = [blocks + 1, 0];
    }
    return draws[place++]!;
  };
}
