import { assert, assertEquals, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import { encode } from "jpeg-js";
import { Running } from "../../lib/dag/running.ts";
import { listPhotographs, photographsDataset } from "../../lib/data/photographs.ts";
import { integers } from "../../lib/data/random.ts";
import { loadClassifier } from "../../lib/nn/classifier.ts";
import { imagenetNormalisation } from "../../lib/nn/normalisation.ts";
import { tost, type TostConfig } from "../../lib/nn/tost.ts";
import type { ClassifierRecipe } from "../../lib/train/classifier.ts";
import { installTensorFlow } from "../../lib/tensor/native/install.ts";
import { initialTost } from "../../tasks/train/initial_tost.ts";
import { trainTost } from "../../tasks/train/tost.ts";
import "../nn/tensorflow.ts";
import { scratchFolder } from "./training.ts";

/** A folder like ImageNet's with photographs of two classes: stripes from left to right, and from top to bottom. */
async function stripes(): Promise<string> {
  const folder = scratchFolder();
  for (const [label, name] of ["n01", "n02"].entries()) {
    await Deno.mkdir(`${folder}/train/${name}`, { recursive: true });
    for (let photograph = 0; photograph < 24; photograph++) {
      const [width, height] = [40 + photograph, 60 - photograph];
      const noise = integers({ seed: label, stream: "noise", step: photograph }, width * height, 80);
      const data = new Uint8Array(width * height * 4).map((_, at) => {
        const pixel = Math.floor(at / 4);
        const along = label === 0 ? pixel % width : Math.floor(pixel / width);
        return 120 * (Math.floor(along / 8) % 2) + noise[pixel]!;
      });
      await Deno.writeFile(
        `${folder}/train/${name}/${photograph}.JPEG`,
        encode({ width, height, data }, 90).data,
      );
    }
  }
  return folder;
}

const net: TostConfig = {
  ...{ side: 16, channels: 3, patch: 4, stem: "linear", width: 24, depth: 2, heads: 2 },
  ...{ classBlocks: 1, layerScale: 1, classes: 2, form: "code" },
};
const recipe: ClassifierRecipe = {
  ...{ optimiser: "adamw", steps: 40, batch: 16, learningRate: 3e-3, finalLearningRate: 0, warmup: 4 },
  ...{ weightDecay: 0.05, beta2: 0.99, clip: 1, execution: "graph", labelSmoothing: 0.1, augment: "none" },
  photographs: {
    from: "imagenet",
    view: { kind: "random", area: [0.5, 1], mirror: true },
    interpolation: "bicubic",
  },
  seed: 1,
};

const native = await Effect.runPromise(installTensorFlow(() => {}));
const folder = await stripes();
const running = () => ({
  ...{ report: () => {}, log: () => {}, scratch: scratchFolder(), env: {} },
  prepared: { tensorflow: native, imagenet: { folder, files: [], name: "Stripes" } },
});
const inside = <A, E>(work: Effect.Effect<A, E, Running>, surroundings = running()) =>
  Effect.runPromise(Effect.provideService(work, Running, surroundings));
const list = photographsDataset(
  await inside(listPhotographs({ folder, files: [], name: "Stripes" }, "imagenet", "train", "train")),
);
const train = (changes: Partial<ClassifierRecipe>, surroundings = running()) =>
  inside(
    trainTost.spec.run({ params: { net, ...recipe, ...changes }, inputs: { data: list } }),
    surroundings,
  );

Deno.test("trainTost learns from photographs in folders that are never in memory together", async () => {
  const checkpoint = await train({});
  const { losses, normalisation, facts } = loadClassifier(tost, checkpoint);
  assertEquals(normalisation, imagenetNormalisation);
  assertEquals(facts.data, { name: "Stripes", split: "train", examples: 48 });
  const last = losses.subarray(-5).reduce((sum, loss) => sum + loss, 0) / 5;
  assert(last < 0.45, `the loss is still ${last}; guessing has 0.69`);
});

const everything: Partial<ClassifierRecipe> = {
  steps: 8,
  repeats: 2,
  dropPath: 0.1,
  average: 0.9,
  randAugment: { family: "timm", operations: 2, magnitude: 9, deviation: 0.5 },
  erase: 0.25,
  mix: { mixup: 0.8, cutmix: 1, switch: 0.5 },
  schedule: { kind: "timm", epoch: 3, from: 1e-6 },
};

Deno.test("trainTost on photographs gives equal bytes for equal parameters, with all that a recipe can ask for", async () => {
  assertEquals(await train(everything), await train(everything));
});

Deno.test("trainTost on photographs goes on in the middle of an epoch as if nothing had happened", async () => {
  const whole = await train(everything);
  const surroundings = running();
  const stopped = new AbortController();
  const interrupted = Effect.runPromise(
    Effect.provideService(
      trainTost.spec.run({ params: { net, ...recipe, ...everything }, inputs: { data: list } }),
      Running,
      { ...surroundings, report: ({ step }) => step === 4 && stopped.abort() },
    ),
    { signal: stopped.signal },
  );
  await assertRejects(() => interrupted);
  const log: string[] = [];
  assertEquals(
    await train(everything, { ...surroundings, log: (line?: string) => void log.push(line!) }),
    whole,
  );
  assertEquals(log, ["going on from step 4 of 8"]);
});

Deno.test("initialTost is what trainTost on photographs starts from", async () => {
  const { losses: _, ...untrained } = loadClassifier(
    tost,
    await inside(initialTost.spec.run({ params: { net, seed: 1 }, inputs: { data: list } })),
  );
  const { losses: __, ...unmoved } = loadClassifier(tost, await train({ steps: 0 }));
  assertEquals(unmoved.parameters, untrained.parameters);
  assertEquals(unmoved.normalisation, untrained.normalisation);
});

Deno.test("trainTost asks how photographs are seen, and names one that it cannot read", async () => {
  const { photographs: _, ...blind } = recipe;
  await assertRejects(
    () => inside(trainTost.spec.run({ params: { net, ...blind }, inputs: { data: list } })),
    Error,
    "say in the recipe how they are seen",
  );
  const [file] = [...Deno.readDirSync(`${folder}/train/n02`)].map(({ name }) =>
    `${folder}/train/n02/${name}`
  );
  const bytes = Deno.readFileSync(file!);
  Deno.writeFileSync(file!, bytes.slice(0, 100));
  await assertRejects(() => train({}), Error, `The photograph ${file} of Stripes has 100 bytes where it had`);
  Deno.writeFileSync(file!, bytes);
});
