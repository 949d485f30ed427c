import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../lib/data/folder.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { firstOfClasses } from "../../tasks/load/first_of_classes.ts";
import { run } from "../tasks/run.ts";

const data: Dataset = {
  about: { name: "letters", split: "train", classes: ["a", "b", "c"] },
  tensors: {
    images: tensor("uint8", [6, 1, 2, 1], [0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51]),
    labels: tensor("int32", [6], [1, 2, 0, 1, 0, 1]),
  },
};

Deno.test("firstOfClasses() takes the first examples of the first classes, in their order", async () => {
  const taken = await run(firstOfClasses, { classes: 2, each: 2 }, { data });
  assertEquals(taken.about.classes, ["a", "b"]);
  assertEquals(taken.tensors.labels, tensor("int32", [4], [1, 0, 1, 0]));
  assertEquals(taken.tensors.images, tensor("uint8", [4, 1, 2, 1], [0, 1, 20, 21, 30, 31, 40, 41]));
});

Deno.test("firstOfClasses() refuses more than there is", async () => {
  const refused = (classes: number, each: number, message: string) =>
    assertRejects(() => run(firstOfClasses, { classes, each }, { data }), DataError, message);
  await refused(4, 1, "has 3 classes: 4 were asked for");
  await refused(3, 2, "has 1 examples of the class c where 2 were asked for");
});
