/**
 * Frozen features of images: random filters, rectified, pooled and whitened. They stand in for the pretrained network under
 * whose features the paper trains a linear head, and are made on images that no client has.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Images } from "../data/labelled.ts";
import { normal } from "../data/random.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import { type Tensor, tensor } from "../tensor/array.ts";
import { symmetricEigen64 } from "../tensor/linalg64.ts";

const Count = Schema.Int.check(Schema.isGreaterThan(0));

/** The form of a feature map. */
export const FeatureMap = Schema.Struct({
  /** How many filters. */
  filters: Count,
  /** The side of a filter, in pixels. */
  size: Count,
  /** How far apart filters are applied, in pixels. */
  stride: Count,
  /** How many whitened features are kept, besides a constant one. */
  features: Count,
  /** The seed of the filters. */
  seed: Schema.Int,
});

/** The form of a feature map. */
export type FeatureMap = typeof FeatureMap.Type;

/** Variance that whitening takes for noise, as a share of the greatest. */
const NOISE = 1e-4;

/**
 * Makes a feature map: filters drawn from a normal distribution, blind to brightness, and the whitening of what they find
 * in some images.
 *
 * @param images The images, no client's.
 * @returns `filters` float64 `[filters, size² · channels]`, `mean` float64 `[4 · filters]` and `whitening` float64
 * `[features, 4 · filters]`.
 */
export function makeFeatureMap(images: Images, map: FeatureMap): Checkpoint {
  const length = map.size ** 2 * images.channels;
  const filters = normal({ seed: map.seed, stream: "features/filters" }, map.filters * length);
  for (let filter = 0; filter < map.filters; filter++) {
    const row = filters.subarray(filter * length, (filter + 1) * length);
    const mean = row.reduce((sum, weight) => sum + weight, 0) / length;
    row.forEach((weight, i) => row[i] = (weight - mean) / Math.sqrt(length));
  }
  const found = pooled(images, { ...map, weights: filters });
  const width = 4 * map.filters;
  const mean = new Float64Array(width);
  for (let i = 0; i < found.length; i++) mean[i % width]! += found[i]! / images.count;
  const covariance = new Float64Array(width ** 2);
  const centred = new Float64Array(width);
  for (let image = 0; image < images.count; image++) {
    for (let i = 0; i < width; i++) centred[i] = found[image * width + i]! - mean[i]!;
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        covariance[i * width + j]! += centred[i]! * centred[j]! / images.count;
      }
    }
  }
  const { values, vectors } = symmetricEigen64({ rows: width, columns: width, data: covariance });
  const kept = Math.min(map.features, width);
  const whitening = new Float64Array(kept * width);
  for (let feature = 0; feature < kept; feature++) {
    const column = width - 1 - feature;
    const scale = 1 / Math.sqrt(values[column]! + NOISE * values[width - 1]!);
    for (let i = 0; i < width; i++) {
      whitening[feature * width + i] = scale * vectors.data[i * width + column]!;
    }
  }
  return {
    about: { ...map, features: kept, channels: images.channels },
    tensors: {
      filters: tensor("float64", [map.filters, length], filters),
      mean: tensor("float64", [width], mean),
      whitening: tensor("float64", [kept, width], whitening),
    },
  };
}

const About = Schema.Struct({ filters: Count, size: Count, stride: Count, features: Count });

/**
 * The features of some images, each row of squared length about 2: half of it the whitened features, half a constant.
 *
 * @param map A feature map that {@linkcode makeFeatureMap} made.
 * @returns float32 `[count, features + 1]`.
 */
export function applyFeatureMap(images: Images, { about, tensors }: Checkpoint): Tensor {
  const { filters: count, size, stride, features } = Schema.decodeUnknownSync(About)({
    filters: about.filters,
    size: about.size,
    stride: about.stride,
    features: about.features,
  });
  const [weights, mean, whitening] = ["filters", "mean", "whitening"].map((name) =>
    tensors[name]!.data as Float64Array
  ) as [Float64Array, Float64Array, Float64Array];
  const found = pooled(images, { filters: count, size, stride, weights });
  const width = 4 * count;
  const rows = new Float32Array(images.count * (features + 1));
  for (let image = 0; image < images.count; image++) {
    for (let feature = 0; feature < features; feature++) {
      let sum = 0;
      for (let i = 0; i < width; i++) {
        sum += whitening[feature * width + i]! * (found[image * width + i]! - mean[i]!);
      }
      rows[image * (features + 1) + feature] = sum / Math.sqrt(features);
    }
    rows[image * (features + 1) + features] = 1;
  }
  return tensor("float32", [images.count, features + 1], rows);
}

/** What filters find, rectified and averaged over each quarter of an image: `[count, 4 · filters]`. */
function pooled(
  { count, height, width, channels, data }: Images,
  { filters, size, stride, weights }: Pick<FeatureMap, "filters" | "size" | "stride"> & {
    readonly weights: Float64Array;
  },
): Float64Array {
  const [rows, columns] = [height, width].map((side) => Math.floor((side - size) / stride) + 1) as [
    number,
    number,
  ];
  const length = size ** 2 * channels;
  const out = new Float64Array(count * 4 * filters);
  const patch = new Float64Array(length);
  for (let image = 0; image < count; image++) {
    const start = image * height * width * channels;
    const sizes = [0, 0, 0, 0];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const quarter = 2 * Number(2 * row >= rows) + Number(2 * column >= columns);
        sizes[quarter]! += 1;
        let place = 0;
        for (let y = 0; y < size; y++) {
          const from = start + ((row * stride + y) * width + column * stride) * channels;
          for (let x = 0; x < size * channels; x++) patch[place++] = data[from + x]! / 255;
        }
        const at = image * 4 * filters + quarter * filters;
        for (let filter = 0; filter < filters; filter++) {
          let sum = 0;
          for (let i = 0; i < length; i++) sum += weights[filter * length + i]! * patch[i]!;
          if (sum > 0) out[at + filter]! += sum;
        }
      }
    }
    sizes.forEach((places, quarter) => {
      const at = image * 4 * filters + quarter * filters;
      for (let filter = 0; filter < filters; filter++) out[at + filter]! /= Math.max(1, places);
    });
  }
  return out;
}
