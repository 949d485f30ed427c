import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as Schema from "effect/Schema";
import { ClassifierRecipe } from "../../lib/train/classifier.ts";
import { learningRateOf, Recipe } from "../../lib/train/recipe.ts";
import * as recipes from "../../lib/train/recipes.ts";
import { lowerOfBoth, timmCosine } from "../../lib/train/schedule.ts";

Deno.test("lowerOfBoth() gives the factors of CRATE's program, E = 200 with a warm-up of 20 epochs", () => {
  const rate = lowerOfBoth({ peak: 1, epoch: 7, epochs: 200, warmup: 20 });
  const factors = [[0, 0.05], [9, 0.5], [19, 0.977897], [100, 0.5], [199, 6.2e-5]] as const;
  for (const [epoch, factor] of factors) {
    assertAlmostEquals(rate(7 * epoch), factor, 1e-6);
    assertEquals(rate(7 * epoch + 6), rate(7 * epoch)); // it changes between epochs alone
  }
});

Deno.test("timmCosine() gives timm's learning rates", () => {
  // timm.scheduler.CosineLRScheduler(SGD(lr=1e-3), t_initial=400, lr_min=1e-5, warmup_t=5, warmup_lr_init=1e-6):
  // _get_lr(t), and lr_min once the cycle is over.
  const rate = timmCosine({ peak: 1e-3, epoch: 3, epochs: 400, warmup: 5, from: 1e-6, end: 1e-5 });
  const rates = [
    [0, 1e-6],
    [2, 0.0004006],
    [5, 0.000999618372939158],
    [100, 0.000855017856687341],
    [399, 1.0015266965829117e-5],
    [405, 1e-5],
  ] as const;
  for (const [epoch, value] of rates) assertAlmostEquals(rate(3 * epoch), value, 1e-12);
});

const classifiers = {
  crateImagenet: recipes.crateImagenet(),
  crateProgram: recipes.crateProgram(),
  crateFinetune: recipes.crateFinetune(50_000),
  emergenceImagenet21k: recipes.emergenceImagenet21k(),
  tostImagenet: recipes.tostImagenet("S"),
  tostFinetune: recipes.tostFinetune(50_000),
};
for (const [name, recipe] of Object.entries(classifiers)) {
  Deno.test(`${name} is a recipe that tasks take, which rises to its rate and falls`, () => {
    Schema.decodeUnknownSync(Schema.Struct(ClassifierRecipe.fields))({ ...recipe, seed: 0 });
    const rate = learningRateOf(recipe);
    const rates = Array.from({ length: 1000 }, (_, i) => rate(Math.floor(i * recipe.steps / 1000)));
    assertAlmostEquals(Math.max(...rates), recipe.learningRate, 0.025 * recipe.learningRate);
    assertAlmostEquals(rate(recipe.steps - 1), recipe.finalLearningRate, 0.001 * recipe.learningRate);
  });
}

const others = {
  crateMaeImagenet: recipes.crateMaeImagenet(),
  tostLanguageWebText: recipes.tostLanguageWebText("base"),
  crateLanguageWebText: recipes.crateLanguageWebText(),
};
for (const [name, recipe] of Object.entries(others)) {
  Deno.test(`${name} is a recipe that tasks take`, () => {
    Schema.decodeUnknownSync(Schema.Struct(Recipe.fields))({ ...recipe, seed: 0 });
  });
}

Deno.test("recipes have as many steps as the papers' epochs have whole batches", () => {
  assertEquals(classifiers.crateImagenet.steps, 150 * 625);
  assertEquals(classifiers.crateFinetune.steps, 200 * 195);
  assertEquals(classifiers.tostImagenet.steps, 410 * 1251);
  assertEquals(classifiers.emergenceImagenet21k.steps, 90 * 3466);
  assertEquals(others.crateMaeImagenet.warmup, 40 * 312);
});
