import { assertEquals } from "@std/assert";
import { lines } from "../../lib/dag/protocol.ts";

async function linesOf(chunks: readonly Uint8Array[]): Promise<readonly string[]> {
  return await Array.fromAsync(lines(ReadableStream.from(chunks)));
}

Deno.test("lines() splits at every cut the same, within characters too", async () => {
  const bytes = new TextEncoder().encode('{"a":"ä"}\n\r\nzwei → drei\r\n\nlast');
  const expected = ['{"a":"ä"}', "zwei → drei", "last"];
  assertEquals(await linesOf([bytes]), expected);
  assertEquals(await linesOf(Array.from(bytes, (byte) => Uint8Array.of(byte))), expected);
  for (let cut = 0; cut <= bytes.length; cut++) {
    assertEquals(await linesOf([bytes.subarray(0, cut), bytes.subarray(cut)]), expected);
  }
});

Deno.test("lines() of nothing are none", async () => {
  assertEquals(await linesOf([]), []);
  assertEquals(await linesOf([new TextEncoder().encode("\n\n")]), []);
});
