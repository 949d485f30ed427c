import { assertEquals, assertMatch } from "@std/assert";
import * as Effect from "effect/Effect";
import { createHash } from "node:crypto";
import { urlFile } from "../../../lib/data/sources/url.ts";

const whole = new Uint8Array(300_000).map((_, i) => (i * 31) % 251);
const sha256 = createHash("sha256").update(whole).digest("hex");

/** Serves while a test runs; tells which ranges were asked for. */
async function serving(
  answer: (request: Request, count: number) => Response,
  test: (
    file: (cache: string) => ReturnType<typeof urlFile>,
    asked: (string | null)[],
    folder: string,
  ) => Promise<void>,
): Promise<void> {
  const asked: (string | null)[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    asked.push(request.headers.get("range"));
    return answer(request, asked.length);
  });
  const folder = await Deno.makeTempDir();
  const url = `http://127.0.0.1:${server.addr.port}/data/file.bin`;
  try {
    await test(
      (cache) => urlFile({ url, sha256, bytes: whole.length, otherwise: "Get it by post." }, cache),
      asked,
      folder,
    );
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

/** A body that breaks off: the connection closes before the announced length. */
function brokenOff(at: number): Response {
  let sent = false;
  const body = new ReadableStream({
    pull(controller) {
      if (sent) return controller.close();
      sent = true;
      controller.enqueue(whole.subarray(0, at));
    },
  });
  return new Response(body, { headers: { "content-length": String(whole.length) } });
}

function fromRange(request: Request): Response {
  const from = Number(request.headers.get("range")?.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
  return new Response(whole.subarray(from), { status: from > 0 ? 206 : 200 });
}

Deno.test("urlFile() downloads a file, telling how far it is", () =>
  serving(fromRange, async (file, asked, folder) => {
    const seen: number[] = [];
    const path = await Effect.runPromise(file(folder).fetch(folder, ({ done }) => seen.push(done!)));
    assertEquals(path, `${folder}/file.bin`);
    assertEquals(await Deno.readFile(path), whole);
    assertEquals([asked, seen.at(-1)], [[null], whole.length]);
  }));

Deno.test("urlFile() goes on where a download broke off", () =>
  serving(
    (request, count) => count === 1 ? brokenOff(100_000) : fromRange(request),
    async (file, asked, folder) => {
      const error = await Effect.runPromise(Effect.flip(file(folder).fetch(folder, () => {})));
      assertMatch(error.message, /^The connection to http.*file\.bin broke \(/);
      assertEquals(error.remedy, "Run again: the download goes on where it stopped.");
      const path = await Effect.runPromise(file(folder).fetch(folder, () => {}));
      assertEquals(await Deno.readFile(path), whole);
      assertEquals(asked, [null, "bytes=100000-"]);
    },
  ));

Deno.test("urlFile() begins anew where a server does not know how to go on", () =>
  serving((_, count) => count === 1 ? brokenOff(100_000) : new Response(whole), async (file, _, folder) => {
    await Effect.runPromise(Effect.flip(file(folder).fetch(folder, () => {})));
    const path = await Effect.runPromise(file(folder).fetch(folder, () => {}));
    assertEquals(await Deno.readFile(path), whole);
  }));

Deno.test("urlFile() refuses more or less than was published", async () => {
  for (const length of [200_000, 400_000]) {
    await serving(() => new Response(new Uint8Array(length)), async (file, _, folder) => {
      const error = await Effect.runPromise(Effect.flip(file(folder).fetch(folder, () => {})));
      assertMatch(error.message, /file\.bin gave \d+ kB where 300 kB were expected\.$/);
    });
  }
});

Deno.test("urlFile() says what the server answers, and what else can be done", () =>
  serving(() => new Response("gone", { status: 404 }), async (file, _, folder) => {
    const error = await Effect.runPromise(Effect.flip(file(folder).fetch(folder, () => {})));
    assertMatch(error.message, /file\.bin answers 404 Not Found\.$/);
    assertEquals(error.remedy, "Get it by post.");
  }));

Deno.test("urlFile() says that nobody answers", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  const folder = await Deno.makeTempDir();
  try {
    const origin = urlFile({
      url: `http://127.0.0.1:${port}/x`,
      sha256,
      bytes: 1,
      otherwise: "Get it by post.",
    }, folder);
    const error = await Effect.runPromise(Effect.flip(origin.fetch(folder, () => {})));
    assertMatch(error.message, /\/x does not answer \(.*refused/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
