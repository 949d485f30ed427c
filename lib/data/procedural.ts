/**
 * Images of nothing: compositions of sines, which a program draws. They stand in for the renderings of Shaders21k that DP-Cap
 * starts from, and show nobody and nothing.
 *
 * @module
 */
import type { Dataset } from "../kinds/dataset.ts";
import { uniform } from "./random.ts";

/** Which images to draw. */
export interface ProceduralChoice {
  /** How many. Fewer are the beginning of more. */
  readonly count: number;
  /** Their side, in pixels. */
  readonly side: number;
  /** The seed. */
  readonly seed: number;
}

/** Waves that are composed into an image. */
const WAVES = 3;

/**
 * Draws procedural images, `images` uint8 `[n, side, side, 3]`. Each is a few waves of random direction and length, each
 * wave bent by the ones before it, and cut at a level so that there are edges; waves and cuts have colours of their own.
 */
export function drawProcedural({ count, side, seed }: ProceduralChoice): Dataset {
  const images = new Uint8Array(count * side * side * 3);
  for (let image = 0; image < count; image++) {
    const draws = uniform({ seed, stream: "procedural", step: image }, 64);
    let next = 0;
    const draw = () => draws[next++]!;
    const waves = Array.from({ length: WAVES }, () => {
      const angle = 2 * Math.PI * draw();
      const frequency = 2 * Math.PI * 2 ** (3 * draw() - 0.5);
      return {
        x: frequency * Math.cos(angle),
        y: frequency * Math.sin(angle),
        phase: 2 * Math.PI * draw(),
        bend: 3 * draw(),
        cut: draw() < 0.5,
        colour: [draw() - 0.5, draw() - 0.5, draw() - 0.5],
      };
    });
    const ground = [draw(), draw(), draw()];
    for (let pixel = 0; pixel < side * side; pixel++) {
      const [x, y] = [(pixel % side) / side, Math.floor(pixel / side) / side];
      const levels = [...ground];
      let value = 0;
      for (const wave of waves) {
        value = Math.sin(wave.x * x + wave.y * y + wave.phase + wave.bend * value);
        const shown = wave.cut ? Math.sign(value) : value;
        for (let channel = 0; channel < 3; channel++) levels[channel]! += 0.7 * shown * wave.colour[channel]!;
      }
      for (let channel = 0; channel < 3; channel++) {
        images[3 * (image * side * side + pixel) + channel] = 255 *
          Math.min(1, Math.max(0, levels[channel]!));
      }
    }
  }
  return {
    about: { name: "procedural images", split: "train" },
    tensors: { images: { dtype: "uint8", shape: [count, side, side, 3], data: images } },
  };
}
