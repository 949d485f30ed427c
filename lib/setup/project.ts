/**
 * Where the project itself lies.
 *
 * @module
 */
import { join } from "node:path";

/** The folder of this project: the one that holds `deno.json` and `node_modules`. */
export const projectFolder: string = join(import.meta.dirname!, "..", "..");
