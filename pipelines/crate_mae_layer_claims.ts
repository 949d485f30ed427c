/**
 * What the CRATE-MAE paper claims of its layers: that the decoder runs the encoder backwards.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above, below } from "../lib/claim/expectation.ts";
import { difference, metric } from "../lib/claim/measure.ts";
import { type CrateMaeEvidence, type Run, tooSmall } from "./crate_mae_evidence.ts";

/** Claims of coding rates and sparsity by layer (M5), and of layers that mirror each other (M6). */
export function layerClaims({ seeds }: CrateMaeEvidence, { name }: Run): readonly Claim[] {
  const trained = seeds.map(({ layers }) => layers.trained);
  const untrained = seeds.map(({ layers }) => layers.untrained);
  const common = { source: "Fig. 4", evidence: "second-hand", ...tooSmall(name) } as const;
  const beyond = { source: "none", extension: true, ...tooSmall(name) } as const;
  const rank = "rank correlation with depth";
  return [
    claim({
      id: "M5a",
      ...common,
      says: "the encoder's coding rate R^c falls with depth",
      measure: metric(trained, "encoder.rateTrend"),
      expect: below(0),
      note: `${rank} of R^c after MSSA, of projections scaled to norm 1`,
    }),
    claim({
      id: "M5b",
      ...common,
      says: "the decoder's coding rate R^c rises with depth",
      measure: metric(trained, "decoder.rateTrend"),
      expect: above(0),
      note: `${rank} of R^c before MSSA, where the layer mirrors the encoder's`,
    }),
    claim({
      id: "M5c",
      ...common,
      says: "the encoder's tokens get sparser with depth",
      measure: metric(trained, "encoder.nonZeroTrend"),
      expect: below(0),
      note: `${rank} of the share of non-zeros after ISTA`,
    }),
    claim({
      id: "M5a*",
      ...beyond,
      says: "it is training that makes the encoder's rate fall",
      measure: difference(trained, untrained, "encoder.rateChange"),
      expect: below(0),
      note: "from the first layer to the last; the same change before training is taken off",
    }),
    claim({
      id: "M5b*",
      ...beyond,
      says: "it is training that makes the decoder's rate rise",
      measure: difference(trained, untrained, "decoder.rateChange"),
      expect: above(0),
    }),
    claim({
      id: "M5c*",
      ...beyond,
      says: "it is training that makes tokens sparser with depth",
      measure: difference(trained, untrained, "encoder.nonZeroChange"),
      expect: below(0),
    }),
    claim({
      id: "M6",
      source: "Section 3.2",
      evidence: "reconstructed",
      ...tooSmall(name),
      says: "layers of the decoder mirror those of the encoder",
      measure: metric(trained, "beyond"),
      expect: above(0),
      note:
        "CKA of a layer's input in the encoder with the output of its mirror in the decoder, less that of other pairs; " +
        "patches' tokens, whole images",
    }),
    claim({
      id: "M6*",
      ...beyond,
      says: "it is training that makes them mirror each other",
      measure: difference(trained, untrained, "beyond"),
      expect: above(0),
    }),
  ];
}
