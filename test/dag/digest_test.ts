import { artifactDigest, recordHash, sha256 } from "../../lib/dag/digest.ts";
import { assertEquals, assertNotEquals } from "@std/assert";

// The literals come from Python's hashlib over json.dumps(…, sort_keys=True, separators=(",", ":"),
// ensure_ascii=False). If one changes, every store in the world is stale: that must never be an accident.

Deno.test("sha256() gives FIPS 180's digests", () => {
  assertEquals(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assertEquals(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assertEquals(sha256(new Uint8Array([97, 98, 99])), sha256("abc"));
});

Deno.test("recordHash() gives the pinned hashes", () => {
  assertEquals(
    recordHash("assay-node-1", {}),
    "62ab65b66a25e13a4200217a5717265ea4a056de5f2975c79f3986237edf7dbd",
  );
  assertEquals(
    recordHash("assay-node-1", { task: "label-noise", params: { seed: 7, rate: 0.2 }, inputs: [], env: {} }),
    "5a5d55c7957511ead3fd4a9ca145026d4152ee4484517aa83c2d1c396e685cf8",
  );
  assertEquals(
    recordHash("assay-address-1", { task: "naïve – ∑", params: [1, 1.5, null, true, "\n"], inputs: {} }),
    "a9640317a5a87e3e9356aefce7945ea65f1f796c52ca4d11e7c7029f13935a77",
  );
});

Deno.test("recordHash() tells types apart", () => {
  assertNotEquals(recordHash("assay-node-1", {}), recordHash("assay-address-1", {}));
});

Deno.test("artifactDigest() gives the pinned digests", () => {
  assertEquals(
    artifactDigest("metrics", { "metrics.json": "a".repeat(64) }),
    "d7e51cc38daca0ee5d39308af25a1925cf0b089458e78bbf2d148732ad4ea10b",
  );
  assertEquals(
    artifactDigest("dataset", { "b.safetensors": "0".repeat(64), "a.json": "1".repeat(64) }),
    "65d42dcf69044600b9ba739a2a3be07af0a7855cdaae88fb20c9d41201e9cb1b",
  );
});
