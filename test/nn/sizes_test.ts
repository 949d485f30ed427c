import { assertEquals } from "@std/assert";
import { crate } from "../../lib/nn/crate.ts";
import { crateGpt2Base, crateLanguage } from "../../lib/nn/crate_language.ts";
import { crateMhsa } from "../../lib/nn/crate_mhsa.ts";
import { crateMlp } from "../../lib/nn/crate_mlp.ts";
import { type CrateSize, crateSizes } from "../../lib/nn/crate_sizes.ts";
import { countWithoutPositions, type LanguageSize, languageSizes } from "../../lib/nn/language_sizes.ts";
import { countParameters } from "../../lib/nn/parameters.ts";
import { softmaxLanguage } from "../../lib/nn/softmax_language.ts";
import { softmaxTwin } from "../../lib/nn/softmax_twin.ts";
import { tost } from "../../lib/nn/tost.ts";
import { tostLanguage } from "../../lib/nn/tost_language.ts";
import { type TostSize, tostSizes } from "../../lib/nn/tost_sizes.ts";
import { vit } from "../../lib/nn/vit.ts";
import { type VitSize, vitSizes } from "../../lib/nn/vit_sizes.ts";

// Counts of the official programs' trainable parameters.
const vision: Partial<Record<TostSize, { tost: number; twin?: number }>> = {
  "T12/16": { tost: 5_769_328, twin: 6_658_624 },
  "S12/16": { tost: 22_589_944, twin: 26_138_008 },
  "M24/16": { tost: 71_481_064, twin: 84_088_360 },
  "T24/16": { tost: 10_223_008 },
  "S24/16": { tost: 40_344_664 },
  "L24/16": { tost: 160_286_920 },
  "T12/8": { tost: 5_759_560 },
  "S12/8": { tost: 22_549_672 },
  "M24/8": { tost: 71_408_936 },
};

for (const [size, expected] of Object.entries(vision) as [TostSize, { tost: number; twin?: number }][]) {
  Deno.test(`tost.specs() of ${size} counts ${expected.tost} parameters`, () => {
    assertEquals(countParameters(tost.specs(tostSizes[size])), expected.tost);
    if (expected.twin !== undefined) {
      assertEquals(countParameters(softmaxTwin.specs(tostSizes[size])), expected.twin);
    }
  });
}

const crates: Partial<
  Record<CrateSize, readonly [classes1000: number, classes10: number, classes100: number]>
> = {
  "T/16": [6_090_856, 5_709_706, 5_744_356],
  "S/16": [13_116_328, 12_545_098, 12_597_028],
  "B/16": [22_796_008, 22_034_698, 22_103_908],
  "L/16": [77_641_192, 76_626_442, 76_718_692],
};

for (const [size, expected] of Object.entries(crates) as [CrateSize, readonly number[]][]) {
  Deno.test(`crate.specs() of ${size} counts ${expected[0]} parameters`, () => {
    const counts = [1000, 10, 100].map((classes) =>
      countParameters(crate.specs({ ...crateSizes[size], classes }))
    );
    assertEquals(counts, expected as number[]);
  });
}

Deno.test("crate.specs() counts the networks with patch 8 and 21842 classes", () => {
  const count = (size: CrateSize) => countParameters(crate.specs(crateSizes[size]));
  assertEquals([count("T/8"), count("S/8"), count("B/8")], [5_743_250, 14_118_482, 38_831_570]);
});

// Counts by timm.
const vits: Record<VitSize, number> = {
  "T/16": 5_717_416,
  "S/16": 22_050_664,
  "B/16": 86_567_656,
  "L/16": 304_326_632,
};

for (const [size, expected] of Object.entries(vits) as [VitSize, number][]) {
  Deno.test(`vit.specs() of ${size} counts ${expected} parameters`, () => {
    assertEquals(countParameters(vit.specs(vitSizes[size])), expected);
  });
}

Deno.test("the variants of CRATE differ from it by what they put in its place", () => {
  const { step: _, sparsity: __, output: ___, prox: ____, ...shell } = crateSizes["S/8"];
  const d = shell.width;
  const crateCount = countParameters(crate.specs(crateSizes["S/8"]));
  // A perceptron of 8 d² + 5 d for the dictionary's d².
  assertEquals(countParameters(crateMlp.specs(shell)), crateCount + 12 * (7 * d ** 2 + 5 * d));
  // Queries, keys and values of 3 d² + 3 d for the projection's d².
  const mhsa = countParameters(crateMhsa.specs({ ...shell, step: 0.1, sparsity: 0.1 }));
  assertEquals(mhsa, crateCount + 12 * (2 * d ** 2 + 3 * d));
  // A scalar for the output map's d² + d.
  const tied = countParameters(crate.specs({ ...crateSizes["S/8"], output: "tied" }));
  assertEquals(tied, crateCount - 12 * (d ** 2 + d - 1));
});

Deno.test("crateLanguage.specs() counts the 60,699,648 parameters of the official program", () => {
  assertEquals(countParameters(crateLanguage.specs(crateGpt2Base)), 60_699_648);
});

// TSSA without and with the table of positions, and the softmax model without.
const languages: Record<LanguageSize, { tssa: number; all?: number; softmax: number }> = {
  base: { tssa: 109_597_584, all: 110_384_016, softmax: 123_605_760 },
  medium: { tssa: 303_662_464, all: 304_711_040, softmax: 353_600_512 },
  large: { tssa: 655_136_720, all: 656_447_440, softmax: 772_363_520 },
  "shakespeare-characters": { tssa: 8_891_172, softmax: 10_651_392 },
};

for (
  const [size, expected] of Object.entries(languages) as [
    LanguageSize,
    { tssa: number; all?: number; softmax: number },
  ][]
) {
  Deno.test(`tostLanguage.specs() of ${size} counts ${expected.tssa} parameters`, () => {
    const specs = tostLanguage.specs(languageSizes[size]);
    assertEquals(countWithoutPositions(specs), expected.tssa);
    if (expected.all !== undefined) assertEquals(countParameters(specs), expected.all);
    assertEquals(countWithoutPositions(softmaxLanguage.specs(languageSizes[size])), expected.softmax);
  });
}
