/**
 * The figure of accuracies on the line, and on the wrong line.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import type { LineThrough } from "../shift/line_through.ts";
import { type Accuracies, accuracyProbit } from "../stats/accuracy_line.ts";
import { beside, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** Models that were trained on labels of which one share is wrong. */
export interface NoisyModels {
  /** The share of wrong labels, or what stands for it: `0.2`, `human`. */
  readonly noise: string;
  /** Their accuracies and the line through them. */
  readonly found: LineThrough;
}

/** What the figure says in words. */
export interface LinesWords {
  /** The figure's question. */
  readonly question: string;
  /** The horizontal axis: accuracy on what. */
  readonly id: string;
  /** The vertical axis: accuracy on what. */
  readonly ood: string;
  /** What a dot is and what lines go through, in a sentence. */
  readonly dots: string;
}

/** Noise from none to much: from the blue of the other figures to a dark red, apart in lightness too. */
const palette = ["#1f86d1", "#c98a00", "#e0653a", "#c2304f", "#7b2d8b", "#4b3fa8"] as const;

/**
 * Draws accuracy under a shift against accuracy without, one dot a model, on probit axes: models trained on clean labels
 * at the left, on noisy ones at the right, coloured by noise.
 */
export function linesFigure(
  pen: Pen,
  words: LinesWords,
  groups: { readonly clean: readonly NoisyModels[]; readonly noisy: readonly NoisyModels[] },
): Figure {
  const all = [...groups.clean, ...groups.noisy];
  const colours = new Map(all.map(({ noise }, index) => [noise, palette[index % palette.length]!]));
  const panel = (models: readonly NoisyModels[]) => linesPanel(pen, words, models, { all, colours });
  return figure(
    words.question,
    `${all.map(sentence).join(" ")} ${words.dots}${leftOut(all)} Both axes are in probits of accuracy; ` +
      "the dashed diagonal is where a shift costs nothing.",
    beside(
      headed("Clean labels", panel(groups.clean)),
      headed("Wrong labels, fitted all the same", panel(groups.noisy)),
    ),
  );
}

function linesPanel(
  { Plot, draw }: Pen,
  words: LinesWords,
  models: readonly NoisyModels[],
  { all, colours }: {
    readonly all: readonly NoisyModels[];
    readonly colours: ReadonlyMap<string, string>;
  },
): Drawing {
  const x = range(all.flatMap(({ found }) => found.models.map(({ id }) => id)));
  const y = range(all.flatMap(({ found }) => found.models.map(({ ood }) => ood)));
  const dots = models.flatMap(({ noise, found }) => placed(found.models, colours.get(noise)!));
  const means = models.flatMap(({ noise, found }) =>
    found.through.length < found.models.length ? placed(found.through, colours.get(noise)!) : []
  );
  const lines = models.map((one) => ({ ...one, ends: endsOf(one.found), colour: colours.get(one.noise)! }));
  const labels = lines.map(({ noise, found }) => `${labelOf(noise)}, ${rOf(found)}`);
  const across = Math.max(...all.map(({ noise }) => labelOf(noise).length)) > 14 ? 1 : 2; // of labels in a row
  const rows = Math.ceil((all.length - 1) / across); // as many in both panels, so that their axes are level
  const diagonal = [Math.max(x.domain[0], y.domain[0]), Math.min(x.domain[1], y.domain[1])];
  return draw({
    width: 370,
    height: 320,
    marginLeft: 52,
    marginRight: 16,
    marginBottom: 40,
    marginTop: 26 + 16 * rows,
    style: { fontSize: "12px" },
    x: { ...axisOf(x), label: `accuracy, ${words.id}`, labelAnchor: "center", labelArrow: "none" },
    y: { ...axisOf(y), label: `accuracy, ${words.ood}`, labelArrow: "none" },
    clip: true,
    marks: [
      ...(diagonal[0]! < diagonal[1]!
        ? [Plot.line(diagonal.map((at) => [at, at]), {
          stroke: "currentColor",
          strokeOpacity: 0.5,
          strokeDasharray: "5 4",
        })]
        : []),
      Plot.dot(dots, { x: "x", y: "y", fill: "colour", fillOpacity: means.length > 0 ? 0.3 : 0.75, r: 2.5 }),
      ...lines.flatMap(({ ends, colour }) =>
        ends.length === 0 ? [] : [Plot.line(ends, { x: "x", y: "y", stroke: colour, strokeWidth: 2 })]
      ),
      Plot.dot(means, { x: "x", y: "y", fill: "colour", r: 4.5, stroke: "white" }),
      ...lines.map(({ colour }, index) =>
        Plot.text([labels[index]!], {
          frameAnchor: index % across === 0 ? "top-left" : "top-right",
          dy: -18 - 16 * (rows - 1 - Math.floor(index / across)),
          fill: colour,
          fontWeight: 600,
          clip: false,
        })
      ),
    ],
  });
}

interface Range {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** Accuracies that make good ticks. */
const rounds = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];

function range(accuracies: readonly number[]): Range {
  const probits = accuracies.map(accuracyProbit);
  const [low, high] = [Math.min(...probits, 0), Math.max(...probits, 0)];
  const [least, most] = [Math.min(...probits, high), Math.max(...probits, low)];
  const room = 0.06 * (most - least) + 0.02;
  const domain = [least - room, most + room] as const;
  const within = (accuracy: number) =>
    accuracyProbit(accuracy) >= domain[0] && accuracyProbit(accuracy) <= domain[1];
  const coarse = rounds.filter(within);
  const fine = Array.from({ length: 49 }, (_, index) => (index + 1) / 50).filter(within);
  return { domain, ticks: thinned(coarse.length >= 4 ? coarse : fine, 0.11 * (domain[1] - domain[0])) };
}

/** Leaves out ticks that are nearer to the one before than their labels have room. */
function thinned(ticks: readonly number[], room: number): readonly number[] {
  return ticks.reduce<readonly number[]>((kept, tick) => {
    const last = kept.at(-1);
    return last === undefined || accuracyProbit(tick) - accuracyProbit(last) >= room ? [...kept, tick] : kept;
  }, []);
}

function axisOf({ domain, ticks }: Range) {
  const names = new Map(
    ticks.map((accuracy) => [accuracyProbit(accuracy), `${Math.round(100 * accuracy)} %`]),
  );
  return {
    domain: [...domain],
    ticks: [...names.keys()],
    tickFormat: (at: number) => names.get(at) ?? "",
    grid: true,
  };
}

function placed(points: readonly Accuracies[], colour: string) {
  return points.map(({ id, ood }) => ({ x: accuracyProbit(id), y: accuracyProbit(ood), colour }));
}

/** The line from its least to its greatest ID accuracy. */
function endsOf({ line, models }: LineThrough): readonly { readonly x: number; readonly y: number }[] {
  if (line === null) return [];
  const xs = models.map(({ id }) => accuracyProbit(id));
  return [Math.min(...xs), Math.max(...xs)].map((x) => ({
    x,
    y: line.intercept.value + line.slope.value * x,
  }));
}

function rOf({ line }: LineThrough): string {
  return line === null ? "no line" : `r ${digits(line.correlation.value)}`;
}

function labelOf(noise: string): string {
  if (!/^[\d.]+$/.test(noise)) return noise;
  return noise === "0" ? "None wrong" : `${Math.round(100 * Number(noise))} % wrong`;
}

function sentence({ noise, found }: NoisyModels): string {
  if (found.line === null) return `${labelOf(noise)}: no line.`;
  const { slope, correlation } = found.line;
  return `${labelOf(noise)}: slope ${digits(slope.value)}, r = ${digits(correlation.value)}.`;
}

function leftOut(all: readonly NoisyModels[]): string {
  const dropped = all.reduce((sum, { found }) => sum + found.dropped, 0);
  return dropped === 0 ? "" : ` ${dropped} models that do not fit their training labels are left out.`;
}

/** A number with two decimals, and a minus sign rather than a hyphen. */
function digits(value: number): string {
  return value.toFixed(2).replace("-", "−");
}
