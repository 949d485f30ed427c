/** Shows what a node made: on the screen, and a table as CSV, a figure as SVG. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Store } from "../../../lib/dag/store.ts";
import { Figure } from "../../../lib/kinds/figure.ts";
import { Metrics } from "../../../lib/kinds/metrics.ts";
import { Table } from "../../../lib/kinds/table.ts";
import { nodeRecord, overwrite, withStore } from "../../dag/store_fixture.ts";
import { assay } from "../../fixtures/assay.ts";

const table: Table = {
  columns: { network: ["tost", "softmax, its twin"], accuracy: [1 / 3, null] },
};

/** Keeps a node named `tabulate` that made a table. */
function keepTable(store: Store) {
  const output = store.putArtifact("table", Table.encode(table));
  store.writeNode(nodeRecord(store, { name: 1, task: "tabulate" }, output));
  return output;
}

Deno.test("inspect show prints a table's first rows, and with --csv all of it exactly", async () => {
  await withStore(async (store) => {
    keepTable(store);
    const [shown, csv] = await Promise.all([
      assay("inspect", "show", "tabulate", "--store", store.root),
      assay("inspect", "show", "tabulate", "--csv", "--store", store.root),
    ]);
    assertStringIncludes(
      shown.out,
      "\n  network            accuracy\n  tost                 0.3333\n  softmax, its twin         –\n",
    );
    assertEquals(csv, {
      code: 0,
      out: 'network,accuracy\ntost,0.3333333333333333\n"softmax, its twin",\n',
      err: "",
    });
  });
});

Deno.test("inspect show --csv of anything but a table, or with --json, is wrong use", async () => {
  await withStore(async (store) => {
    keepTable(store);
    const metrics = store.putArtifact("metrics", Metrics.encode({ accuracy: 0.5 }));
    const record = nodeRecord(store, { name: 2, task: "measure" }, metrics);
    store.writeNode(record);
    const [other, both] = await Promise.all([
      assay("inspect", "show", "measure", "--csv", "--store", store.root),
      assay("inspect", "show", "tabulate", "--csv", "--json", "--store", store.root),
    ]);
    assertEquals(other, {
      code: 2,
      out: "",
      err: `Only a table can be shown as CSV; what measure-${record.address.slice(0, 6)} made is of kind ` +
        "metrics.\n  Leave out --csv to see what it holds and where its files lie.\n",
    });
    assertEquals(both, { code: 2, out: "", err: "--csv and --json exclude each other.\n" });
  });
});

Deno.test("inspect show --svg prints a figure, on white, and refuses anything else", async () => {
  await withStore(async (store) => {
    keepTable(store);
    const svg = '<svg viewBox="0 0 2 2"><path d="M0,0L2,2"/></svg>\n';
    const figure = store.putArtifact("figure", Figure.encode({ title: "A line", caption: "It rises.", svg }));
    store.writeNode(nodeRecord(store, { name: 3, task: "draw" }, figure));
    const [shown, table, both] = await Promise.all([
      assay("inspect", "show", "draw", "--svg", "--store", store.root),
      assay("inspect", "show", "tabulate", "--svg", "--store", store.root),
      assay("inspect", "show", "draw", "--svg", "--json", "--store", store.root),
    ]);
    assertEquals(shown, {
      code: 0,
      out: svg.replace("<svg ", '<svg style="background:white" '),
      err: "",
    });
    assertEquals(table.code, 2);
    assertStringIncludes(table.err, "Only a figure can be shown as SVG");
    assertEquals(both, { code: 2, out: "", err: "--svg and --json exclude each other.\n" });
  });
});

Deno.test("inspect show --csv of a corrupt table says so and prints nothing", async () => {
  await withStore(async (store) => {
    overwrite(store, keepTable(store).parts["table.arrow"]!.digest, new Uint8Array(8));
    const { code, out, err } = await assay("inspect", "show", "tabulate", "--csv", "--store", store.root);
    assertEquals([code, out], [1, ""]);
    assertStringIncludes(err, "does not hold what its name says");
    assertEquals(err.includes("inside Assay"), false);
  });
});
