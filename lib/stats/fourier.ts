/**
 * The discrete Fourier transform, in double precision.
 *
 * @module
 */

/** Complex numbers: real and imaginary parts. */
export interface Complex {
  /** The real parts. */
  readonly real: Float64Array;
  /** The imaginary parts. */
  readonly imaginary: Float64Array;
}

/**
 * Transforms in place: x_k ← Σ_j x_j e^(∓2πi jk/n), by the algorithm of Cooley and Tukey.
 *
 * @example The transform of a transform
 * ```ts
 * import { fourier } from "./fourier.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const numbers = { real: Float64Array.of(1, 2, 3, 4), imaginary: new Float64Array(4) };
 * fourier(numbers);
 * assertAlmostEquals(numbers.real[0]!, 10, 1e-12);
 * fourier(numbers, { inverse: true });
 * assertAlmostEquals(numbers.real[2]!, 3, 1e-12);
 * ```
 *
 * @param numbers As many as a power of two.
 * @param options With `inverse`, the sign in the exponent is plus, and the result is divided by n.
 * @throws {RangeError} When there are not as many as a power of two.
 */
export function fourier(
  { real, imaginary }: Complex,
  { inverse = false }: { readonly inverse?: boolean } = {},
): void {
  const n = real.length;
  if (n === 0 || (n & (n - 1)) !== 0) {
    throw new RangeError(`a Fourier transform needs a power of two of numbers, got ${n}`);
  }
  reverseBits(real, imaginary);
  const [cosines, sines] = circle(n, inverse ? 1 : -1);
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half);
    for (let start = 0; start < n; start += 2 * half) {
      for (let j = 0; j < half; j++) {
        const [even, odd] = [start + j, start + j + half];
        const [c, s] = [cosines[j * stride]!, sines[j * stride]!];
        const re = real[odd]! * c - imaginary[odd]! * s;
        const im = real[odd]! * s + imaginary[odd]! * c;
        real[odd] = real[even]! - re;
        imaginary[odd] = imaginary[even]! - im;
        real[even]! += re;
        imaginary[even]! += im;
      }
    }
  }
  if (!inverse) return;
  for (let j = 0; j < n; j++) {
    real[j]! /= n;
    imaginary[j]! /= n;
  }
}

/** Puts what stands at each place where the place's binary digits, read backwards, say. */
function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [real[i], real[j]] = [real[j]!, real[i]!];
    [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
  }
}

/** Half a circle in n/2 steps. */
function circle(n: number, sign: number): readonly [Float64Array, Float64Array] {
  const angles = Float64Array.from({ length: n / 2 }, (_, j) => sign * 2 * Math.PI * j / n);
  return [angles.map(Math.cos), angles.map(Math.sin)];
}
