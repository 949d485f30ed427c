/**
 * Plays taken apart by who speaks: a federation that nobody made up.
 *
 * @module
 */

/** What a role says in a play. */
export interface Role {
  /** The play. */
  readonly play: string;
  /** The name before its speeches, in capitals. */
  readonly name: string;
  /** Its speeches in their order. */
  readonly speeches: readonly string[];
}

/** A name on a line of its own: `Ham.`, `FIRST LORD. [Aside.]`, `THESEUS`. */
const NAME =
  /^((?:[A-Z][A-Za-z']*\.? ){0,2}[A-Z][A-Za-z']*\.|[A-Z][A-Z']+(?: [A-Z][A-Z']+){0,2})(?: *[[(].*)?$/;

/** Lines that look like names and are not. */
const HEADING = /^(?:ACT|SCENE|PROLOGUE|EPILOGUE|THE END|FINIS|PERSONS|DRAMATIS)\b/i;

/**
 * Takes a play apart. A speech begins after an empty line, with a name on a line of its own, and lasts to the next name;
 * what stands in brackets is for the stage and is left out, and so are headings.
 *
 * @example Usage
 * ```ts
 * import { rolesOf } from "./roles.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [barnardo] = rolesOf("Hamlet", "ACT I.\n\nBer.\nWho's there? [Listens.]\n\nFran.\nNay, answer me.\n");
 * assertEquals(barnardo, { play: "Hamlet", name: "BER", speeches: ["Who's there?"] });
 * ```
 *
 * @param play The play's name.
 * @param text Its text.
 * @returns Its roles, in the order in which they first speak.
 */
export function rolesOf(play: string, text: string): readonly Role[] {
  const roles = new Map<string, string[]>();
  const lines = text.replaceAll(/\r\n?/g, "\n").replaceAll(/\[[^\]]*\]/g, "").split("\n")
    .map((line) => line.trim());
  let speaking: string[] | undefined;
  lines.forEach((line, at) => {
    if (HEADING.test(line)) {
      speaking = undefined;
      return;
    }
    const [, name] = lines[at - 1] === "" && lines[at + 1] !== "" ? line.match(NAME) ?? [] : [];
    if (name !== undefined) {
      const key = name.replace(/\.$/, "").toUpperCase();
      speaking = roles.get(key) ?? [];
      roles.set(key, speaking);
      speaking.push("");
      return;
    }
    if (speaking !== undefined && line !== "") speaking.push(`${speaking.pop()} ${line}`.trim());
  });
  return [...roles].map(([name, speeches]) => ({
    play,
    name,
    speeches: speeches.filter((speech) => speech !== ""),
  })).filter(({ speeches }) => speeches.length > 0);
}

/** The characters that are told apart in speeches: letters without their case, a space, and marks. */
export const ALPHABET = " abcdefghijklmnopqrstuvwxyz',.;:?!-";

/** Writes a text with the characters of {@linkcode ALPHABET} alone, and no two spaces in a row. */
export function inAlphabet(text: string): string {
  return [...text.toLowerCase()].map((character) => ALPHABET.includes(character) ? character : " ").join("")
    .replaceAll(/ +/g, " ").trim();
}
