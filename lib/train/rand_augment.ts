/**
 * RandAugment (Cubuk et al. 2020): a few operations, drawn at random, with one strength for all.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { type RandomKey, uniform } from "../data/random.ts";
import {
  type AffineOptions,
  moveLeft,
  moveUp,
  type Resampling,
  rotate,
  shearX,
  shearY,
} from "../image/affine.ts";
import { brightness, colour, contrast, sharpness } from "../image/enhance.ts";
import { autoContrast, equalize, invert, posterize, solarize, solarizeAdd } from "../image/levels.ts";
import type { Picture } from "../image/picture.ts";
import { Count } from "../nn/config.ts";

/**
 * Which operations, and how strong: `{ family: "timm", operations: 2, magnitude: 9, deviation: 0.5 }` is timm's
 * `rand-m9-mstd0.5-inc1`, and `{ family: "torchvision", operations: 2, magnitude: 14 }` torchvision's
 * `RandAugment(2, 14)`.
 */
export const RandAugment = Schema.Struct({
  /**
   * Whose operations. timm's fifteen grow stronger up to magnitude 10, and each that is drawn is applied with
   * probability ½; torchvision's fourteen up to 30, one of them doing nothing, and each is applied.
   */
  family: Schema.Literals(["timm", "torchvision"]),
  /** How many are drawn for a picture, with replacement. */
  operations: Count,
  /** How strong they are. */
  magnitude: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 30 })),
  /** The standard deviation of the magnitude, which timm draws anew for each operation. */
  deviation: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))),
});

/** Which operations, and how strong. */
export type RandAugment = typeof RandAugment.Type;

/** An operation on a picture at a magnitude; `sign` is 1 or −1, for those that go two ways. */
export type AugmentOperation = (
  picture: Picture,
  magnitude: number,
  sign: number,
  options: AffineOptions,
) => Picture;

/** A factor around 1: the farther, the stronger. */
const around1 = (
  enhance: (picture: Picture, factor: number) => Picture,
  span: number,
  top: number,
): AugmentOperation =>
(picture, magnitude, sign) => enhance(picture, Math.max(0.1, 1 + sign * span * magnitude / top));

/** timm's operations of `inc1`, whose magnitudes go to 10 (`auto_augment.py`, `_RAND_INCREASING_TRANSFORMS`). */
export const timmOperations: Readonly<Record<string, AugmentOperation>> = {
  AutoContrast: (picture) => autoContrast(picture),
  Equalize: (picture) => equalize(picture),
  Invert: (picture) => invert(picture),
  Rotate: (picture, m, sign, options) => rotate(picture, sign * 30 * m / 10, options),
  PosterizeIncreasing: (picture, m) => posterize(picture, 4 - Math.floor(4 * m / 10)),
  SolarizeIncreasing: (picture, m) => solarize(picture, 256 - Math.min(256, Math.floor(256 * m / 10))),
  SolarizeAdd: (picture, m) => solarizeAdd(picture, Math.min(128, Math.floor(110 * m / 10))),
  ColorIncreasing: around1(colour, 0.9, 10),
  ContrastIncreasing: around1(contrast, 0.9, 10),
  BrightnessIncreasing: around1(brightness, 0.9, 10),
  SharpnessIncreasing: around1(sharpness, 0.9, 10),
  ShearX: (picture, m, sign, options) => shearX(picture, sign * 0.3 * m / 10, options),
  ShearY: (picture, m, sign, options) => shearY(picture, sign * 0.3 * m / 10, options),
  TranslateXRel: (picture, m, sign, options) =>
    moveLeft(picture, sign * 0.45 * m / 10 * picture.width, options),
  TranslateYRel: (picture, m, sign, options) =>
    moveUp(picture, sign * 0.45 * m / 10 * picture.height, options),
};

/** torchvision's operations, whose magnitudes go to 30 (`autoaugment.py`, `_augmentation_space`). */
export const torchvisionOperations: Readonly<Record<string, AugmentOperation>> = {
  Identity: (picture) => picture,
  ShearX: (picture, m, sign, options) => shearX(picture, sign * 0.3 * m / 30, options),
  ShearY: (picture, m, sign, options) => shearY(picture, sign * 0.3 * m / 30, options),
  TranslateX: (picture, m, sign, options) =>
    moveLeft(picture, -sign * Math.floor(150 / 331 * picture.width * m / 30), options),
  TranslateY: (picture, m, sign, options) =>
    moveUp(picture, -sign * Math.floor(150 / 331 * picture.height * m / 30), options),
  Rotate: (picture, m, sign, options) => rotate(picture, sign * 30 * m / 30, options),
  Brightness: around1(brightness, 0.9, 30),
  Color: around1(colour, 0.9, 30),
  Contrast: around1(contrast, 0.9, 30),
  Sharpness: around1(sharpness, 0.9, 30),
  Posterize: (picture, m) => posterize(picture, 8 - halfToEven(m / 7.5)),
  Solarize: (picture, m) => solarize(picture, 255 - 255 * m / 30),
  AutoContrast: (picture) => autoContrast(picture),
  Equalize: (picture) => equalize(picture),
};

/** What differs between the families besides the operations. */
const families: Readonly<
  Record<
    RandAugment["family"],
    {
      readonly operations: readonly AugmentOperation[];
      readonly probability: number;
      readonly top: number;
      readonly resampling: Resampling;
      readonly filled: boolean;
    }
  >
> = {
  timm: {
    operations: Object.values(timmOperations),
    ...{ probability: 0.5, top: 10, resampling: "bicubic", filled: true },
  },
  torchvision: {
    operations: Object.values(torchvisionOperations),
    ...{ probability: 1, top: 30, resampling: "nearest", filled: false },
  },
};

/** Random numbers that one operation takes. */
const draws = 5;

/**
 * Applies RandAugment to each picture of a batch.
 *
 * @param pictures The pictures.
 * @param settings Which operations, and how strong.
 * @param mean The data's mean colour, a level a channel, with which timm fills what comes from outside; torchvision's
 * fill is black.
 * @param key The seed and the step: equal ones give equal pictures.
 */
export function randAugment(
  pictures: readonly Picture[],
  { family, operations: count, magnitude, deviation = 0 }: RandAugment,
  mean: readonly number[],
  key: Omit<RandomKey, "stream">,
): Picture[] {
  const { operations, probability, top, resampling, filled } = families[family];
  const options = { resampling, fill: filled ? mean : mean.map(() => 0) };
  const numbers = uniform({ ...key, stream: "rand-augment" }, pictures.length * count * draws);
  return pictures.map((picture, place) => {
    let changed = picture;
    for (let turn = 0; turn < count; turn++) {
      const at = (place * count + turn) * draws;
      const [which, whether, way, radius, angle] = numbers.subarray(at, at + draws) as unknown as Draws;
      if (whether >= probability) continue;
      const normal = Math.sqrt(-2 * Math.log(1 - radius)) * Math.cos(2 * Math.PI * angle);
      const strength = Math.min(Math.max(magnitude + deviation * normal, 0), top);
      const operation = operations[Math.floor(which * operations.length)]!;
      changed = operation(changed, strength, way < 0.5 ? 1 : -1, options);
    }
    return changed;
  });
}

type Draws = [which: number, whether: number, way: number, radius: number, angle: number];

/** The nearest whole number, halves to the even one, as PyTorch rounds. */
function halfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest < 0.5 || rest === 0.5 && below % 2 === 0 ? below : below + 1;
}
