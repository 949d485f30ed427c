/** The noise and nuisance tasks of the wrong line, which take any labelled dataset. */
import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { cifarConfusions } from "../../lib/data/asymmetric_noise.ts";
import { DataError } from "../../lib/data/folder.ts";
import { alignment, officialPlaces } from "../../lib/data/human_labels.ts";
import { normal, uniform } from "../../lib/data/random.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { asymmetricNoise } from "../../tasks/corrupt/asymmetric_noise.ts";
import { gaussianNuisance } from "../../tasks/corrupt/gaussian_nuisance.ts";
import { humanNoise } from "../../tasks/corrupt/human_noise.ts";
import { labelNoise } from "../../tasks/corrupt/label_noise.ts";
import { spuriousColour } from "../../tasks/corrupt/spurious_colour.ts";
import { highDigits } from "../../tasks/load/high_digits.ts";
import { run } from "./run.ts";

/** Grey images that show their number, with labels that go round the classes. */
function pictures({ count = 10, side = 2, classes = ["cat", "dog", "ship"] } = {}): Dataset {
  const pixels = side * side;
  return {
    about: { name: "pictures", split: "train", classes },
    tensors: {
      images: tensor(
        "uint8",
        [count, side, side, 1],
        Uint8Array.from({ length: count * pixels }, (_, place) => 1 + Math.floor(place / pixels) % 255),
      ),
      labels: tensor("int32", [count], Int32Array.from({ length: count }, (_, i) => i % classes.length)),
    },
  };
}

const labelsIn = (data: Dataset) => data.tensors.labels!.data as Int32Array;
const imagesIn = (data: Dataset) => data.tensors.images!.data as Uint8Array;
const bytesOf = (data: Dataset) => Dataset.encode(data)["dataset.safetensors"];

/** Each corruption with a seed and how much of it: 0 is to change nothing. */
const corruptions = {
  labelNoise: (amount: number, seed: number, data: Dataset) =>
    run(labelNoise, { rate: amount, seed }, { data }),
  asymmetricNoise: (amount: number, seed: number, data: Dataset) =>
    run(asymmetricNoise, { rate: amount, confusions: [["cat", "dog"], ["dog", "cat"]], seed }, { data }),
  gaussianNuisance: (amount: number, seed: number, data: Dataset) =>
    run(gaussianNuisance, { features: 20, scale: amount, seed }, { data }),
  spuriousColour: (amount: number, seed: number, data: Dataset) =>
    run(spuriousColour, { agreement: 1 - amount, seed }, { data }),
};

for (const [name, corrupt] of Object.entries(corruptions)) {
  Deno.test(`${name}() gives the same bytes for a seed, other ones for another, and leaves its input alone`, async () => {
    const data = pictures({ count: 200 });
    const before = bytesOf(data);
    const [once, again, other] = [
      await corrupt(0.5, 1, data),
      await corrupt(0.5, 1, data),
      await corrupt(0.5, 2, data),
    ];
    assertEquals(bytesOf(once), bytesOf(again));
    assertNotEquals(bytesOf(once), bytesOf(other));
    assertEquals(bytesOf(data), before);
    assertEquals((once.about.corruptions as unknown[]).length, 1);
  });
}

Deno.test("no noise changes no label, and no nuisance is all zeros", async () => {
  const data = pictures({ count: 50 });
  assertEquals(labelsIn(await corruptions.labelNoise(0, 1, data)), labelsIn(data));
  assertEquals(labelsIn(await corruptions.asymmetricNoise(0, 1, data)), labelsIn(data));
  const { nuisance } = (await corruptions.gaussianNuisance(0, 1, data)).tensors;
  assert((nuisance!.data as Float64Array).every((number) => number === 0));
});

Deno.test("asymmetricNoise() confuses the share asked for, and only classes that are confused", async () => {
  const [count, rate] = [30_000, 0.3];
  const data = pictures({ count, side: 1 });
  const noisy = labelsIn(await corruptions.asymmetricNoise(rate, 4, data));
  const moved = [0, 0, 0];
  noisy.forEach((label, place) => {
    if (label === place % 3) return;
    moved[place % 3]! += 1;
    assertEquals(label, 1 - place % 3);
  });
  const within = 3 * Math.sqrt(rate * (1 - rate) * count / 3);
  assertAlmostEquals(moved[0]!, rate * count / 3, within);
  assertAlmostEquals(moved[1]!, rate * count / 3, within);
  assertEquals(moved[2], 0);
});

Deno.test("labelNoise() flips within three standard deviations of its rate", async () => {
  const count = 20_000;
  for (const rate of [0.05, 0.1, 0.2, 0.4]) {
    const data = pictures({ count, side: 1, classes: ["no", "yes"] });
    const noisy = labelsIn(await run(labelNoise, { rate, seed: 9 }, { data }));
    const flipped = noisy.filter((label, place) => label !== place % 2).length / count;
    assertAlmostEquals(flipped, rate, 3 * Math.sqrt(rate * (1 - rate) / count));
  }
});

Deno.test("asymmetricNoise() keeps the true labels, and refuses classes that are not there", async () => {
  const data = pictures();
  const noisy = await corruptions.asymmetricNoise(1, 0, data);
  assertEquals(noisy.tensors.trueLabels, data.tensors.labels);
  assertEquals([...labelsIn(noisy).subarray(0, 3)], [1, 0, 2]);
  await assertRejects(
    () => run(asymmetricNoise, { rate: 0.1, confusions: cifarConfusions, seed: 0 }, { data }),
    DataError,
    "pictures has no class truck; its classes are cat, dog, ship.",
  );
});

Deno.test("gaussianNuisance() adds features and touches nothing else", async () => {
  const data = pictures({ count: 12 });
  const { tensors } = await run(gaussianNuisance, { features: 5, scale: 2, seed: 1 }, { data });
  assertEquals(tensors.nuisance!.shape, [12, 5]);
  assertEquals([tensors.images, tensors.labels], [data.tensors.images, data.tensors.labels]);
  await assertRejects(
    () =>
      run(gaussianNuisance, { features: 1e5, scale: 1, seed: 1 }, {
        data: pictures({ count: 10_000, side: 1 }),
      }),
    DataError,
    "would take 10000 × 10000 numbers",
  );
});

Deno.test("spuriousColour() tells the label as often as asked, and every pixel is kept", async () => {
  const count = 6000;
  const data = pictures({ count });
  const { tensors: { images, labels } } = await corruptions.spuriousColour(0.1, 3, data);
  assertEquals(images!.shape, [count, 2, 2, 3]);
  let told = 0;
  for (let image = 0; image < count; image += 1) {
    const picture = (images!.data as Uint8Array).subarray(12 * image, 12 * image + 12);
    const channel = picture.findIndex((level) => level > 0);
    assertEquals([...picture].filter((_, at) => at % 3 === channel), [
      ...imagesIn(data).subarray(4 * image, 4 * image + 4),
    ]);
    assertEquals(picture.filter((level) => level > 0).length, 4);
    if (channel === labels!.data[image]) told += 1;
  }
  assertAlmostEquals(told, 0.9 * count, 3 * Math.sqrt(0.09 * count));
  await assertRejects(
    () =>
      run(spuriousColour, { agreement: 1, seed: 0 }, {
        data: { ...data, tensors: { images: images!, labels: labels! } },
      }),
    DataError,
    "have 3 channels: only grey ones can be coloured",
  );
});

Deno.test("highDigits() halves images and asks whether a digit is at least 5", async () => {
  const digits: Dataset = {
    about: { name: "digits", split: "test", classes: [..."0123456789"] },
    tensors: {
      images: tensor("uint8", [2, 2, 2, 1], [0, 1, 2, 3, 255, 255, 254, 254]),
      labels: tensor("int32", [2], [4, 5]),
    },
  };
  const { about, tensors } = await run(highDigits, {}, { digits });
  assertEquals([...imagesIn({ about, tensors })], [2, 255]);
  assertEquals([[...labelsIn({ about, tensors })], about.classes], [[0, 1], ["below 5", "at least 5"]]);
});

/** Images whose brightness is their class, except that mistaken ones are as bright as what they are taken for. */
function lookalikes(count: number) {
  const labels = Int32Array.from({ length: count }, (_, i) => i % 10);
  const chance = uniform({ seed: 1, stream: "mistakes" }, count);
  const human = labels.map((label, i) => chance[i]! < 0.2 ? (label + 1) % 10 : label);
  const noise = normal({ seed: 1, stream: "brightness" }, count);
  const data = new Uint8Array(count * 64);
  human.forEach((seen, i) =>
    data.fill(40 + 15 * (0.5 * labels[i]! + 0.5 * seen) + 12 * noise[i]!, 64 * i, 64 * i + 64)
  );
  return { images: { count, height: 8, width: 8, channels: 1, data }, labels, human };
}

Deno.test("alignment() finds that people's mistakes look like what they were taken for", () => {
  const { images, labels, human } = lookalikes(2000);
  const { mistakes, deviations } = alignment(images, labels, human);
  assert(deviations > 6, `${deviations}`);
  assertEquals(mistakes, human.filter((label, i) => label !== labels[i]).length);
});

Deno.test("alignment() finds nothing in labels of other images of the same classes", () => {
  const { images, labels, human } = lookalikes(2000);
  const others = human.map((_, i) => human[(i + 10) % human.length]!);
  assert(Math.abs(alignment(images, labels, others).deviations) < 4);
  assertEquals(alignment(images, labels, labels).deviations, 0);
});

Deno.test("officialPlaces() finds both orders, and none where the labels fit neither", () => {
  const clean = Uint8Array.of(6, 9, 9, 4, 1, 1, 6);
  assertEquals(officialPlaces(Int32Array.of(3, 0), Int32Array.of(4, 6), clean), Int32Array.of(3, 0));
  // Picture 1 of class 9, picture 1 of class 6.
  assertEquals(officialPlaces(Int32Array.of(19, 16), Int32Array.of(9, 6), clean), Int32Array.of(2, 6));
  assertEquals(officialPlaces(Int32Array.of(3), Int32Array.of(5), clean), undefined);
});

Deno.test("humanNoise() refuses data that people did not label, and images that do not fit their mistakes", async () => {
  const folder = Deno.makeTempDirSync();
  const official = Uint8Array.from({ length: 50_000 }, (_, i) => i % 10);
  const people = official.map((label, i) => i % 5 === 0 ? (label + 1) % 10 : label);
  const file = new Uint8Array(300_000);
  file.set(official);
  for (let column = 1; column < 6; column += 1) file.set(people, column * 50_000);
  Deno.writeFileSync(`${folder}/cifar10n-labels.u8`, file);
  const prepared = { cifar10n: { folder, files: ["cifar10n-labels.u8"], name: "CIFAR-10N" } };

  const count = 400;
  const noise = normal({ seed: 2, stream: "pixels" }, count * 64);
  const data: Dataset = {
    about: { name: "CIFAR-10", split: "train", classes: [..."0123456789"] },
    tensors: {
      images: tensor("uint8", [count, 8, 8, 1], Uint8Array.from(noise, (z) => 128 + 30 * z)),
      labels: tensor("int32", [count], Int32Array.from({ length: count }, (_, i) => i % 10)),
      indices: tensor("int32", [count], Int32Array.from({ length: count }, (_, i) => i)),
    },
  };
  const refused = (data: Dataset, message: string) =>
    assertRejects(
      () => run(humanNoise, { labels: "worse" as const }, { data, witnesses: data }, prepared),
      DataError,
      message,
    );
  await refused(data, "do not fit people's mistakes");
  await refused({ ...data, about: { ...data.about, split: "test" } }, "people labelled only that");
  await refused(
    { ...data, tensors: { ...data.tensors, labels: tensor("int32", [count], new Int32Array(count)) } },
    "has other true labels than the images that people labelled",
  );
  Deno.removeSync(folder, { recursive: true });
});
