/**
 * The masked autoencoders of the official program, and how it counts their parameters.
 *
 * @module
 */
import type { CrateMaeConfig } from "./crate_mae.ts";
import type { MaeConfig } from "./mae.ts";
import { countParameters, type ParameterSpecs } from "./parameters.ts";

/** Names of the official sizes of CRATE-MAE. */
export type CrateMaeSize = "tiny" | "small" | "base" | "large";

/** The official configurations of CRATE-MAE: images of 224² with 3 channels in patches of 16², η = 0.1, λ = 0.5. */
export const crateMaeSizes: Readonly<Record<CrateMaeSize, CrateMaeConfig>> = {
  tiny: official(384, 12, 6),
  small: official(576, 12, 12),
  base: official(768, 12, 12),
  large: official(1024, 24, 16),
};

/** The ViT-MAE of the official program that it compares CRATE-MAE-Base with. */
export const vitMaeBase: MaeConfig = {
  ...{ side: 224, channels: 3, patch: 16, width: 768, depth: 12, heads: 12 },
  ...{ decoderDepth: 8, decoderHeads: 16, targets: "pixels" },
};

function official(width: number, depth: number, heads: number): CrateMaeConfig {
  return {
    ...{ side: 224, channels: 3, patch: 16, width, depth, heads },
    ...{ decoderDepth: depth, decoderHeads: heads, targets: "pixels", step: 0.1, sparsity: 0.5 },
  };
}

/** How many parameters the official program has. */
export interface OfficialCounts {
  /** Those that could be trained. */
  readonly trainable: number;
  /** Those, and the fixed tables of positions: what papers print. */
  readonly all: number;
}

/**
 * Counts parameters as the official program has them: it keeps a linear map from encoder to decoder that nothing uses, and
 * two tables of positions, one of them unused too.
 */
export function officialCounts({ side, patch, width }: MaeConfig, specs: ParameterSpecs): OfficialCounts {
  const trainable = countParameters(specs) + width * width + width;
  const tokens = 1 + (side / patch) ** 2;
  return { trainable, all: trainable + 2 * tokens * width };
}
