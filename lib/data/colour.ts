/**
 * Spurious colour: a short cut to the label that does not last.
 *
 * @module
 */
import type { Images, Labels } from "./labelled.ts";
import { integers, uniform } from "./random.ts";

/**
 * Colours grey images: as many channels as there are classes, and the image stands in that of its label with probability
 * `agreement`, in that of another class, drawn uniformly, otherwise. The other channels stay black. Two classes of
 * digits make Coloured MNIST (Arjovsky et al., "Invariant Risk Minimization", 2019).
 *
 * Which images disagree is drawn once for a seed: those that disagree at a higher agreement do so at a lower one.
 *
 * @param images Grey images, `[n, height, width, 1]`.
 * @param labels Their labels, free of noise.
 * @param colour The probability from 0 to 1, and the seed.
 */
export function colourByLabel(
  images: Images,
  labels: Labels,
  colour: { readonly agreement: number; readonly seed: number },
): Images {
  const { count, height, width } = images;
  const channels = labels.classes.length;
  const chance = uniform({ seed: colour.seed, stream: "spurious-colour/agrees" }, count);
  const shift = integers({ seed: colour.seed, stream: "spurious-colour/other" }, count, channels - 1);
  const pixels = height * width;
  const data = new Uint8Array(count * pixels * channels);
  for (let image = 0; image < count; image += 1) {
    const label = labels.data[image]!;
    const told = chance[image]! < colour.agreement ? label : (label + 1 + shift[image]!) % channels;
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      const place = image * pixels + pixel;
      data[place * channels + told] = images.data[place]!;
    }
  }
  return { count, height, width, channels, data };
}

/** Halves the side of images: each pixel becomes the rounded mean of a square of four. An odd last line is left out. */
export function halveImages({ count, height, width, channels, data }: Images): Images {
  const [rows, columns] = [height >> 1, width >> 1];
  const halved = new Uint8Array(count * rows * columns * channels);
  let to = 0;
  for (let image = 0; image < count; image += 1) {
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const corner = ((image * height + 2 * row) * width + 2 * column) * channels;
        for (let channel = 0; channel < channels; channel += 1) {
          const at = (line: number, side: number) =>
            data[corner + (line * width + side) * channels + channel]!;
          halved[to++] = Math.round((at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4);
        }
      }
    }
  }
  return { count, height: rows, width: columns, channels, data: halved };
}
