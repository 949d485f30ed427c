/**
 * Numbers as people read them: with the digits that their uncertainty leaves, in units of their size.
 *
 * @module
 */
import type { Judged } from "../claim/verdict.ts";

/** What a claim measured. */
export type Measured = NonNullable<Judged["measured"]>;

/**
 * A number with as many digits as matter to a reader: four, with thousands parted; very small and very large ones
 * with a power of ten.
 *
 * @example Usage
 * ```ts
 * import { formatNumber } from "./number.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatNumber(0.98765), "0.9877");
 * assertEquals(formatNumber(5769328), "5,769,328");
 * assertEquals(formatNumber(0.0000032), "3.2×10⁻⁶");
 * ```
 */
export function formatNumber(value: number): string {
  if (Math.abs(value) === Infinity) return value < 0 ? "−∞" : "∞";
  if (Number.isInteger(value) && Math.abs(value) < 1e12) return grouped(value, 0);
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e12) return scientific(value, 2);
  return grouped(value, Math.max(0, 3 - Math.floor(Math.log10(size))), true);
}

/**
 * A measured number and its interval, rounded where the interval leaves no more to know: to two digits of its half
 * width. An exact number has no interval; one sample has none that is bounded, and says so; where there was none, there
 * is no number.
 *
 * @example Usage
 * ```ts
 * import { formatMeasured } from "./number.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatMeasured({ value: 0.65834, low: 0.64123, high: 0.67545, n: 3 }), "0.658 [0.641, 0.675]");
 * ```
 */
export function formatMeasured({ value, low, high, n }: Measured): string {
  if (n === 0) return "nothing to measure";
  if (low === null && high === null) return `${formatNumber(value)} (n = ${n})`;
  const spread = halfWidth({ value, low, high });
  if (spread <= Math.abs(value) * EXACT) return formatNumber(value);
  const end = (bound: number | null, unbounded: string) =>
    bound === null ? unbounded : rounded(bound, value, spread);
  return `${rounded(value, value, spread)} [${end(low, "−∞")}, ${end(high, "∞")}]`;
}

/** An interval narrower than this, relative to its number, is rounding of the machine's arithmetic. */
const EXACT = 1e-9;

/** A time: `0.42 s`, `12.3 s`, `3 min 04 s`, `2 h 05 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** A size in bytes: `812 B`, `4.1 kB`, `231 MB`. Powers of 1000. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const scaled = bytes / 1000 ** power;
  return `${scaled.toFixed(power === 0 || scaled >= 100 ? 0 : 1)} ${units[power]}`;
}

/** A count and its noun: `1 node`, `3 nodes`. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}

/** Half the interval's width; on an interval with one end, the distance to that end. */
function halfWidth({ value, low, high }: Pick<Measured, "value" | "low" | "high">): number {
  if (low !== null && high !== null) return (high - low) / 2;
  return Math.abs(value - (low ?? high)!);
}

/** Rounds a number to two digits of a spread; written as the measured value is, with a power of ten or without. */
function rounded(number: number, value: number, spread: number): string {
  const last = Math.floor(Math.log10(spread)) - 1;
  if (Math.max(Math.abs(value), spread) >= 1e-3) return grouped(number, Math.min(12, Math.max(0, -last)));
  const digits = Math.floor(Math.log10(Math.abs(number))) - last + 1;
  return scientific(number, Math.max(1, digits));
}

function grouped(value: number, decimals: number, trim = false): string {
  const text = value.toLocaleString("en", {
    minimumFractionDigits: trim ? 0 : decimals,
    maximumFractionDigits: decimals,
  });
  return (text === "-0" ? "0" : text).replace("-", "−");
}

function scientific(value: number, digits: number): string {
  if (value === 0) return "0";
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const power = exponent!.replace("+", "").replaceAll(/./g, (sign) => SUPERSCRIPT[sign]!);
  return `${mantissa!.replace("-", "−")}×10${power}`;
}

const SUPERSCRIPT: Readonly<Record<string, string>> = Object.fromEntries(
  [..."-0123456789"].map((sign, index) => [sign, [..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"][index]!]),
);

function pad(whole: number): string {
  return String(whole).padStart(2, "0");
}
