import { assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { gzipSync, zipSync } from "fflate";
import { createTar } from "nanotar";
import { gunzip, untar } from "../../../lib/data/sources/tar.ts";
import { unzip } from "../../../lib/data/sources/zip.ts";
import { SetupError } from "../../../lib/setup/error.ts";

// The archives are made by fflate and nanotar, whose writers have nothing to do with what is tested.
const text = (line: string) => new TextEncoder().encode(line.repeat(40));
const contents = {
  "wheel/a.txt": text("alpha "),
  "wheel/sub/b.txt": text("beta "),
  "wheel/empty": new Uint8Array(),
};
const zip = zipSync({ ...contents, "wheel/stored": [text("stored "), { level: 0 }] });
const tar = createTar(Object.entries(contents).map(([name, data]) => ({ name, data })));

async function inTempFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("unzip() unpacks what is wanted, whether deflated, stored or empty", () =>
  inTempFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a.zip`, zip);
    await unzip(`${folder}/a.zip`, (path) => path.includes("/sub/") ? undefined : `${folder}/out/${path}`);
    assertEquals(await Deno.readFile(`${folder}/out/wheel/a.txt`), contents["wheel/a.txt"]);
    assertEquals(await Deno.readFile(`${folder}/out/wheel/stored`), text("stored "));
    assertEquals(await Deno.readFile(`${folder}/out/wheel/empty`), contents["wheel/empty"]);
    assertEquals(Array.from(Deno.readDirSync(`${folder}/out/wheel`)).length, 3);
  }));

Deno.test("unzip() refuses an archive that is cut off at any byte", () =>
  inTempFolder(async (folder) => {
    for (let length = 0; length < zip.length; length++) {
      await Deno.writeFile(`${folder}/cut.zip`, zip.subarray(0, length));
      await assertRejects(() => unzip(`${folder}/cut.zip`, (path) => `${folder}/out/${path}`), SetupError);
    }
  }));

Deno.test("unzip() never takes a damaged archive for more than it is", () =>
  inTempFolder(async (folder) => {
    for (let at = 0; at < zip.length; at += 5) { // of every header some byte, in a second
      const damaged = zip.slice();
      damaged[at]! ^= 0xff;
      await Deno.writeFile(`${folder}/damaged.zip`, damaged);
      try {
        await unzip(`${folder}/damaged.zip`, (path) => `${folder}/out/${path.replace(/[^a-z]/g, "_")}`);
      } catch (error) {
        assertInstanceOf(error, SetupError, `byte ${at}`);
      }
    }
  }));

Deno.test("untar() unpacks what is wanted", () =>
  inTempFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a.tgz`, gzipSync(tar));
    await untar(`${folder}/a.tgz`, (path) => path.endsWith(".txt") ? `${folder}/out/${path}` : undefined);
    assertEquals(await Deno.readFile(`${folder}/out/wheel/sub/b.txt`), contents["wheel/sub/b.txt"]);
    assertEquals(Array.from(Deno.readDirSync(`${folder}/out/wheel`), ({ name }) => name).sort(), [
      "a.txt",
      "sub",
    ]);
  }));

Deno.test("untar() and gunzip() refuse an archive that is cut off at any byte", () =>
  inTempFolder(async (folder) => {
    const archive = gzipSync(tar);
    for (let length = 0; length < archive.length; length++) {
      await Deno.writeFile(`${folder}/cut.tgz`, archive.subarray(0, length));
      await assertRejects(() => untar(`${folder}/cut.tgz`, (path) => `${folder}/out/${path}`), SetupError);
      await assertRejects(() => gunzip(`${folder}/cut.tgz`, `${folder}/cut.tar`), SetupError);
    }
  }));

Deno.test("gunzip() unpacks a file", () =>
  inTempFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a.gz`, gzipSync(text("gamma ")));
    await gunzip(`${folder}/a.gz`, `${folder}/a`);
    assertEquals(await Deno.readFile(`${folder}/a`), text("gamma "));
  }));
