import { assertEquals, assertThrows } from "@std/assert";
import type { Kind } from "../../lib/dag/kind.ts";
import { FormatError } from "../../lib/data/formats/format_error.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Table } from "../../lib/kinds/table.ts";
import { Text } from "../../lib/kinds/text.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { encodeSafetensors } from "../../lib/tensor/safetensors.ts";
import { readOrRefuse, truncations } from "../data/formats/mutations.ts";

const dataset: Dataset = {
  about: { name: "CIFAR-10 (JPEG q75)", split: "train", classes: ["cat", "dog"] },
  tensors: { images: tensor("uint8", [1, 1, 2, 1], [0, 255]), labels: tensor("int32", [1], [1]) },
};
const checkpoint: Checkpoint = {
  about: { seed: 3 },
  tensors: { "blocks.0.weight": tensor("float32", [2], [0.5, -0]) },
};
const metrics: Metrics = { accuracy: 0.5, byLayer: [1, 2], unknown: null };
const table: Table = { columns: { tokens: [1, null], attention: ["tssa", "softmax"] } };
const figure: Figure = {
  title: "Does it grow?",
  caption: "It does.",
  svg: "<svg xmlns='http://www.w3.org/2000/svg'/>",
};
const text: Text = { text: "\ufeffé\r\n" };

const examples: readonly [Kind, unknown, parts: string[]][] = [
  [Dataset, dataset, ["dataset.safetensors"]],
  [Checkpoint, checkpoint, ["checkpoint.safetensors"]],
  [Metrics, metrics, ["metrics.json"]],
  [Table, table, ["table.arrow"]],
  [Figure, figure, ["about.json", "figure.svg"]],
  [Text, text, ["text.txt"]],
];

for (const [kind, value, names] of examples) {
  Deno.test(`${kind.name}: what is encoded comes back, in equal bytes each time`, () => {
    const parts = kind.encode(value);
    assertEquals(Object.keys(parts).sort(), names);
    assertEquals(kind.decode(parts), value);
    assertEquals(kind.encode(structuredClone(value)), parts);
    assertEquals(kind.encode(kind.decode(parts)), parts);
  });

  Deno.test(`${kind.name}: parts that are missing, or one too many, are refused`, () => {
    assertThrows(() => kind.decode({}), FormatError, `Malformed ${kind.name} at its parts: expected `);
    assertThrows(() => kind.decode({ ...kind.encode(value), more: new Uint8Array() }), FormatError, "more");
  });

  Deno.test(`${kind.name}: truncated parts are refused or read, never worse`, () => {
    const parts = kind.encode(value);
    for (const name of names) {
      for (const [what, bytes] of truncations(parts[name]!)) {
        readOrRefuse(what, () => kind.decode({ ...parts, [name]: bytes }));
      }
    }
  });
}

Deno.test("metrics: NaN is refused by its path", () => {
  assertThrows(
    () => Metrics.encode({ loss: [1, Infinity] }),
    TypeError,
    "loss[1] is Infinity, which JSON cannot hold",
  );
});

Deno.test("metrics: a list is refused", () => {
  const list = new TextEncoder().encode("[1]");
  assertThrows(
    () => Metrics.decode({ "metrics.json": list }),
    FormatError,
    "expected a JSON object, found [1].",
  );
});

Deno.test("dataset: facts without a name or a split are refused", () => {
  const parts = Dataset.encode({ ...dataset, about: { name: "MNIST" } as never });
  assertThrows(
    () => Dataset.decode(parts),
    FormatError,
    "Malformed dataset at about: expected a name and a split",
  );
});

Deno.test("checkpoint: -0 and NaN keep their bits", () => {
  const odd: Checkpoint = { about: {}, tensors: { w: tensor("float32", [2], [-0, NaN]) } };
  assertEquals(Checkpoint.decode(Checkpoint.encode(odd)).tensors.w!.data, Float32Array.of(-0, NaN));
});

Deno.test("figure: words without a title or a caption are refused", () => {
  const parts = {
    ...Figure.encode(figure),
    "about.json": new TextEncoder().encode(`{"title":"Does it grow?"}`),
  };
  assertThrows(
    () => Figure.decode(parts),
    FormatError,
    "Malformed figure at about.json: expected a title and a caption",
  );
});

Deno.test("checkpoint: tensors without facts, or with facts that are no object, are refused", () => {
  const decode = (metadata: Record<string, string>) => () =>
    Checkpoint.decode({ "checkpoint.safetensors": encodeSafetensors({ metadata, tensors: {} }) });
  assertThrows(
    decode({ made: "elsewhere" }),
    FormatError,
    "at __metadata__: expected the entry about, found made.",
  );
  assertThrows(
    decode({ about: "[]" }),
    FormatError,
    "Malformed checkpoint at about: expected a JSON object, found [].",
  );
  assertThrows(
    decode({ about: "{" }),
    FormatError,
    "Malformed checkpoint about at character 1: expected JSON",
  );
});
