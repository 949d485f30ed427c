/**
 * Previews: what an artifact holds, in a few lines.
 *
 * @module
 */
import type { Json } from "../../dag/canonical.ts";
import type { Kind, Parts } from "../../dag/kind.ts";
import { Checkpoint } from "../../kinds/checkpoint.ts";
import { Dataset } from "../../kinds/dataset.ts";
import { Figure } from "../../kinds/figure.ts";
import { Metrics } from "../../kinds/metrics.ts";
import { Table } from "../../kinds/table.ts";
import { Text } from "../../kinds/text.ts";
import { count } from "../../report/number.ts";
import type { Tensor } from "../../tensor/array.ts";
import { previewTable } from "./table_preview.ts";

/** How many lines a preview takes at most. */
const LINES = 24;

/**
 * Reads an artifact and says what is in it; undefined for a kind that only its own pipeline knows.
 *
 * @param kind The kind's name.
 * @param parts The artifact's bytes.
 * @param columns How wide a line may be where that can be chosen.
 */
export function preview(kind: string, parts: Parts, columns: number): readonly string[] | undefined {
  const lines = previews[kind]?.(parts, columns);
  if (lines === undefined || lines.length <= LINES) return lines;
  return [...lines.slice(0, LINES), `… ${count(lines.length - LINES, "more line")}`];
}

type Preview<Value> = (value: Value, columns: number) => readonly string[];

const previews: Readonly<Record<string, Preview<Parts>>> = Object.fromEntries([
  of(Dataset, ({ about, tensors }) => [...facts(about), ...shapes(tensors)]),
  of(Checkpoint, ({ about, tensors }) => [...facts(about), ...shapes(tensors)]),
  of(Metrics, (metrics) => JSON.stringify(metrics, null, 2).split("\n")),
  of(Figure, ({ title, caption, svg }) => [title, caption, `${count(svg.length, "character")} of SVG`]),
  of(Text, ({ text }) => text.split("\n")),
  of(Table, previewTable),
]);

function of<Value>(
  kind: Kind<string, Value>,
  lines: Preview<Value>,
): readonly [string, Preview<Parts>] {
  return [kind.name, (parts, columns) => lines(kind.decode(parts), columns)];
}

function facts(about: Readonly<Record<string, Json>>): readonly string[] {
  return Object.entries(about).map(([name, value]) => {
    const text = JSON.stringify(value);
    return `${name} ${text.length > 80 ? `${text.slice(0, 79)}…` : text}`;
  });
}

function shapes(tensors: Readonly<Record<string, Tensor>>): readonly string[] {
  return Object.entries(tensors).map(([name, { dtype, shape }]) => `${name}  ${dtype} [${shape.join(", ")}]`);
}
