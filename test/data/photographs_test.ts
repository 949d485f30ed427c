import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import * as Effect from "effect/Effect";
import { encode } from "fast-png";
import { Running } from "../../lib/dag/running.ts";
import { DataError } from "../../lib/data/folder.ts";
import { readPhotographs } from "../../lib/data/photograph_stream.ts";
import {
  listPhotographs,
  type Photographs,
  photographsDataset,
  photographsOf,
} from "../../lib/data/photographs.ts";
import "../nn/tensorflow.ts";
import { scratchFolder } from "../train/training.ts";

const png = (level: number) =>
  encode({ width: 20, height: 16, data: new Uint8Array(20 * 16 * 3).fill(level), channels: 3 });

/** Runs work with the folder at hand. */
type Run = <A, E>(work: Effect.Effect<A, E, Running>) => Promise<A>;

/** A folder with two classes of two photographs each, and what is none of them. */
async function withFolder(use: (folder: string, inside: Run) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  for (const [index, file] of ["cat/1.png", "cat/2.PNG", "dog/a.jpeg", "dog/b.png"].entries()) {
    await Deno.mkdir(`${folder}/train/${file.split("/")[0]}`, { recursive: true });
    await Deno.writeFile(`${folder}/train/${file}`, png(50 * index));
  }
  await Deno.writeTextFile(`${folder}/train/dog/notes.txt`, "no photograph");
  await Deno.writeTextFile(`${folder}/train/README`, "no class");
  const running = {
    ...{ report: () => {}, log: () => {}, scratch: scratchFolder(), env: {} },
    prepared: { pets: { folder, files: [], name: "Pets" } },
  };
  const inside: Run = (work) => Effect.runPromise(Effect.provideService(work, Running, running));
  try {
    await use(folder, inside);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const list = (folder: string) =>
  listPhotographs({ folder, files: [], name: "Pets" }, "pets", "train", "train");
const seen = { view: { kind: "middle", around: 8 }, side: 8 } as const;

Deno.test("listPhotographs() labels files by their folders and passes over what is no photograph", async () => {
  await withFolder(async (folder, inside) => {
    const found = await inside(list(folder));
    assertEquals(found.classes, ["cat", "dog"]);
    assertEquals(found.files, ["train/cat/1.png", "train/cat/2.PNG", "train/dog/a.jpeg", "train/dog/b.png"]);
    assertEquals([...found.labels], [0, 0, 1, 1]);
    assertEquals([...found.sizes], [0, 50, 100, 150].map((level) => png(level).length));
    assertEquals(photographsOf(photographsDataset(found)), found);
  });
});

Deno.test("readPhotographs() reads them in order, whatever their names say of their format", async () => {
  await withFolder(async (folder, inside) => {
    const images = await inside(readPhotographs(await inside(list(folder)), seen));
    assertEquals(images.length, 4 * 8 * 8 * 3);
    assertEquals([0, 1, 2, 3].map((image) => images[image * 8 * 8 * 3]), [0, 50, 100, 150]);
  });
});

Deno.test("listPhotographs() refuses an empty class folder, and a folder without classes", async () => {
  await withFolder(async (folder, inside) => {
    await Deno.mkdir(`${folder}/train/eel`);
    await assertRejects(() => inside(list(folder)), DataError, "train/eel of Pets holds no photograph");
    await Deno.mkdir(`${folder}/empty`);
    const none = listPhotographs({ folder, files: [], name: "Pets" }, "pets", "empty", "train");
    await assertRejects(() => inside(none), DataError, "Pets should have a folder for each class in");
    const absent = listPhotographs({ folder, files: [], name: "Pets" }, "pets", "absent", "train");
    await assertRejects(() => inside(absent), DataError, "The folders of Pets cannot be listed");
  });
});

const damages: readonly (readonly [string, (file: string) => Promise<void>, string])[] = [
  ["is cut short", async (file) => {
    const bytes = await Deno.readFile(file);
    await Deno.writeFile(file, bytes.fill(0, 30));
  }, "is no whole JPEG, PNG or GIF"],
  ["changed its length", (file) => Deno.writeFile(file, new Uint8Array(7)), "has 7 bytes where it had"],
  ["is gone", (file) => Deno.remove(file), "cannot be read"],
];
for (const [name, damage, complaint] of damages) {
  Deno.test(`readPhotographs() names the photograph that ${name}`, async () => {
    await withFolder(async (folder, inside) => {
      const photographs: Photographs = await inside(list(folder));
      const file = `${folder}/train/dog/a.jpeg`;
      await damage(file);
      const error = await assertRejects(() => inside(readPhotographs(photographs, seen)), DataError);
      assertStringIncludes(error.message, file);
      assertStringIncludes(error.message, complaint);
    });
  });
}
