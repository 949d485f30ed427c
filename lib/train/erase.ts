/**
 * Random erasing (Zhong et al. 2020): a rectangle of noise in some of the images.
 *
 * @module
 */
import { normal, type RandomKey, uniform } from "../data/random.ts";
import type { Normalisation } from "../nn/normalisation.ts";
import type { Tensor } from "../tensor/array.ts";

/** The share of the area that is erased, and the ratio of height to width, from and to. */
const area = [0.02, 1 / 3] as const;
const ratio = [0.3, 1 / 0.3] as const;

/** Rectangles that are drawn before an image is left as it is. */
const attempts = 10;

/**
 * Erases a rectangle in some images, as timm's `RandomErasing` does pixel by pixel (`mode="pixel"`): with noise that is
 * standard normal once images are normalised.
 *
 * @param images float32 [B, H, W, C], pixels in [0, 1].
 * @param probability How often an image is erased.
 * @param normalisation How images are normalised afterwards.
 * @param key The seed and the step: equal ones give equal rectangles.
 */
export function eraseRectangles(
  images: Tensor,
  probability: number,
  { mean, deviation }: Normalisation,
  key: Omit<RandomKey, "stream">,
): Tensor {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const data = (images.data as Float32Array).slice();
  const perImage = 1 + 4 * attempts;
  const numbers = uniform({ ...key, stream: "erase" }, batch * perImage);
  for (let image = 0; image < batch; image++) {
    const [coin, ...draws] = numbers.subarray(image * perImage, (image + 1) * perImage);
    if (coin! >= probability) continue;
    const place = drawnRectangle(height, width, draws);
    if (place === undefined) continue;
    const noise = normal(
      { ...key, stream: `erase/${image}` },
      place.height * place.width * channels,
    );
    for (let at = 0; at < noise.length; at++) {
      const channel = at % channels;
      const column = place.left + Math.floor(at / channels) % place.width;
      const row = place.top + Math.floor(at / (channels * place.width));
      data[((image * height + row) * width + column) * channels + channel] = mean[channel]! +
        (deviation[channel] || 1) * noise[at]!;
    }
  }
  return { ...images, data };
}

/** The first of ten rectangles that fits. */
function drawnRectangle(height: number, width: number, draws: readonly number[]) {
  const between = (draw: number, from: number, to: number) => from + draw * (to - from);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const [areaDraw, ratioDraw, topDraw, leftDraw] = draws.slice(4 * attempt, 4 * attempt + 4);
    const size = between(areaDraw!, ...area) * height * width;
    const aspect = Math.exp(between(ratioDraw!, Math.log(ratio[0]), Math.log(ratio[1])));
    const [rows, columns] = [Math.round(Math.sqrt(size * aspect)), Math.round(Math.sqrt(size / aspect))];
    if (rows >= height || columns >= width) continue;
    return {
      ...{ height: rows, width: columns },
      top: Math.floor(topDraw! * (height - rows + 1)),
      left: Math.floor(leftDraw! * (width - columns + 1)),
    };
  }
  return undefined;
}
