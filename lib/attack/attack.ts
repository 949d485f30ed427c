/**
 * Attacks on image classifiers of any kind, for all pipelines: Auto-PGD within a ball, a patch, and Gaussian noise.
 *
 * An image counts as broken only as bytes, as an attacker has to hand it in. Attempts go on until all are broken.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../dag/running.ts";
import { corrupted } from "../data/corruption.ts";
import { computeInBatches } from "../evaluate/batches.ts";
import { examplesFor } from "../evaluate/examples.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import {
  type ImageConfig,
  type ImageNetwork,
  loadClassifier,
  logitsOf,
  pixelsOf,
  type SavedClassifier,
} from "../nn/classifier.ts";
import { tf } from "../tensor/native.ts";
import type { Tensors } from "../tensor/tensors.ts";
import { lossAndGradients } from "../train/step.ts";
import { attempts } from "./attempts.ts";
import { type AttackLoss, attackLosses, lossesOf } from "./loss.ts";

const Positive = Schema.Int.check(Schema.isGreaterThan(0));

/** What every attack says. */
const common = {
  /** How many images are attacked: the first ones. */
  count: Positive,
  /** The seed of starting points, places and noise. */
  seed: Schema.Int,
};

/** What attacks that follow the gradient say. */
const gradient = {
  ...common,
  /** Steps along the gradient in each attempt. */
  steps: Positive,
  /** Attempts from new starting points with each loss. */
  restarts: Positive,
  /** The losses to climb, one after another. */
  losses: Schema.Array(Schema.Literals(attackLosses)).check(Schema.isMinLength(1)),
};

/** An attack with full knowledge of the classifier. */
export const Attack = Schema.Union([
  /** Auto-PGD: every pixel moves by at most ε, in whole grey levels of 255. */
  Schema.Struct({
    kind: Schema.Literal("auto-pgd"),
    epsilon: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 })),
    ...gradient,
  }),
  /** An adversarial patch: the pixels of a square of so many pixels a side are free, at a new random place each attempt. */
  Schema.Struct({ kind: Schema.Literal("patch"), side: Positive, ...gradient }),
  /** No knowledge at all: the worst of several draws of normal noise of a standard deviation in grey levels of 255. */
  Schema.Struct({
    kind: Schema.Literal("gaussian-noise"),
    sigma: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
    draws: Positive,
    ...common,
  }),
]);

/** An attack with full knowledge of the classifier. */
export type Attack = typeof Attack.Type;

/** An attack does not fit what it is to attack. */
export class AttackError extends Schema.TaggedError<AttackError>()("AttackError", {
  message: Schema.String,
}) {}

/** Images attacked at a time. */
const BATCH = 100;

/**
 * Attacks a classifier: looks for images near the given ones, as the attack has it, that it takes for something else.
 *
 * Needs TensorFlow to be loaded. Fails when the images do not fit the network or the attack, or the checkpoint is
 * another's.
 *
 * @returns The first `count` examples with changed images and their true labels. Images that the classifier mistakes as
 * they are stay as they are; those that no attempt breaks are the last attempt's.
 */
export const attackImages = Effect.fnUntraced(function* <Config extends ImageConfig>(
  network: ImageNetwork<Config>,
  checkpoint: Checkpoint,
  data: Dataset,
  attack: Attack,
): Effect.fn.Return<Dataset, unknown, Running> {
  const saved = yield* Effect.try({
    try: () => loadClassifier(network, checkpoint),
    catch: (error) => error,
  });
  yield* refuseUnfit(attack, saved.config);
  const { images, labels } = yield* examplesFor(saved.config, data, attack.count);
  const bytes = Uint8Array.from(images.data as Uint8Array);
  const size = bytes.length / labels.shape[0]!;
  let standing = Array.from({ length: labels.shape[0]! }, (_, index) => index);
  for (const loss of attack.kind === "gaussian-noise" ? ["cross-entropy"] as const : attack.losses) {
    if (standing.length === 0) break;
    const found = yield* computeInBatches({
      parameters: saved.parameters,
      examples: {
        images: pixelsOf(images, standing),
        labels: {
          dtype: "int32",
          shape: [standing.length],
          data: Int32Array.from(standing, (at) => labels.data[at] as number),
        },
        indices: { dtype: "int32", shape: [standing.length], data: Int32Array.from(standing) },
      },
      size: BATCH,
      compute: (parameters, batch) => answersOf(network, saved, parameters, batch, loss),
      use: (run, batch) => attempts(run, batch, attack, loss),
    });
    standing.forEach((index, place) => {
      bytes.set((found.bytes!.data as Uint8Array).subarray(place * size, (place + 1) * size), index * size);
    });
    standing = standing.filter((_, place) => found.broken!.data[place] === 0);
  }
  return corrupted({ ...data, tensors: {} }, { [attack.kind]: attack }, {
    images: { ...images, data: bytes },
    labels,
  });
});

function refuseUnfit(attack: Attack, { side, classes }: ImageConfig): Effect.Effect<void, AttackError> {
  if (attack.kind === "patch" && attack.side > side) {
    const message =
      `A patch of ${attack.side} pixels a side does not fit images of ${side}: give a smaller side.`;
    return Effect.fail(new AttackError({ message }));
  }
  if (attack.kind !== "gaussian-noise" && attack.losses.includes("logit-ratio") && classes < 3) {
    const message =
      `The ratio of logits needs three classes, and the network has ${classes}: climb cross-entropy.`;
    return Effect.fail(new AttackError({ message }));
  }
  return Effect.void;
}

/** What a classifier says of a batch: `losses`, `gradients` and `guesses`. */
function answersOf<Config extends ImageConfig>(
  network: ImageNetwork<Config>,
  saved: SavedClassifier<Config>,
  parameters: Tensors,
  { images, labels }: Tensors,
  loss: AttackLoss,
): Tensors {
  const { metrics, gradients } = lossAndGradients(({ images }) => {
    const logits = logitsOf(network, saved, parameters, images!);
    const losses = lossesOf(loss, logits, labels!);
    return { loss: tf.sum(losses), metrics: { losses, guesses: tf.argMax(logits, 1) } };
  }, { images: images! });
  return { ...metrics, gradients: gradients.images! };
}
