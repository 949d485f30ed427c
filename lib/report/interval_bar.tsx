/**
 * The interval bar: what was measured, its interval, what the claim allows and what the paper says, on one line.
 *
 * @module
 */
import type { JSX } from "preact";
import { formatNumber } from "./number.ts";
import type { ReportClaim } from "./contents.ts";

const WIDTH = 280;
const HEIGHT = 46;
const MARGIN = 10;
const AXIS = 21;
/** The room that a label takes. */
const LABEL = 44;

/** Draws a claim's interval; nothing for a claim that has no number. */
export function IntervalBar({ claim }: { readonly claim: ReportClaim }): JSX.Element | null {
  const { measured, range } = claim;
  if (measured === null || measured.n === 0 || range === undefined) return null;
  const ends = [measured.low, measured.value, measured.high, claim.paper, range.least, range.most]
    .filter((end): end is number => end !== null && Number.isFinite(end));
  const scale = scaleOver(ends);
  const [low, high] = [scale(measured.low ?? -Infinity), scale(measured.high ?? Infinity)];
  const thresholds = [...new Set([range.least, range.most])].filter(Number.isFinite);
  return (
    <svg
      class={`bar ${classOf(claim.verdict)}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`measured ${formatNumber(measured.value)}, claimed ${claim.expect}`}
    >
      <rect
        class="bar-claimed"
        x={scale(range.least)}
        width={Math.max(1, scale(range.most) - scale(range.least))}
        y={AXIS - 11}
        height={22}
        rx={2}
      />
      <line class="bar-axis" x1={0} x2={WIDTH} y1={AXIS} y2={AXIS} />
      <Thresholds values={thresholds} scale={scale} />
      {claim.paper === null ? null : <Pointer x={scale(claim.paper)} value={claim.paper} />}
      <line class="bar-interval" x1={low} x2={high} y1={AXIS} y2={AXIS} />
      {measured.low === null ? null : <line class="bar-end" x1={low} x2={low} y1={AXIS - 5} y2={AXIS + 5} />}
      {measured.high === null
        ? null
        : <line class="bar-end" x1={high} x2={high} y1={AXIS - 5} y2={AXIS + 5} />}
      <circle class="bar-value" cx={scale(measured.value)} cy={AXIS} r={4.5} />
    </svg>
  );
}

/** A verdict as a class of the page's style. */
export function classOf(verdict: string): string {
  return `v-${verdict.replaceAll(" ", "-")}`;
}

/** The ends of what the claim allows. Two that stand too close to be labelled apart share a label. */
function Thresholds({ values, scale }: {
  readonly values: readonly number[];
  readonly scale: (value: number) => number;
}): JSX.Element {
  const [first, last] = [values[0]!, values.at(-1)!];
  const apart = scale(last) - scale(first) >= LABEL;
  const labels = values.length < 2 || apart
    ? values.map((value) => ({ x: scale(value), text: formatNumber(value) }))
    : [{ x: (scale(first) + scale(last)) / 2, text: `${formatNumber(first)} to ${formatNumber(last)}` }];
  return (
    <g class="bar-threshold">
      {values.map((value) => (
        <line key={value} x1={scale(value)} x2={scale(value)} y1={AXIS - 11} y2={AXIS + 11} />
      ))}
      {labels.map(({ x, text }) => (
        <text key={text} x={x} y={HEIGHT - 3} text-anchor={anchorAt(x)}>{text}</text>
      ))}
    </g>
  );
}

/** A label near an edge grows away from it. */
function anchorAt(x: number): "start" | "middle" | "end" {
  if (x < LABEL) return "start";
  return x > WIDTH - LABEL ? "end" : "middle";
}

/** Points at the paper's number from above, where it hides nothing. */
function Pointer({ x, value }: { readonly x: number; readonly value: number }): JSX.Element {
  return (
    <path class="bar-paper" d={`M${x} ${AXIS - 6}l-5.5 -9h11z`}>
      <title>paper {formatNumber(value)}</title>
    </path>
  );
}

/** Maps numbers onto the bar's width, with room at both sides; infinities onto its ends. */
function scaleOver(values: readonly number[]): (value: number) => number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = most > least ? (most - least) * 0.25 : Math.max(1e-9, Math.abs(most) * 0.25);
  const [start, end] = [least - room, most + room];
  return (value) => {
    if (value === -Infinity) return 0;
    if (value === Infinity) return WIDTH;
    const at = MARGIN + (WIDTH - 2 * MARGIN) * (value - start) / (end - start);
    return Number(at.toFixed(2));
  };
}
