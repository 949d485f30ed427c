/**
 * A local stand-in for `jsr:@std/assert`, for machines that do not reach JSR: the same names and signatures
 * over `node:assert`. A user with JSR runs `deno unlink @std/assert @std/cli` and gets the original.
 *
 * @module
 */
import nodeAssert from "node:assert/strict";
import { inspect, isDeepStrictEqual } from "node:util";

/** The error that every assertion throws. */
export class AssertionError extends Error {
  /** The error's name. */
  override readonly name = "AssertionError";
}

// deno-lint-ignore no-explicit-any
type Class<E extends Error> = abstract new (...args: any[]) => E;

function fail(message: string, detail?: string): never {
  throw new AssertionError(detail === undefined ? message : `${detail}: ${message}`);
}

/** Asserts that `condition` is truthy. */
export function assert(condition: unknown, message?: string): asserts condition {
  if (!condition) fail(message ?? "the condition does not hold");
}

/** Asserts that `condition` is falsy. */
export function assertFalse(condition: unknown, message?: string): void {
  if (condition) fail(message ?? "the condition holds");
}

/** Asserts that two values are deeply equal; objects without a prototype equal plain ones, as in the original. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  if (isDeepStrictEqual(plain(actual), plain(expected))) return;
  try {
    nodeAssert.deepStrictEqual(plain(actual), plain(expected));
  } catch (error) {
    fail((error as Error).message, message);
  }
}

/** Asserts that two values are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  if (isDeepStrictEqual(plain(actual), plain(expected))) fail(`both are ${inspect(actual)}`, message);
}

/** Asserts that two values are the same by `Object.is`. */
export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  if (!Object.is(actual, expected)) fail(`${inspect(actual)} is not ${inspect(expected)}`, message);
}

/** Asserts that two numbers differ by at most `tolerance` (default: one part in ten million). */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  message?: string,
): void {
  if (Object.is(actual, expected)) return;
  const bound = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const difference = Math.abs(actual - expected);
  if (!(difference <= bound)) {
    fail(`${actual} is ${difference} from ${expected}, more than ${bound}`, message);
  }
}

/** Asserts that a value is neither null nor undefined. */
export function assertExists<T>(actual: T, message?: string): asserts actual is NonNullable<T> {
  if (actual === undefined || actual === null) fail(`it is ${actual}`, message);
}

/** Asserts that a value is an instance of a class. */
export function assertInstanceOf<E extends Error>(
  actual: unknown,
  type: Class<E>,
  message?: string,
): asserts actual is E {
  if (!(actual instanceof type)) fail(`${inspect(actual)} is no ${type.name}`, message);
}

/** Asserts that a text matches a pattern. */
export function assertMatch(actual: string, pattern: RegExp, message?: string): void {
  if (!pattern.test(actual)) fail(`${inspect(actual)} does not match ${pattern}`, message);
}

/** Asserts that a text contains another. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  if (!actual.includes(expected)) fail(`${inspect(actual)} does not contain ${inspect(expected)}`, message);
}

/** Asserts that one number is greater than another. */
export function assertGreater(actual: number, expected: number, message?: string): void {
  if (!(actual > expected)) fail(`${actual} is not greater than ${expected}`, message);
}

/** Asserts that one number is greater than another or equal to it. */
export function assertGreaterOrEqual(actual: number, expected: number, message?: string): void {
  if (!(actual >= expected)) fail(`${actual} is less than ${expected}`, message);
}

/** Asserts that one number is less than another. */
export function assertLess(actual: number, expected: number, message?: string): void {
  if (!(actual < expected)) fail(`${actual} is not less than ${expected}`, message);
}

/** Asserts that one number is less than another or equal to it. */
export function assertLessOrEqual(actual: number, expected: number, message?: string): void {
  if (!(actual <= expected)) fail(`${actual} is greater than ${expected}`, message);
}

/** Asserts that a function throws, if asked an error of a class whose message contains a text, and returns it. */
export function assertThrows<E extends Error = Error>(
  run: () => unknown,
  type?: Class<E>,
  messageIncludes?: string,
): E {
  try {
    run();
  } catch (error) {
    return checked(error, type, messageIncludes);
  }
  fail("it did not throw");
}

/** Asserts that a promise is rejected, if asked with an error of a class whose message contains a text; returns it. */
export async function assertRejects<E extends Error = Error>(
  run: () => PromiseLike<unknown>,
  type?: Class<E>,
  messageIncludes?: string,
): Promise<E> {
  try {
    await run();
  } catch (error) {
    return checked(error, type, messageIncludes);
  }
  fail("it was not rejected");
}

function checked<E extends Error>(error: unknown, type?: Class<E>, messageIncludes?: string): E {
  if (!(error instanceof Error)) fail(`what was thrown is no Error: ${inspect(error)}`);
  if (type !== undefined) assertInstanceOf(error, type);
  if (messageIncludes !== undefined) assertStringIncludes(error.message, messageIncludes);
  return error as E;
}

function plain<T>(value: T): T {
  if (Array.isArray(value)) return value.map(plain) as T;
  if (value === null || typeof value !== "object") return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)])) as T;
}
