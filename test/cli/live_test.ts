import { assertEquals } from "@std/assert";
import { liveRegion } from "../../lib/cli/live.ts";

/** A terminal as far as a live region needs one: lines, and a cursor that stands after the last one. */
function terminal() {
  let lines: string[] = [];
  return {
    screen: () => lines,
    write: (text: string) => {
      const up = text.match(/^.\[(\d+)A\r/);
      if (up !== null) lines = lines.slice(0, lines.length - Number(up[1]));
      const rest = text.slice(up?.[0].length ?? 0).replaceAll("\x1b[K", "").replace("\x1b[J", "");
      if (rest !== "") lines.push(...rest.replace(/\n$/, "").split("\n"));
    },
  };
}

Deno.test("liveRegion() draws over itself, prints above itself, and leaves nothing", () => {
  const { screen, write } = terminal();
  let lines = ["one", "two"];
  const region = liveRegion(() => lines, { write, columns: () => 80 });
  try {
    region.draw();
    assertEquals(screen(), ["one", "two"]);
    region.print("a failure\nand its log");
    assertEquals(screen(), ["a failure", "and its log", "one", "two"]);
    lines = ["three"];
    region.print("another");
    assertEquals(screen(), ["a failure", "and its log", "another", "three"]);
  } finally {
    region.close();
  }
  assertEquals(screen(), ["a failure", "and its log", "another"]);
});

Deno.test("liveRegion() draws at most ten times a second", () => {
  let drawn = 0;
  const region = liveRegion(() => [`${drawn++}`], { write: () => {}, columns: () => 80 });
  try {
    for (let event = 0; event < 1000; event++) region.draw();
    assertEquals(drawn, 1);
  } finally {
    region.close();
  }
});

Deno.test("liveRegion() counts the rows of lines that a narrower terminal has wrapped", () => {
  const written: string[] = [];
  let columns = 80;
  const region = liveRegion(() => ["x".repeat(70), "y"], {
    write: (text) => written.push(text),
    columns: () => columns,
  });
  try {
    region.print("");
    columns = 40;
    region.print("");
  } finally {
    region.close();
  }
  assertEquals(written[1]!.startsWith("\x1b[3A\r"), true);
});
