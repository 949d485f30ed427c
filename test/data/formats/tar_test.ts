import { assert, assertEquals, assertThrows } from "@std/assert";
import { createTar } from "nanotar";
import { FormatError } from "../../../lib/data/formats/format_error.ts";
import { decodeTar } from "../../../lib/data/formats/tar.ts";
import { damages, readOrRefuse, truncations } from "./mutations.ts";

const archive = createTar([
  { name: "train" },
  { name: "train/cat.txt", data: "miaow" },
  { name: "train/dog.txt", data: "x".repeat(600) },
]);

Deno.test("decodeTar() finds the files that another writer put there", () => {
  const files = decodeTar(archive);
  assertEquals([...files.keys()], ["train/cat.txt", "train/dog.txt"]);
  assertEquals(new TextDecoder().decode(files.get("train/cat.txt")), "miaow");
  assertEquals(files.get("train/dog.txt")?.length, 600);
  assert(files.get("train/cat.txt")?.buffer === archive.buffer);
});

Deno.test("decodeTar() reads what the tar program wrote, long paths too", async () => {
  const folder = Deno.makeTempDirSync();
  const path = `${"deep/".repeat(30)}file.txt`;
  Deno.mkdirSync(`${folder}/${"deep/".repeat(30)}`, { recursive: true });
  Deno.writeTextFileSync(`${folder}/${path}`, "found");
  const { stdout } = await new Deno.Command("tar", {
    args: ["--format=ustar", "-cf", "-", "deep"],
    cwd: folder,
  }).output();
  assertEquals(new TextDecoder().decode(decodeTar(stdout).get(path)), "found");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("decodeTar() names the place of what is wrong", () => {
  assertThrows(
    () => decodeTar(archive.subarray(0, 1026), "tar pictures.tar"),
    FormatError,
    "Malformed tar pictures.tar at byte 1024: expected 5 bytes of content, found 2.",
  );
  assertThrows(
    () => decodeTar(archive.with(0, 0x41)),
    FormatError,
    "at byte 0: expected a header whose sum is ",
  );
});

Deno.test("decodeTar() refuses every truncation before the final zeros", () => {
  const end = archive.findLastIndex((byte) => byte !== 0);
  for (const [what, bytes] of truncations(archive)) {
    const read = readOrRefuse(what, () => decodeTar(bytes));
    if (bytes.length <= end) assert(read instanceof FormatError, `${what} was read`);
  }
});

Deno.test("decodeTar() refuses a damaged header, unless the damage means the same", () => {
  const whole = decodeTar(archive);
  for (const [what, bytes] of damages(archive, 512)) {
    const read = readOrRefuse(what, () => decodeTar(bytes));
    if (!(read instanceof FormatError)) assertEquals(read, whole, what);
  }
});
