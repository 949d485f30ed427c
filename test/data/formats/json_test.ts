import { assert, assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../../lib/data/formats/format_error.ts";
import { decodeJson, encodeJson } from "../../../lib/data/formats/json.ts";
import { decodeUtf8, encodeUtf8 } from "../../../lib/data/formats/utf8.ts";
import { readOrRefuse, truncations } from "./mutations.ts";

Deno.test("encodeJson() sorts keys and gives back what went in", () => {
  const value = { z: [1, null, true], a: { "é": "\n" } };
  assertEquals(new TextDecoder().decode(encodeJson(value)), `{"a":{"é":"\\n"},"z":[1,null,true]}`);
  assertEquals(decodeJson(encodeJson(value)), value);
});

Deno.test("encodeJson() refuses what JSON lacks, naming its path", () => {
  assertThrows(() => encodeJson({ runs: [{ loss: NaN }] }), TypeError, "runs[0].loss is NaN");
});

Deno.test("decodeJson() names the place of what is wrong", () => {
  const decode = (text: string) => () => decodeJson(new TextEncoder().encode(text));
  assertThrows(
    decode(`{"a": nan}`),
    FormatError,
    `Malformed JSON at "{"a": nan}": expected JSON, found 'a'.`,
  );
  assertThrows(
    decode(""),
    FormatError,
    "Malformed JSON at character 0: expected JSON, found the end of the text.",
  );
});

Deno.test("decodeJson() refuses every truncation", () => {
  for (const [what, bytes] of truncations(encodeJson({ loss: [0.5, null], name: "é" }))) {
    assert(readOrRefuse(what, () => decodeJson(bytes)) instanceof FormatError, `${what} was read`);
  }
});

Deno.test("decodeUtf8() keeps a byte order mark and refuses what is not UTF-8", () => {
  assertEquals(decodeUtf8(encodeUtf8("\ufeffé")), "\ufeffé");
  assertThrows(
    () => decodeUtf8(Uint8Array.of(0x61, 0xff, 0x62)),
    FormatError,
    "Malformed text at byte 1: expected UTF-8, found the byte 0xff.",
  );
  assertThrows(
    () => decodeUtf8(Uint8Array.of(0x61, 0xc3)),
    FormatError,
    "Malformed text at byte 2: expected UTF-8, found an unfinished character.",
  );
  assertThrows(() => encodeUtf8("a\udc00"), FormatError, "at character 1: expected whole characters");
});
