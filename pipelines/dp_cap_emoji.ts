/**
 * DP-Cap on emoji with their names: pictures that people drew, and far too few of them for privacy.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { above } from "../lib/claim/expectation.ts";
import { difference } from "../lib/claim/measure.ts";
import { noiseFor } from "../lib/stats/privacy/noise.ts";
import { captionerProbe } from "../tasks/evaluate/captioner_probe.ts";
import { loadCaptionedEmoji } from "../tasks/load/captioned_emoji.ts";
import { initialCaptioner } from "../tasks/train/initial_captioner.ts";
import { trainPrivateCaptioner } from "../tasks/train/private_captioner.ts";
import type { Measured } from "./dp_cap_evidence.ts";
import type { DpCapPreset } from "./dp_cap_presets.ts";
import { readable } from "./dp_cap_runs.ts";

/** Emoji to train on: four of five, in all their skin tones. */
const EXAMPLES = 3039;

/** Probes of captioners of emoji, one for each seed. */
export interface EmojiEvidence {
  readonly random: readonly Measured[];
  readonly infinite: readonly Measured[];
  readonly eight: readonly Measured[];
}

/** Trains captioners of emoji without noise and at ε = 8, and probes what they make of emoji that they never saw. */
export function emojiEvidence(
  { emoji, recipe, physical, probing }: DpCapPreset,
  seeds: readonly number[],
): EmojiEvidence | undefined {
  if (emoji === undefined) return undefined;
  const own = { ...recipe, ...emoji.recipe, physical };
  const noise = readable(
    noiseFor({ rate: own.batch / EXAMPLES, steps: own.steps, epsilon: 8, delta: 1 / EXAMPLES }),
  );
  const known = loadCaptionedEmoji({ split: "train" }, {});
  const test = loadCaptionedEmoji({ split: "test" }, {});
  const probes = seeds.map((seed) => {
    const start = initialCaptioner({ net: emoji.net, seed }, { pretrained: [] });
    const probe = (model: typeof start) => captionerProbe({ ...probing, seed: 0 }, { model, known, test });
    const trained = (noise: number) => trainPrivateCaptioner({ ...own, noise, seed }, { start, data: known });
    return { random: probe(start), infinite: probe(trained(0)), eight: probe(trained(noise)) };
  });
  return {
    random: probes.map(({ random }) => random),
    infinite: probes.map(({ infinite }) => infinite),
    eight: probes.map(({ eight }) => eight),
  };
}

/** Claims on emoji, which the paper has not. */
export function emojiClaims(evidence: EmojiEvidence | undefined): readonly Claim[] {
  const better = (run: "infinite" | "eight") =>
    evidence === undefined
      ? { outOfScale: "emoji are in the laptop preset" }
      : { measure: difference(evidence[run], evidence.random, "full", 100) };
  const shared = { source: "none", extension: true, expect: above(0), unit: "points" } as const;
  return [
    claim({
      ...shared,
      id: "E1",
      says: "emoji's names teach features of emoji, without noise",
      note:
        "full probe of nine categories on emoji not trained on, against a random captioner; Twemoji, not photographs",
      ...better("infinite"),
    }),
    claim({
      ...shared,
      id: "E2",
      says: "and at ε = 8, though there are only 3,039 pictures",
      ...better("eight"),
    }),
  ];
}
