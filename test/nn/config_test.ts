import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import * as Schema from "effect/Schema";
import { crate } from "../../lib/nn/crate.ts";
import { crateSizes } from "../../lib/nn/crate_sizes.ts";
import { LanguageConfig } from "../../lib/nn/language.ts";
import { languageSizes } from "../../lib/nn/language_sizes.ts";
import { tost } from "../../lib/nn/tost.ts";
import { tostSizes } from "../../lib/nn/tost_sizes.ts";

const refused: readonly [string, Schema.Codec<unknown, unknown>, object, string][] = [
  [
    "heads that do not divide the width",
    tost.config,
    { ...tostSizes["T12/16"], heads: 5 },
    "must divide the width, 192",
  ],
  [
    "patches that do not divide the side",
    tost.config,
    { ...tostSizes["T12/16"], patch: 9 },
    "must divide the side, 224",
  ],
  [
    "convolutions for a patch of 7",
    tost.config,
    { ...tostSizes["T12/16"], patch: 7 },
    "must be a power of 2",
  ],
  ["a width of 0", tost.config, { ...tostSizes["T12/16"], width: 0 }, "greater than 0"],
  [
    "CRATE's heads that do not divide the width",
    crate.config,
    { ...crateSizes["T/16"], heads: 7 },
    "must divide the width",
  ],
  [
    "a language model's heads",
    LanguageConfig,
    { ...languageSizes.base, heads: 7 },
    "must divide the width, 768",
  ],
];

for (const [name, schema, config, message] of refused) {
  Deno.test(`the configuration's schema refuses ${name}`, () => {
    const error = assertThrows(() => Schema.encodeUnknownSync(schema)(config));
    assertStringIncludes(String(error), message);
  });
}

Deno.test("the configuration's schema takes the official sizes", () => {
  for (const config of Object.values(tostSizes)) {
    assertEquals(Schema.encodeUnknownSync(tost.config)(config), config);
  }
  for (const config of Object.values(crateSizes)) {
    assertEquals(Schema.encodeUnknownSync(crate.config)(config), config);
  }
});
