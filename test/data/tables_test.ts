import { desc, escape, table as arquero } from "arquero";
import { assertEquals, assertThrows } from "@std/assert";
import { columnOf, fromArquero, TableError, toArquero, toCsv } from "../../lib/data/tables.ts";
import { FormatError } from "../../lib/data/formats/format_error.ts";
import { Table } from "../../lib/kinds/table.ts";

const table: Table = {
  columns: {
    network: ["tost", "softmax", "tost"],
    accuracy: [0.95, null, -0],
    converged: [true, false, null],
    seed: [7, 8, 9],
  },
};

Deno.test("a table that went through Arquero is the same, byte for byte", async () => {
  const back = fromArquero(await toArquero(table));
  assertEquals(back, table);
  assertEquals(Table.encode(back), Table.encode(table));
  const empty: Table = { columns: {} };
  assertEquals(fromArquero(await toArquero(empty)), empty);
});

Deno.test("equal tables give equal bytes, whatever arrays Arquero holds them in", () => {
  const typed = fromArquero(arquero({ n: Int32Array.of(1, 2), share: Float64Array.of(0.5, 1) }));
  const plain: Table = { columns: { n: [1, 2], share: [0.5, 1] } };
  assertEquals(Table.encode(typed), Table.encode(plain));
});

Deno.test("fromArquero() takes rows in their order, without those filtered away", async () => {
  const shown = (await toArquero(table)).orderby(desc("seed"))
    .filter(escape(({ network }: { readonly network: string }) => network === "tost"));
  assertEquals(fromArquero(shown).columns.seed, [9, 7]);
});

Deno.test("fromArquero() leaves it to the encoding to refuse what a table cannot hold", () => {
  const refused = (column: unknown[]) =>
    assertThrows(() => Table.encode(fromArquero(arquero({ column }))), FormatError, 'column "column"');
  refused([1, NaN]);
  refused([new Date(0)]);
});

Deno.test("toCsv() quotes as RFC 4180 asks", async () => {
  assertEquals(
    await toCsv({
      columns: { 'a "b"': ["x,y", 'say "z"', "two\nlines", null], n: [0.1, 2, -Infinity, 1e-7] },
    }),
    '"a ""b""",n\n"x,y",0.1\n"say ""z""",2\n"two\nlines",-Infinity\n,1e-7\n',
  );
});

Deno.test("columnOf() says which columns there are", () => {
  assertEquals(columnOf(table, "converged"), [true, false, null]);
  assertThrows(
    () => columnOf({ columns: { seed: [] } }, "toString"),
    TableError,
    'The table has no column "toString"; it has seed.',
  );
});
