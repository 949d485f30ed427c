import type { Node } from "../lib/dag/node.ts";
import type { ScaffPdEvidence } from "./scaff_pd_claims.ts";
import type { ScaffPdPreset } from "./scaff_pd_presets.ts";
/** x */
export function scaffPdFigures(_: ScaffPdEvidence, __: ScaffPdPreset): readonly Node[] {
  return [];
}
