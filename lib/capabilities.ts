/**
 * The registry of capabilities: all that tasks may ask for in `uses`.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { type Capability, CapabilityError } from "./dag/capability.ts";
import { fromFileUrl, join, projectRoot } from "./dag/path.ts";
import { dataCapability } from "./data/sources/data_package.ts";
import { ownCopies } from "./data/sources/own_copies.ts";
import {
  cifar10,
  cifar10n,
  emoji,
  fashionMnist,
  mnist,
  shakespeare,
  stateOfTheUnion,
  vader,
} from "./data/sources/packages.ts";
import {
  agNewsFiles,
  bbcNews,
  boolQ,
  cbFiles,
  rteFiles,
  spamAssassin,
  sst2Files,
  trecFiles,
} from "./data/sources/texts.ts";
import { llama } from "./language/llama/runtime.ts";
import { gemma3, smollm2 } from "./language/models.ts";
import { ownModel } from "./language/own_model.ts";
import { installTensorFlow, nativeIdentity, tensorFlowReadiness } from "./tensor/native/install.ts";

/**
 * An operation that is split over threads adds up in another order, which changes the last bits of its result, while
 * operations beside each other never do. So that a key means one digest whatever else is running, an operation has one
 * thread, and a node that is alone uses the other cores for operations that do not wait for each other.
 */
const THREADS_OF_AN_OPERATION = "1";

const tensorflow: Capability = {
  name: "tensorflow",
  about: "TensorFlow's C library and the addon that drives it.",
  identity: () => ({ ...nativeIdentity(), threads: THREADS_OF_AN_OPERATION }),
  check: tensorFlowReadiness,
  prepare: (report) =>
    installTensorFlow(report).pipe(
      Effect.map((library) => ({
        value: library,
        access: {
          read: [library.folder, join(projectRoot(fromFileUrl(import.meta.url)), "node_modules")],
          ffi: [library.folder],
          env: {
            TF_CPP_MIN_LOG_LEVEL: "3",
            TF_NUM_INTRAOP_THREADS: THREADS_OF_AN_OPERATION,
            TF_NUM_INTEROP_THREADS: String(navigator.hardwareConcurrency),
          },
        },
      })),
      Effect.mapError(({ message, remedy }) =>
        new CapabilityError({ capability: "tensorflow", message, remedy })
      ),
    ),
};

const gpu: Capability = {
  name: "gpu",
  about: "A graphics processor to compute on.",
  identity: () => ({}),
  check: Effect.suspend(() =>
    Deno.env.get("ASSAY_DEVICE") === "gpu"
      ? Effect.succeed({ ready: true, detail: "ASSAY_DEVICE asks for one" })
      : Effect.fail(
        new CapabilityError({
          capability: "gpu",
          message: "These sizes take a GPU.",
          remedy: "Run where there is one of NVIDIA's, with ASSAY_DEVICE=gpu.",
        }),
      )
  ),
  prepare: () => Effect.succeed({ value: {}, access: {} }),
};

/** Every capability, by name. */
export const capabilities: Readonly<Record<string, Capability>> = Object.fromEntries(
  [
    tensorflow,
    dataCapability("mnist", "Handwritten digits.", () => mnist),
    dataCapability("fashion-mnist", "Pictures of clothes, in MNIST's form.", () => fashionMnist),
    dataCapability("sotu", "State of the Union addresses.", () => stateOfTheUnion),
    dataCapability("shakespeare", "Shakespeare's plays and poems.", () => shakespeare),
    dataCapability("vader", "Reviews, editorials and tweets with ratings of their sentiment.", () => vader),
    dataCapability("cifar10", "Small colour images of ten classes of things.", cifar10),
    dataCapability("cifar10n", "People's labels of CIFAR-10's training images.", cifar10n),
    dataCapability("emoji", "Emoji with exact outlines.", () => emoji),
    dataCapability("bbc", "News articles of five desks.", () => bbcNews),
    dataCapability("spam", "E-mails, wanted and not.", () => spamAssassin),
    dataCapability("boolq", "Passages with questions that they answer with yes or no.", () => boolQ),
    dataCapability("sst2", "Sentences of movie reviews, by sentiment.", sst2Files),
    dataCapability("trec", "Questions, by what is asked for.", trecFiles),
    dataCapability("agnews", "News articles of four kinds.", agNewsFiles),
    dataCapability("rte", "Pairs of texts, by whether one entails the other.", rteFiles),
    dataCapability("cb", "Pairs of texts, by what the speaker of one thinks of the other.", cbFiles),
    llama,
    dataCapability("smollm2", "A small language model that was tuned to follow instructions.", () => smollm2),
    dataCapability("gemma3", "A small language model as pre-trained.", () => gemma3),
    ownModel,
    ...ownCopies,
    gpu,
  ].map((capability) => [capability.name, capability]),
);
