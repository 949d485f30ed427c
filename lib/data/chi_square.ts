/**
 * Draws from chi-square distributions.
 *
 * @module
 */
import { normal, type RandomKey, uniform } from "./random.ts";

/**
 * Draws one number from each of several chi-square distributions, by the method of Marsaglia and Tsang ("A Simple Method
 * for Generating Gamma Variables", 2000), which is exact.
 *
 * The method proposes until it accepts. Every attempt is a step of the key's stream, in which each place has its own
 * draw, so that a place's number depends on nothing but the key, the place and its degrees of freedom.
 *
 * @param key Which numbers; its step is not used.
 * @param degrees The degrees of freedom at each place: at least 1.
 */
export function chiSquare(key: Omit<RandomKey, "step">, degrees: readonly number[]): Float64Array {
  const { seed, stream } = key;
  const count = degrees.length;
  const draws = new Float64Array(count);
  let open = degrees.map((_, place) => place);
  for (let step = 0; open.length > 0; step += 1) {
    const normals = normal({ seed, stream: `${stream}/normal`, step }, count);
    const chances = uniform({ seed, stream: `${stream}/chance`, step }, count);
    open = open.filter((place) => {
      // The method is for shapes of at least 1; below, a draw at shape + 1 times U^(1 / shape) is one at the shape.
      const shape = degrees[place]! / 2;
      const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
      const x = normals[place]!;
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      const accepted = v > 0 && Math.log(chances[place]!) < x * x / 2 + d - d * v + d * Math.log(v);
      if (accepted) draws[place] = 2 * d * v;
      return !accepted;
    });
  }
  if (degrees.some((degree) => degree < 2)) {
    const powers = uniform({ seed, stream: `${stream}/power` }, count);
    degrees.forEach((degree, place) => {
      if (degree < 2) draws[place]! *= powers[place]! ** (2 / degree);
    });
  }
  return draws;
}
