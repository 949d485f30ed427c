/**
 * Attempts at a batch of images, until all are broken.
 *
 * @module
 */
import { normal } from "../data/random.ts";
import type { Tensor } from "../tensor/array.ts";
import type { Arrays } from "../tensor/tensors.ts";
import type { Attack } from "./attack.ts";
import { autoPgd, type Oracle } from "./auto_pgd.ts";
import { ballAround, type Box, pointIn, squareIn } from "./box.ts";
import type { AttackLoss } from "./loss.ts";
import { toBytes } from "./projected_gradient.ts";

/**
 * Makes all attempts at a batch.
 *
 * @param run The classifier: `images`, `labels` and `indices` in; `losses`, `gradients` and `guesses` out.
 * @param batch `images` from 0 to 1, their `labels`, and their `indices` among all images.
 * @param attack What is attempted.
 * @param loss The loss that `run` computes.
 * @returns The `bytes` of the images in the end, and which of them are `broken`: 1 where it is.
 */
export function attempts(
  run: (batch: Arrays) => Arrays,
  batch: Arrays,
  attack: Attack,
  loss: AttackLoss,
): Arrays {
  const { images, labels, indices } = batch as Readonly<Record<"images" | "labels" | "indices", Tensor>>;
  const oracle: Oracle = (data) => {
    const said = run({ ...batch, images: { ...images, data } });
    const wrong = Uint8Array.from(
      labels.data as Int32Array,
      (label, at) => said.guesses!.data[at] === label ? 0 : 1,
    );
    return {
      losses: said.losses!.data as Float32Array,
      gradients: said.gradients!.data as Float32Array,
      wrong,
    };
  };
  const clean = images.data as Float32Array;
  const bytes = toBytes(clean);
  const broken = Uint8Array.from(oracle(clean).wrong);
  const size = clean.length / broken.length;
  const tries = attack.kind === "gaussian-noise" ? attack.draws : attack.restarts;
  for (let attempt = 0; attempt < tries && broken.includes(0); attempt++) {
    const stream = `${attack.kind}/${loss}/${attempt}`;
    const found = toBytes(candidates(oracle, images, indices.data as Int32Array, attack, stream));
    const { wrong } = oracle(Float32Array.from(found, (byte) => byte / 255));
    for (let image = 0; image < broken.length; image++) {
      if (broken[image] === 1) continue;
      bytes.set(found.subarray(image * size, (image + 1) * size), image * size);
      broken[image] = wrong[image]!;
    }
  }
  return {
    bytes: { dtype: "uint8", shape: images.shape, data: bytes },
    broken: { dtype: "uint8", shape: [broken.length], data: broken },
  };
}

/** One attempt at every image of a batch. What is drawn depends on an image's place among all, not on its batch. */
function candidates(
  oracle: Oracle,
  { shape, data }: Tensor,
  indices: Int32Array,
  attack: Attack,
  stream: string,
): Float32Array {
  const size = data.length / indices.length;
  const clean = Array.from(indices, (_, at) => (data as Float32Array).subarray(at * size, (at + 1) * size));
  const key = (at: number, of: string) => ({
    seed: attack.seed,
    stream: `${stream}/${of}`,
    step: indices[at]!,
  });
  if (attack.kind === "gaussian-noise") {
    return joined(clean.map((image, at) => {
      const draws = normal(key(at, "noise"), size);
      return image.map((pixel, place) =>
        Math.min(Math.max(pixel + attack.sigma / 255 * draws[place]!, 0), 1)
      );
    }));
  }
  const [, height, width, channels] = shape as [number, number, number, number];
  const boxes = clean.map((image, at): Box =>
    attack.kind === "auto-pgd"
      ? ballAround(image, attack.epsilon)
      : squareIn(image, [height, width, channels], attack.side, key(at, "place"))
  );
  return autoPgd(oracle, boxes, joined(boxes.map((box, at) => pointIn(box, key(at, "start")))), attack.steps);
}

function joined(images: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(images.length * images[0]!.length);
  images.forEach((image, at) => all.set(image, at * image.length));
  return all;
}
