/** Attention maps made by hand, for tests of what is measured on them. */
import type { Dataset } from "../../../lib/kinds/dataset.ts";
import { tensor } from "../../../lib/tensor/array.ts";

/** Patches on a side, pixels on a side. */
export const [GRID, SIDE] = [4, 8];

/** The object of each image: the patches of a square of 2 × 2, at another corner each. */
export const objects: readonly (readonly number[])[] = [[0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [
  10,
  11,
  14,
  15,
]];

/** Scenes of those objects, and their masks. */
export function scenes(): Dataset {
  const masks = new Uint8Array(objects.length * SIDE * SIDE);
  objects.forEach((patches, image) =>
    patches.forEach((patch) => {
      const [top, left] = [2 * Math.floor(patch / GRID), 2 * (patch % GRID)];
      for (const place of [top * SIDE + left, (top + 1) * SIDE + left]) {
        masks.fill(1, image * SIDE * SIDE + place, image * SIDE * SIDE + place + 2);
      }
    })
  );
  return {
    about: { name: "corners", split: "test", classes: ["a", "b"] },
    tensors: {
      images: tensor(
        "uint8",
        [objects.length, SIDE, SIDE, 3],
        new Uint8Array(objects.length * SIDE * SIDE * 3),
      ),
      labels: tensor("int32", [objects.length], [0, 0, 1, 1]),
      masks: tensor("uint8", [objects.length, SIDE, SIDE], masks),
    },
  };
}

/**
 * Maps of those scenes.
 *
 * @param score Of an image, a layer, a head and a patch.
 * @param feature Of an image, a patch and a feature.
 */
export function maps(
  { layers, heads, width }: { readonly layers: number; readonly heads: number; readonly width: number },
  score: (image: number, layer: number, head: number, patch: number) => number,
  feature: (image: number, patch: number, k: number) => number = () => 0,
): Dataset {
  const [images, patches] = [objects.length, GRID * GRID];
  const scores = new Float32Array(images * layers * heads * (1 + patches));
  const features = new Float32Array(images * patches * width);
  for (let image = 0; image < images; image++) {
    for (let patch = 0; patch < patches; patch++) {
      for (let layer = 0; layer < layers; layer++) {
        for (let head = 0; head < heads; head++) {
          const start = ((image * layers + layer) * heads + head) * (1 + patches);
          scores[start + 1 + patch] = score(image, layer, head, patch);
        }
      }
      for (let k = 0; k < width; k++) {
        features[(image * patches + patch) * width + k] = feature(image, patch, k);
      }
    }
  }
  const { about, tensors } = scenes();
  return {
    about,
    tensors: {
      images: tensors.images!,
      labels: tensors.labels!,
      scores: tensor("float32", [images, layers, heads, 1 + patches], scores),
      features: tensor("float32", [images, patches, width], features),
    },
  };
}

/** Whether a patch is the object of an image. */
export function isObject(image: number, patch: number): boolean {
  return objects[image]!.includes(patch);
}
