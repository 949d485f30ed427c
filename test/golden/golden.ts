/**
 * Golden files: what a function made when a person last looked at it.
 *
 * @module
 */
import { assertEquals } from "@std/assert";

/**
 * Asserts that a text is that of a golden file in this folder. After a change that is meant, run the tests with
 * `UPDATE_GOLDEN=1`, and look at every file that changed before committing it.
 */
export async function assertGolden(name: string, text: string): Promise<void> {
  const file = new URL(name, import.meta.url);
  if (Deno.env.get("UPDATE_GOLDEN") === "1") await Deno.writeTextFile(file, text);
  assertEquals(text, await Deno.readTextFile(file), `${name} is not what was last looked at`);
}
