/**
 * ToST, the Token Statistics Transformer (arXiv 2412.17810), as an image classifier.
 *
 * The attention is in `tssa.ts`, the skeleton around it in `vision.ts`.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Network } from "./network.ts";
import { tssa } from "./tssa.ts";
import { visionChecks, VisionConfig, visionNetwork } from "./vision.ts";

/** The configuration of ToST: the skeleton's, and which form of TSSA. */
export const TostConfig = Schema.Struct({
  ...VisionConfig.fields,
  /** TSSA as the authors' program has it, or as the paper's equations have it. */
  form: Schema.Literals(["code", "paper"]),
}).check(...visionChecks);

/** The configuration of ToST: the skeleton's, and which form of TSSA. */
export type TostConfig = typeof TostConfig.Type;

/** ToST. A probe sees each block's `tokens` [B, n, d], `projections` [B, h, n, p] and `memberships` [B, h, n]. */
export const tost: Network<TostConfig> = visionNetwork("tost", TostConfig, tssa);
