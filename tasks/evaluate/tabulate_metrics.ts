import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Table } from "../../lib/kinds/table.ts";
import { tabulate } from "../../lib/stats/tabulate.ts";

const Label = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean]);

/** Gathers metrics into a table, one row a measurement: its labels, and what was measured. */
export const tabulateMetrics = task({
  name: "tabulate-metrics",
  about: "Gathers metrics into a table, one row a measurement.",
  params: Schema.Struct({
    columns: Schema.Array(Schema.String),
    labels: Schema.Array(Schema.Record(Schema.String, Label)),
  }),
  inputs: { measured: many(Metrics) },
  output: Table,
  light: true,
  run: ({ params: { columns, labels }, inputs: { measured } }) =>
    Effect.try({ try: () => tabulate(columns, labels, measured), catch: (error) => error }),
});
