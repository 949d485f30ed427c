/**
 * What the live region shows of a run: a line for each running node, and a summary.
 *
 * @module
 */
import { count, formatBytes, formatNumber, formatSeconds } from "../report/number.ts";
import type { Paint, Screen } from "./paint.ts";
import { type Preparing, type Running, type RunProgress, secondsLeft } from "./progress.ts";
import { cut, pad, width } from "./text.ts";

const BAR = 20;
const SPINNER = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];

/**
 * Draws a run as lines, none longer than the screen is wide, and not more of them than fit beneath what was printed
 * before.
 *
 * @param run The run.
 * @param screen The screen.
 * @param now The time in milliseconds.
 */
export function liveLines(
  run: RunProgress,
  screen: Pick<Screen, "columns" | "rows" | "paint">,
  now: number,
): readonly string[] {
  const columns = screen.columns - 1; // a full line would wrap on some terminals
  const { paint } = screen;
  const preparing = [...run.preparing].map(([name, what]) => preparingRow(name, what));
  const running = [...run.running.values()].map((node) => runningRow(node, now));
  const rows = [...preparing, ...running];
  const fitting = rows.slice(0, Math.max(1, screen.rows - 3));
  const name = Math.min(
    Math.max(0, ...fitting.map((row) => width(row.name))),
    Math.max(12, Math.floor(columns / 3)),
  );
  const hidden = rows.length - fitting.length;
  return [
    ...fitting.map((row) => drawRow(row, name, columns, paint, now)),
    ...(hidden > 0 ? [paint.dim(cut(`… and ${hidden} more`, columns))] : []),
    summary(run, columns, paint, now),
  ];
}

/** One line, before it is fitted to the screen. */
interface Row {
  readonly name: string;
  /** The share that is done, from 0 to 1; undefined where that is not known. */
  readonly share: number | undefined;
  /** What follows the bar, the most important first: the last ones are dropped where the screen is narrow. */
  readonly facts: readonly string[];
}

function preparingRow(name: string, { doing, done, total }: Preparing): Row {
  const size = done === undefined
    ? []
    : [total === undefined ? formatBytes(done) : `${formatBytes(done)} of ${formatBytes(total)}`];
  return {
    name,
    share: done === undefined || total === undefined ? undefined : done / total,
    facts: [doing, ...size],
  };
}

function runningRow(node: Running, now: number): Row {
  const { progress } = node;
  const elapsed = formatSeconds((now - node.since) / 1000);
  const attempt = node.attempt > 1 ? [`attempt ${node.attempt}`] : [];
  const about = node.about === "" ? [] : [node.about];
  if (node.elsewhere) {
    return { name: node.label, share: undefined, facts: ["another process is making it", elapsed] };
  }
  if (progress === undefined) {
    return { name: node.label, share: undefined, facts: [elapsed, ...attempt, ...about] };
  }
  const left = secondsLeft(node, now);
  const values = Object.entries(progress.values ?? {}).map(([key, value]) => `${key} ${formatNumber(value)}`);
  return {
    name: node.label,
    share: progress.total > 0 ? progress.step / progress.total : undefined,
    facts: [
      `${progress.step}/${progress.total}${progress.unit === undefined ? "" : ` ${progress.unit}`}`,
      ...values,
      ...(left === undefined ? [elapsed] : [`${formatSeconds(left)} left`]),
      ...attempt,
      ...about,
    ],
  };
}

function drawRow(row: Row, name: number, columns: number, paint: Paint, now: number): string {
  const head = pad(cut(row.name, name), name);
  const room = columns - name - BAR - 4;
  if (room < 8) return cut(`${head} ${row.facts[0] ?? ""}`, columns);
  const facts = row.facts.reduce((line, fact) => {
    const longer = line === "" ? fact : `${line}  ${fact}`;
    return width(longer) <= room ? longer : line;
  }, "");
  const drawn = row.share === undefined ? pad(spinner(now), BAR) : bar(row.share, paint);
  return `${head}  ${drawn}  ${paint.dim(facts === "" ? cut(row.facts[0] ?? "", room) : facts)}`;
}

function bar(share: number, paint: Paint): string {
  const done = Math.round(Math.min(1, Math.max(0, share)) * BAR);
  return paint.cyan("━".repeat(done)) + paint.dim("─".repeat(BAR - done));
}

function spinner(now: number): string {
  return SPINNER[Math.floor(now / 100) % SPINNER.length]!;
}

function summary(run: RunProgress, columns: number, paint: Paint, now: number): string {
  const ended = run.ran + run.reused + run.failed + run.skipped;
  const parts = [
    `${ended}/${count(run.total, "node")}`,
    `${run.running.size} running`,
    `${run.reused} reused`,
    ...(run.failed > 0 ? [`${run.failed} failed`] : []),
    ...(run.skipped > 0 ? [`${run.skipped} skipped`] : []),
    formatSeconds((now - run.since) / 1000),
  ];
  const line = cut(parts.join(" · "), columns);
  return run.failed > 0 ? paint.red(line) : paint.bold(line);
}
