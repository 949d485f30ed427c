/**
 * What the layers of masked autoencoders do to tokens, layer by layer: how the decoder mirrors the encoder.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import type { MaeConfig, MaskedAutoencoder } from "../nn/mae.ts";
import type { Activations } from "../nn/network.ts";
import { normaliseImages } from "../nn/normalisation.ts";
import { centred, linearCka } from "../stats/cka.ts";
import { spearman } from "../stats/order.ts";
import type { Matrix64 } from "../tensor/linalg64.ts";
import { tf } from "../tensor/native.ts";
import type { Arrays, Tensors } from "../tensor/tensors.ts";
import { autoencoderIn, firstPixels } from "./autoencoder_images.ts";
import { computeInBatches } from "./batches.ts";
import { greatestCodingRate, shareAboveZero, unitCodingRate } from "./compression.ts";

/** Images looked at at a time. */
const BATCH = 50;

/**
 * Measures every layer of a masked autoencoder on whole images.
 *
 * Needs TensorFlow to be loaded. Fails when the images do not fit the network, or the checkpoint is another's.
 *
 * @param count How many images, at most.
 * @returns For `encoder` and `decoder`, by layer, as means over images with the class token: `rateOfInput`, R^c of what
 * attention projects, which is what the official program measures, as a share of its greatest value. Where layers are
 * CRATE-MAE's, `rate`, R^c where the layers of encoder and decoder mirror each other, between their two halves: of
 * LN(Z^{ℓ+½}) U_k and of LN(Y^{ℓ+½}) V_k; and `nonZero` of the encoder, the share of non-zero values of Z^{ℓ+1}. Of each
 * curve its `…Change` from the first layer to the last, and its rank correlation with depth, `…Trend`.
 *
 * Of the patches: `cka`, the CKA of every layer's input in the encoder (a row) with every layer's output in the decoder;
 * `mirrored`, the mean of those that mirror each other, the first and the last and so on; `others`, the mean of the rest,
 * which is what random pairs have; and `beyond`, their difference. Only where encoder and decoder are as deep.
 */
export const measureMaeLayers = Effect.fnUntraced(function* <Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  checkpoint: Checkpoint,
  data: Dataset,
  count: number,
): Effect.fn.Return<Metrics, unknown, Running> {
  const saved = yield* autoencoderIn(network, checkpoint);
  const { depth, decoderDepth } = saved.config;
  const images = yield* firstPixels(saved.config, data, count);
  const found = yield* computeInBatches({
    parameters: saved.parameters,
    examples: { images },
    size: BATCH,
    compute: (parameters, { images }) => {
      const seen: Record<string, Tensors[string]> = {};
      network.forward(parameters, normaliseImages(images!, saved.normalisation), saved.config, {
        probe: (index, activations) => {
          const inDecoder = index >= depth;
          const layer = inDecoder ? index - depth : index;
          Object.assign(
            seen,
            inDecoder ? seenInDecoder(layer, activations) : seenInEncoder(layer, activations),
          );
        },
      });
      return seen;
    },
  });
  const curves = (part: string, layers: number, names: readonly string[]): Metrics =>
    Object.assign(
      {},
      ...names.filter((name) => `${part}.${name}.0` in found).map((name) =>
        described(
          name,
          Array.from({ length: layers }, (_, layer) => mean(found[`${part}.${name}.${layer}`]!.data)),
        )
      ),
    );
  return {
    encoder: curves("encoder", depth, ["rateOfInput", "rate", "nonZero"]),
    decoder: curves("decoder", decoderDepth, ["rateOfInput", "rate"]),
    ...(depth === decoderDepth ? likeness(found, depth) : {}),
    data: data.about.name,
    images: images.shape[0]!,
  };
});

/** What is kept of a layer of the encoder. ViT's has no subspaces, and nothing that is sparse. */
function seenInEncoder(layer: number, activations: Activations): Tensors {
  const { tokens, projections, compressedProjections, sparse } = activations;
  return {
    [`encoder.rateOfInput.${layer}`]: shareOfGreatest(projections!),
    ...(compressedProjections === undefined ? {} : {
      [`encoder.rate.${layer}`]: shareOfGreatest(compressedProjections),
      [`encoder.nonZero.${layer}`]: shareAboveZero(sparse!),
    }),
    [`in.${layer}`]: patchesOf(tokens!),
  };
}

/** What is kept of a layer of the decoder. CRATE-MAE's attention projects the tokens between the layer's halves. */
function seenInDecoder(layer: number, { projections, expanded, sparse }: Activations): Tensors {
  const rate = shareOfGreatest(projections!);
  return {
    [`decoder.rateOfInput.${layer}`]: rate,
    ...(expanded === undefined ? {} : { [`decoder.rate.${layer}`]: rate }),
    [`out.${layer}`]: patchesOf(expanded ?? sparse!),
  };
}

/** Tokens without the class token. */
function patchesOf(tokens: Tensors[string]): Tensors[string] {
  return tf.slice(tokens, [0, 1, 0], [-1, -1, -1]);
}

function shareOfGreatest(projections: Tensors[string]): Tensors[string] {
  const [, heads, count, width] = projections.shape as [number, number, number, number];
  return tf.div(unitCodingRate(projections), greatestCodingRate(heads, count, width));
}

/** CKA of the encoder's inputs with the decoder's outputs. */
function likeness(found: Arrays, depth: number): Metrics {
  const layers = Array.from({ length: depth }, (_, layer) => layer);
  const tokens = (name: string) => layers.map((layer) => centred(rowsOf(found[`${name}.${layer}`]!)));
  const [inputs, outputs] = [tokens("in"), tokens("out")];
  const cka = inputs.map((input) => outputs.map((output) => linearCka(input, output)));
  const pairs = cka.flatMap((row, input) =>
    row.map((value, output) => ({ value, mirror: input + output === depth - 1 }))
  );
  const meanWhere = (mirror: boolean) =>
    mean(pairs.filter((pair) => pair.mirror === mirror).map(({ value }) => value));
  const mirrored = meanWhere(true);
  const others = depth === 1 ? mirrored : meanWhere(false);
  return { cka, mirrored, others, beyond: mirrored - others };
}

/** Tokens [images, n, d] as a matrix with a row for each. */
function rowsOf({ shape, data }: Arrays[string]): Matrix64 {
  const columns = shape[2]!;
  return { rows: data.length / columns, columns, data: Float64Array.from(data as Float32Array) };
}

function described(name: string, curve: readonly number[]): Metrics {
  if (curve.length < 2) return { [name]: curve };
  return {
    [name]: curve,
    [`${name}Change`]: curve.at(-1)! - curve[0]!,
    [`${name}Trend`]: spearman(curve.map((_, layer) => layer), curve),
  };
}

function mean(values: ArrayLike<number | bigint>): number {
  return Array.from(values, Number).reduce((sum, value) => sum + value, 0) / values.length;
}
