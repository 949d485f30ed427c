/**
 * Nuisance features: parts of a picture that are not what it shows.
 *
 * @module
 */
import type { Images, Labels } from "./labelled.ts";
import { integers, uniform } from "./random.ts";

/**
 * Frames each image with a border of random texture, which says nothing of the label.
 *
 * @param images The images, `[n, height, width, channels]`.
 * @param border The border's width in pixels, and the seed.
 * @returns Images `[n, height + 2 · width of the border, width + 2 · width of the border, channels]`.
 */
export function frameWithTexture(
  images: Images,
  border: { readonly width: number; readonly seed: number },
): Images {
  const { count, channels } = images;
  const height = images.height + 2 * border.width;
  const width = images.width + 2 * border.width;
  const length = height * width * channels;
  const row = images.width * channels;
  const data = new Uint8Array(count * length);
  for (let image = 0; image < count; image += 1) {
    data.set(
      integers({ seed: border.seed, stream: "nuisance-border", step: image }, length, 256),
      image * length,
    );
    for (let line = 0; line < images.height; line += 1) {
      const from = (image * images.height + line) * row;
      const to = image * length + ((line + border.width) * width + border.width) * channels;
      data.set(images.data.subarray(from, from + row), to);
    }
  }
  return { count, height, width, channels, data };
}

/**
 * Pastes a white square on the top edge of each image, at the place of its label with probability `agreement` and at
 * that of another class, drawn uniformly, otherwise. The places of the classes go from left to right. At an agreement
 * of one in so many classes the square says nothing of the label; above, it is a short cut that will not last.
 *
 * @param images The images.
 * @param labels Their labels.
 * @param patch The square's side in pixels, the probability from 0 to 1, and the seed.
 * @returns The bytes of the images with their squares.
 */
export function pastePatches(
  images: Images,
  labels: Labels,
  patch: { readonly size: number; readonly agreement: number; readonly seed: number },
): Uint8Array {
  const { count, height, width, channels } = images;
  const classes = labels.classes.length;
  const chance = uniform({ seed: patch.seed, stream: "nuisance-patch/agrees" }, count);
  const shift = integers({ seed: patch.seed, stream: "nuisance-patch/other" }, count, classes - 1);
  const data = images.data.slice();
  for (let image = 0; image < count; image += 1) {
    const label = labels.data[image]!;
    const told = chance[image]! < patch.agreement ? label : (label + 1 + shift[image]!) % classes;
    const left = Math.round(told * (width - patch.size) / (classes - 1));
    for (let line = 0; line < patch.size; line += 1) {
      const start = ((image * height + line) * width + left) * channels;
      data.fill(255, start, start + patch.size * channels);
    }
  }
  return data;
}
