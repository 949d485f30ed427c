/**
 * Colours on a terminal, and none where they are not wanted.
 *
 * @module
 */

/** Paints text. Each function leaves the text as it is where colours are off. */
export interface Paint {
  /** For what matters most. */
  readonly bold: (text: string) => string;
  /** For what matters least. */
  readonly dim: (text: string) => string;
  /** For what went wrong. */
  readonly red: (text: string) => string;
  /** For what went well. */
  readonly green: (text: string) => string;
  /** For what is open. */
  readonly yellow: (text: string) => string;
  /** For what moves. */
  readonly cyan: (text: string) => string;
}

/** Paints with the terminal's own sixteen colours, so that its theme decides what they look like. */
export function paint(colours: boolean): Paint {
  const code = (on: number, off: number) => (text: string) =>
    colours && text !== "" ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return {
    bold: code(1, 22),
    dim: code(2, 22),
    red: code(31, 39),
    green: code(32, 39),
    yellow: code(33, 39),
    cyan: code(36, 39),
  };
}

/** Where output goes, and what it can show. */
export interface Screen {
  /** Whether a person sees it live. */
  readonly live: boolean;
  /** Its width in columns. */
  readonly columns: number;
  /** Its height in rows. */
  readonly rows: number;
  /** Its colours. */
  readonly paint: Paint;
}

/**
 * What a stream can show. Colours are off where `NO_COLOR` is set (https://no-color.org), on a dumb terminal, and in a
 * pipe or file, which is taken to be 100 columns wide.
 */
export function screenOf(stream: "stdout" | "stderr"): Screen {
  const terminal = Deno[stream].isTerminal();
  const dumb = Deno.env.get("TERM") === "dumb";
  const { columns, rows } = terminal ? consoleSize() : { columns: 100, rows: 24 };
  const live = terminal && !dumb;
  return { live, columns, rows, paint: paint(live && (Deno.env.get("NO_COLOR") ?? "") === "") };
}

/** A terminal that does not know its size is taken for the classic one. */
function consoleSize(): { readonly columns: number; readonly rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    return { columns: columns || 80, rows: rows || 24 };
  } catch {
    return { columns: 80, rows: 24 };
  }
}
