/**
 * Snapshots: how far a training has come, kept in its scratch folder so that it can go on after a kill.
 *
 * @module
 */
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors } from "../tensor/safetensors.ts";
import { type Arrays, prefixed, under } from "../tensor/tensors.ts";

/** How far a training has come. */
export interface Snapshot {
  /** Parameters and optimiser state after `losses.length` steps. */
  readonly state: Arrays;
  /** The loss of each step so far. */
  readonly losses: Float32Array;
}

const fileName = "training.safetensors";

/** Writes a snapshot. It appears whole, in place of the one before, or not at all. */
export function writeSnapshot(folder: string, { state, losses }: Snapshot): void {
  const bytes = encodeSafetensors({
    metadata: {},
    tensors: {
      ...prefixed("state.", state),
      losses: { dtype: "float32", shape: [losses.length], data: losses },
    },
  });
  const unfinished = join(folder, `${fileName}.unfinished`);
  const file = Deno.openSync(unfinished, { create: true, truncate: true, write: true });
  try {
    for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
    file.syncDataSync(); // else a crash of the machine could leave the new name with the old content's length
  } finally {
    file.close();
  }
  Deno.renameSync(unfinished, join(folder, fileName));
}

/**
 * Reads the snapshot that a training left behind.
 *
 * @returns Undefined when there is none.
 * @throws {FormatError} When the file is damaged.
 */
export function readSnapshot(folder: string): Snapshot | undefined {
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(join(folder, fileName));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const { tensors } = decodeSafetensors(bytes);
  const { losses } = tensors;
  if (!(losses?.data instanceof Float32Array)) return undefined;
  return { state: under(tensors, "state."), losses: losses.data };
}
