/**
 * The figure of cost against the number of tokens.
 *
 * @module
 */
import type { Cost, Scaling } from "../evaluate/scaling.ts";
import type { Figure } from "../kinds/figure.ts";
import { beside, colours, type Compared, type Drawing, figure, headed, names, type Pen } from "./figure.ts";

/** Draws time and memory against the number of tokens, on logarithmic axes, each line with its slope. */
export function scalingFigure(pen: Pen, scaling: Scaling): Figure {
  const { tokens, heads, width, tssa, softmax, ratio } = scaling;
  const compared = tokens.indexOf(ratio.tokens);
  const memoryRatio = softmax.bytes[compared]! / tssa.bytes[compared]!;
  return figure(
    "Is attention with token statistics linear in the number of tokens?",
    `Time grows as n^${tssa.timeSlope.value.toFixed(2)} for TSSA and as ` +
      `n^${softmax.timeSlope.value.toFixed(2)} for softmax attention, memory as ` +
      `n^${tssa.memorySlope.value.toFixed(2)} and n^${softmax.memorySlope.value.toFixed(2)}. At ` +
      `${ratio.tokens.toLocaleString("en")} tokens softmax attention takes ${
        round(ratio.time.value)
      } times as ` +
      `long and holds ${round(memoryRatio)} times as much. Measured on the ` +
      `attention operator alone (${heads} heads, ${width} features); dots are medians over rounds, slopes are ` +
      `fitted to the three largest sizes.${unmeasured(scaling)}`,
    beside(
      headed(
        "Time of one call, ms",
        panel(pen, scaling, ({ seconds }) => seconds.map((s) => s * 1e3), "timeSlope"),
      ),
      headed(
        "Memory held at most, MiB",
        panel(pen, scaling, ({ bytes }) => bytes.map((b) => b / 2 ** 20), "memorySlope"),
      ),
    ),
  );
}

/** Where softmax attention was not measured, and what its matrices would hold there. */
function unmeasured({ tokens, heads, softmax }: Scaling): string {
  if (softmax.bytes.length === tokens.length) return "";
  const [last, most] = [tokens[softmax.bytes.length - 1]!, tokens.at(-1)!];
  const gibibytes = 4 * heads * most ** 2 / 2 ** 30;
  return ` Softmax attention was measured up to ${last.toLocaleString("en")} tokens: at ` +
    `${most.toLocaleString("en")} one of its matrices alone takes ${round(gibibytes)} GiB.`;
}

function panel(
  { Plot, draw }: Pen,
  { tokens, tssa, softmax }: Scaling,
  values: (cost: Cost) => readonly number[],
  slope: "timeSlope" | "memorySlope",
): Drawing {
  const curves = ([["tost", tssa, "TSSA"], ["softmax", softmax, names.softmax]] as const).map(
    ([compared, cost, name]) => ({
      colour: colours[compared satisfies Compared],
      points: values(cost).map((value, index) => ({ tokens: tokens[index]!, value })),
      label: `${name}\nslope ${cost[slope].value.toFixed(2)}`,
    }),
  );
  const lowest = Math.min(...curves.flatMap(({ points }) => points.map(({ value }) => value)));
  const highest = Math.max(...curves.flatMap(({ points }) => points.map(({ value }) => value)));
  return draw({
    width: 370,
    height: 280,
    marginLeft: 48,
    marginRight: 92,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: {
      type: "log",
      base: 2,
      ticks: [...tokens],
      tickFormat: (n: number) => n < 1024 ? String(n) : `${n / 1024}k`,
      label: "tokens",
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: {
      type: "log",
      domain: [lowest / 1.5, highest * 1.5],
      grid: true,
      ticks: powersOfTen(lowest / 1.5, highest * 1.5),
      tickFormat: (value: number) => value.toLocaleString("en", { maximumSignificantDigits: 3 }),
      label: null,
    },
    marks: curves.flatMap(({ colour, points, label }) => [
      Plot.line(points, { x: "tokens", y: "value", stroke: colour, strokeWidth: 2 }),
      Plot.dot(points, { x: "tokens", y: "value", fill: colour, r: 3 }),
      Plot.text([{ ...points.at(-1)!, label }], {
        x: "tokens",
        y: "value",
        text: "label",
        textAnchor: "start",
        lineAnchor: "middle",
        dx: 8,
        fill: colour,
        fontWeight: 600,
      }),
    ]),
  });
}

function powersOfTen(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low));
  const last = Math.floor(Math.log10(high));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index));
}

function round(ratio: number): string {
  return ratio.toLocaleString("en", { maximumSignificantDigits: 2 });
}
