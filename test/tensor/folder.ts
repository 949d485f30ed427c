import { assertEquals } from "@std/assert";

/** A folder for the duration of a test. */
export function withFolder(work: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    work(folder);
    assertEquals([...Deno.readDirSync(folder)], [], "compiling leaves nothing behind");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
