/**
 * Opening a GGUF file with llama.cpp.
 *
 * What is known to go wrong in silence is seen to here: BOS, without which some models ramble; samplers that drop the
 * unlikely tokens and rescale the rest; and sliding windows that forget what a common prefix needs.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { type LanguageModel, LanguageModelError, type Prompt } from "../model.ts";
import type { AddonContext, AddonModel, AddonSampler } from "./addon.ts";
import { loadAddon, THREADS } from "./load.ts";

/** Tokens that are evaluated at a time. */
const BATCH = 512;

/** The one sequence of a context. */
const SEQUENCE = 0;

/** Logits are raised by this much to make every other token negligible: e^60 is far beyond a softmax's range. */
const RAISED = 60;

/** A model's file, and the room to give it. */
export interface ModelFile {
  /** The folder of llama.cpp. */
  readonly runtime: string;
  /** The GGUF file. */
  readonly path: string;
  /** The longest prompt, in tokens. */
  readonly context: number;
}

/** Opens a model until the scope ends. */
export function openModel(
  { runtime, path, context: wanted }: ModelFile,
): Effect.Effect<LanguageModel, LanguageModelError, Scope.Scope> {
  return Effect.gen(function* () {
    const addon = yield* native(`llama.cpp in ${runtime} does not load`, () => loadAddon(runtime));
    const model = yield* opened(
      () => new addon.AddonModel(path, { gpuLayers: 0, useMmap: true, addonExports: addon }),
      `${path} is no model that llama.cpp can read: fetch it anew, or name another GGUF file.`,
    );
    const room = Math.min(wanted, model.getTrainContextSize());
    const context = yield* opened(
      () =>
        new addon.AddonContext(model, {
          contextSize: room,
          batchSize: BATCH,
          sequences: 1,
          threads: THREADS,
          flashAttention: false,
          swaFullCache: true, // else a long text pushes the common prefix out
        }),
      `There is no memory for a context of ${room} tokens of ${path}: ask for a shorter one.`,
    );
    const sampler = (config: Parameters<AddonSampler["applyConfig"]>[0]) =>
      Effect.acquireRelease(
        Effect.sync(() => {
          const made = new addon.AddonSampler(model);
          made.applyConfig(config);
          return made;
        }),
        (made) => Effect.sync(() => made.dispose()),
      );
    const unfiltered = yield* sampler({ temperature: 1, topK: 0, topP: 1, minP: 0 });
    const likeliest = yield* sampler({});
    const evaluate = evaluation(context, room);

    const distribution: LanguageModel["distribution"] = (prompt) =>
      Effect.gen(function* () {
        const logits = yield* evaluate(prompt);
        const drawn = yield* native("Reading the distribution failed", () =>
          context.sampleToken(logits, unfiltered, true, false));
        return normalised(drawn[1] ?? []);
      });
    const choose: LanguageModel["choose"] = (prompt, choices) =>
      Effect.scoped(Effect.gen(function* () {
        const raised = yield* sampler({
          temperature: 1,
          topK: choices.length,
          topP: 1,
          minP: 0,
          tokenBiasKeys: Uint32Array.from(choices),
          tokenBiasValues: new Float32Array(choices.length).fill(RAISED),
        });
        const logits = yield* evaluate(prompt);
        const [, pairs = []] = yield* native("Reading the choices failed", () =>
          context.sampleToken(logits, raised, true, false));
        const [top, , peak = 0] = yield* native("Reading the likeliest token failed", () =>
          context.sampleToken(logits, likeliest, false, true));
        const found = new Map<number, number>();
        for (let at = 0; at < pairs.length; at += 2) {
          found.set(pairs[at]!, pairs[at + 1]!);
        }
        const posterior = Float64Array.from(choices, (token) =>
          found.get(token) ?? 0);
        const sum = posterior.reduce((total, share) =>
          total + share, 0);
        const shares = posterior.map((share) =>
          share / sum
        );
        // The likeliest token's probability gives that of all choices when it is one of them.
        const place = choices.indexOf(top);
        if (place >= 0) return { posterior: shares, mass: Math.min(1, peak / shares[place]!) };
        const [, all = []] = yield* native("Reading the distribution failed", () =>
          context.sampleToken(logits, unfiltered, true, false));
        const whole = normalised(all);
        return {
          posterior: shares,
          mass: choices.reduce((total, token) =>
            total + whole[token]!, 0),
        };
      }));

    return {
      description: model.getModelDescription(),
      context: room,
      beginning: model.shouldPrependBosToken() ? Uint32Array.of(model.tokenBos()) : new Uint32Array(0),
      tokens: (text) => model.tokenize(text, false),
      text: (tokens) => model.detokenize(tokens),
      distribution,
      choose,
    };
  });
}

/**
 * Evaluates prompts, each on what is kept of the common prefix, so that a result depends on the prompt alone and not on
 * those before it. Gives the place of the last token's logits.
 */
function evaluation(
  context: AddonContext,
  room: number,
): (prompt: Prompt) => Effect.Effect<number, LanguageModelError> {
  let kept = new Uint32Array(0);
  const read = async (place: number, tokens: Uint32Array): Promise<number> => {
    let logits = -1;
    for (let start = 0; start < tokens.length; start += BATCH) {
      const part = tokens.subarray(start, start + BATCH);
      context.initBatch(part.length);
      [logits = -1] = context.addToBatch(SEQUENCE, place + start, part, Uint32Array.of(part.length - 1));
      await context.decodeBatch();
    }
    return logits;
  };
  return ({ prefix, rest }) => {
    if (rest.length === 0 || prefix.length + rest.length > room) {
      return Effect.fail(
        new LanguageModelError({
          message: `A prompt has ${prefix.length} + ${rest.length} tokens, where its second part takes at ` +
            `least 1 and both together at most ${room}: give fewer or shorter demonstrations.`,
        }),
      );
    }
    return native("Evaluating a prompt failed", async () => {
      const same = kept.length === prefix.length && kept.every((token, place) => token === prefix[place]);
      if (!same || !context.removeTokenCellsFromSequence(SEQUENCE, prefix.length, -1)) {
        kept = new Uint32Array(0);
        context.disposeSequence(SEQUENCE);
        await read(0, prefix);
        kept = Uint32Array.from(prefix);
      }
      return await read(prefix.length, rest);
    });
  };
}

/** Tokens and probabilities in turn, as probabilities by token. Their sum is off by 1e-4, being one of floats. */
function normalised(pairs: readonly number[]): Float32Array {
  const probabilities = new Float32Array(pairs.length / 2);
  let sum = 0;
  for (let at = 0; at < pairs.length; at += 2) {
    probabilities[pairs[at]!] = pairs[at + 1]!;
    sum += pairs[at + 1]!;
  }
  return probabilities.map((probability) => probability / sum);
}

function native<A>(what: string, work: () => Promise<A>): Effect.Effect<A, LanguageModelError> {
  return Effect.tryPromise({
    try: work,
    catch: (error) =>
      new LanguageModelError({ message: `${what}: ${error instanceof Error ? error.message : error}.` }),
  });
}

/** Makes a thing of the addon's, starts it, and frees it when the scope ends. */
function opened<A extends AddonModel | AddonContext>(
  make: () => A,
  refused: string,
): Effect.Effect<A, LanguageModelError, Scope.Scope> {
  return Effect.acquireRelease(
    Effect.suspend(() => {
      const made = make();
      return Effect.tryPromise({
        try: () => made.init(),
        catch: () => new LanguageModelError({ message: refused }),
      }).pipe(
        Effect.filterOrFail((started) => started, () => new LanguageModelError({ message: refused })),
        Effect.as(made),
      );
    }),
    (made) => Effect.promise(() => made.dispose()),
  );
}
