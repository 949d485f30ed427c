/**
 * The live region: lines at the bottom of a terminal that are drawn over and over.
 *
 * @module
 */
import { width } from "./text.ts";

/** Lines at the bottom of a terminal. */
export interface LiveRegion {
  /** Draws the lines in place of those before, unless they were drawn a moment ago: then soon. */
  readonly draw: () => void;
  /** Prints lines that stay, above the region. */
  readonly print: (text: string) => void;
  /** Wipes the region and stops drawing. */
  readonly close: () => void;
}

/** The least time between two drawings, in milliseconds. */
const PAUSE = 100;

/**
 * Opens a live region. It draws by itself, ten times a second at most, so that clocks and spinners move.
 *
 * @param lines Makes the lines to draw, none wider than the terminal.
 * @param terminal How to write to the terminal, and its width now: it may be resized.
 */
export function liveRegion(
  lines: () => readonly string[],
  terminal: { readonly write: (text: string) => void; readonly columns: () => number },
): LiveRegion {
  let drawn: readonly string[] = [];
  let last = -Infinity;

  /** Moves to the region's first row. A line that a resize made too wide has wrapped onto more rows. */
  const home = () => {
    const columns = Math.max(1, terminal.columns());
    const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / columns)), 0);
    return rows === 0 ? "" : `\x1b[${rows}A\r`;
  };
  // Lines are written over those before, not after wiping them: that flickers, and fills the scrollback of some
  // terminals with every drawing.
  const redraw = (above: readonly string[] = []) => {
    const next = lines();
    terminal.write(`${home()}${[...above, ...next].map((line) => `${line}\x1b[K\n`).join("")}\x1b[J`);
    drawn = next;
    last = performance.now();
  };
  const timer = setInterval(() => redraw(), PAUSE);

  return {
    draw: () => {
      if (performance.now() - last >= PAUSE) redraw();
    },
    print: (text) => redraw(text.split("\n")),
    close: () => {
      clearInterval(timer);
      terminal.write(`${home()}\x1b[J`);
      drawn = [];
    },
  };
}
