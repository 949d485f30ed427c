/**
 * OpenWebText in the tokens of GPT-2, as nanoGPT's `prepare.py` writes it: `train.bin` and `val.bin`, two bytes a token,
 * the low one first.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { DataError, dataFolder } from "./folder.ts";

/** Different tokens of GPT-2. */
const vocabulary = 50_257;

/** Which part of the text, and how many of its tokens: the first ones. */
export interface OpenWebTextChoice {
  /** The part to learn from, or the one held out. */
  readonly split: "train" | "validation";
  /** How many tokens; all 9 billion of them would fill 36 GB. */
  readonly count: number;
}

/** The parameters of a task that loads OpenWebText. */
export const OpenWebTextChoice: Schema.Codec<OpenWebTextChoice> = Schema.Struct({
  split: Schema.Literals(["train", "validation"]),
  count: Schema.Int.check(Schema.isGreaterThan(0)),
});

/**
 * Reads the first tokens of the user's copy.
 *
 * @returns `tokens` int32 `[count]`.
 */
export const readOpenWebText = Effect.fnUntraced(function* (
  { split, count }: OpenWebTextChoice,
): Effect.fn.Return<Dataset, DataError, Running> {
  const { folder, name } = yield* dataFolder("openwebtext");
  const file = split === "train" ? "train.bin" : "val.bin";
  const bytes = yield* Effect.tryPromise({
    try: () => beginning(`${folder}/${file}`, 2 * count),
    catch: (error) =>
      new DataError({ message: `The file ${file} of ${name} cannot be read: ${(error as Error).message}.` }),
  });
  if (bytes.length < 2 * count) {
    const found = Math.floor(bytes.length / 2);
    return yield* new DataError({
      message: `${name} has ${found} tokens in ${file}; ${count} were asked for.`,
    });
  }
  const view = new DataView(bytes.buffer);
  const tokens = Int32Array.from({ length: count }, (_, place) => view.getUint16(2 * place, true));
  const stray = tokens.find((token) => token >= vocabulary);
  if (stray !== undefined) {
    const message =
      `${file} of ${name} holds the token ${stray} where GPT-2 has ${vocabulary}: it is no file of theirs.`;
    return yield* new DataError({ message });
  }
  return { about: { name, split }, tensors: { tokens: tensor("int32", [count], tokens) } };
});

/** The beginning of a file: at most so many bytes. */
async function beginning(path: string, length: number): Promise<Uint8Array<ArrayBuffer>> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const bytes = new Uint8Array(Math.min(length, size));
  for (let read = 0; read < bytes.length;) {
    const more = await file.read(bytes.subarray(read));
    if (more === null) break;
    read += more;
  }
  return bytes;
}
