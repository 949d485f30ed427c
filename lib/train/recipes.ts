/**
 * The recipes of the papers on white-box transformers, as their appendices and programs have them.
 *
 * Steps are those of whole batches: an epoch of ImageNet-1k's 1,281,167 images in batches of 2048 has 625.
 *
 * @module
 */
import type { ClassifierRecipe } from "./classifier.ts";
import type { PhotographRecipe } from "./examples.ts";
import type { Recipe } from "./recipe.ts";

/** A recipe for any seed. */
type Seedless<R> = Omit<R, "seed">;

/** How many images there are. */
const imagenet1k = 1_281_167;
const imagenet21k = 14_197_122;

/** Epochs in steps, and how long one is. */
function epochs(count: number, images: number, batch: number, warmup: number) {
  const epoch = Math.floor(images / batch);
  return { epoch, steps: count * epoch, batch, warmup: warmup * epoch };
}

const plain = { clip: 0, augment: "none", execution: "graph" } as const;

/** torchvision's usual view of a photograph in training. */
const cropped: PhotographRecipe = {
  from: "imagenet",
  view: { kind: "random", mirror: true },
  interpolation: "bilinear",
};

/** CRATE's and its ViT's training on ImageNet-1k (arXiv 2306.01129, appendix B.1.2). */
export function crateImagenet(): Seedless<ClassifierRecipe> {
  const { epoch: _, ...length } = epochs(150, imagenet1k, 2048, 5);
  return {
    ...plain,
    ...length,
    optimiser: "lion",
    learningRate: 2.4e-4,
    finalLearningRate: 0,
    weightDecay: 0.5,
    beta2: 0.99,
    labelSmoothing: 0.1,
    photographs: cropped,
  };
}

/** CRATE's training as its program has it by default: another schedule, rate and decay than the paper's. */
export function crateProgram(): Seedless<ClassifierRecipe> {
  const { epoch, ...length } = epochs(200, imagenet1k, 512, 20);
  return {
    ...crateImagenet(),
    ...length,
    learningRate: 2e-4,
    weightDecay: 0.05,
    schedule: { kind: "lower-of-both", epoch },
  };
}

/**
 * Fine-tuning of CRATE (arXiv 2306.01129, appendix B.1.2, with the batch and epochs of its README): the learning rate
 * falls along half a cosine by epoch from the first, RandAugment(2, 14), no label smoothing.
 *
 * @param images How many training images the data have: 50,000 for CIFAR.
 */
export function crateFinetune(images: number): Seedless<ClassifierRecipe> {
  const { epoch, ...length } = epochs(200, images, 256, 0);
  return {
    ...plain,
    ...length,
    optimiser: "adamw",
    learningRate: 5e-5,
    finalLearningRate: 0,
    schedule: { kind: "lower-of-both", epoch },
    weightDecay: 0.01,
    beta2: 0.999,
    labelSmoothing: 0,
    randAugment: { family: "torchvision", operations: 2, magnitude: 14 },
  };
}

/**
 * The supervised training whose networks segment (arXiv 2308.16271, section 4), on ImageNet-21k. The
 * paper tells of no warm-up; the five epochs of CRATE are taken.
 */
export function emergenceImagenet21k(): Seedless<ClassifierRecipe> {
  const { epoch: _, ...length } = epochs(90, imagenet21k, 4096, 5);
  return {
    ...plain,
    ...length,
    optimiser: "lion",
    learningRate: 9.6e-5,
    finalLearningRate: 0,
    weightDecay: 0.05,
    beta2: 0.99,
    labelSmoothing: 0,
    photographs: { ...cropped, from: "imagenet21k", view: { kind: "middle", around: 224, mirror: true } },
  };
}

/** CRATE-MAE's and ViT-MAE's training on ImageNet-1k (arXiv 2404.02446). */
export function crateMaeImagenet(): Seedless<Recipe> {
  const { epoch: _, ...length } = epochs(800, imagenet1k, 4096, 40);
  return {
    ...length,
    optimiser: "adamw",
    learningRate: 3e-5,
    finalLearningRate: 0,
    weightDecay: 0.1,
    beta2: 0.95,
    clip: 0,
    execution: "graph",
  };
}

/** How deep networks leave out branches, by the size of ToST. */
const tostDropPath = { T: 0, S: 0.05, M: 0.15 } as const;

/**
 * ToST's training on ImageNet-1k (arXiv 2412.17810, and its program's defaults): 400 epochs of cosine and 10 with the last
 * learning rate. The program names a colour jitter of 0.4 too, which timm leaves out where there is RandAugment, and keeps
 * an average of the weights that its evaluation does not use.
 *
 * @param size Which network.
 */
export function tostImagenet(size: keyof typeof tostDropPath): Seedless<ClassifierRecipe> {
  const { epoch, ...length } = epochs(410, imagenet1k, 1024, 5);
  const dropPath = tostDropPath[size];
  return {
    ...plain,
    ...length,
    optimiser: "adamw",
    learningRate: 1e-3,
    finalLearningRate: 1e-5,
    schedule: { kind: "timm", epoch, from: 1e-6, cooldown: 10 },
    weightDecay: 0.05,
    beta2: 0.999,
    labelSmoothing: 0.1,
    photographs: { ...cropped, interpolation: "bicubic" },
    repeats: 3,
    randAugment: { family: "timm", operations: 2, magnitude: 9, deviation: 0.5 },
    erase: 0.25,
    mix: { mixup: 0.8, cutmix: 1, switch: 0.5 },
    ...(dropPath === 0 ? {} : { dropPath }),
  };
}

/**
 * Fine-tuning of ToST (arXiv 2412.17810).
 *
 * @param images How many training images the data have: 50,000 for CIFAR.
 */
export function tostFinetune(images: number): Seedless<ClassifierRecipe> {
  return { ...crateFinetune(images), learningRate: 1e-4 };
}

/**
 * ToST's language models on OpenWebText (arXiv 2412.17810, and its program's configurations).
 *
 * @param size Which model: it decides the weight decay.
 */
export function tostLanguageWebText(size: "base" | "medium" | "large"): Seedless<Recipe> {
  return {
    steps: 600_000,
    batch: 480,
    optimiser: "adamw",
    learningRate: 6e-4,
    finalLearningRate: 6e-5,
    warmup: 2000,
    weightDecay: size === "base" ? 0.01 : 0.1,
    beta2: 0.95,
    clip: 1,
    execution: "graph",
  };
}

/** Causal CRATE's training on OpenWebText: nanoGPT's recipe, with batches of 384 windows of 1024 tokens. */
export function crateLanguageWebText(): Seedless<Recipe> {
  return { ...tostLanguageWebText("medium"), batch: 384 };
}
