/**
 * What the ToST paper claims of language models (Section 5.2, Table 4).
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { atMost, below, between } from "../lib/claim/expectation.ts";
import { exactly, meanInterval } from "../lib/claim/interval.ts";
import { difference, type Measure, metric, numberAt } from "../lib/claim/measure.ts";
import type { TostEvidence } from "./tost_claims.ts";

type Measured = TostEvidence["entropies"];

/**
 * Declares the claims on language models.
 *
 * @param evidence The nodes whose metrics they read.
 * @param text The text's true name.
 * @param tooSmall What they say where the preset is too small for them.
 */
export function claimedLanguage(
  { writers, webWriters, entropies }: Pick<TostEvidence, "writers" | "webWriters" | "entropies">,
  text: string,
  tooSmall: { readonly outOfScale?: string },
): readonly Claim[] {
  const tostLosses = writers.map(({ tost }) => tost);
  const softmaxLosses = writers.map(({ softmax }) => softmax);
  return [
    claim({
      id: "T5a",
      source: "Table 4",
      says: "causal TSSA learns language beyond pairs of characters",
      measure: excess(tostLosses, entropies, "bigram"),
      expect: below(0),
      unit: "nats",
      note: `${text}: held-out loss minus the entropy of a character given the one before`,
      ...tooSmall,
    }),
    claim({
      id: "T5b",
      source: "Table 4",
      says: "softmax attention learns language beyond pairs of characters",
      measure: excess(softmaxLosses, entropies, "bigram"),
      expect: below(0),
      unit: "nats",
      ...tooSmall,
    }),
    claim({
      id: "T5c",
      source: "Table 4",
      says: "causal TSSA stays behind softmax attention, by less than a nat",
      measure: difference(tostLosses, softmaxLosses, "loss"),
      expect: between(0, 1),
      paper: 0.36,
      unit: "nats",
      note: "the paper's is per GPT-2 token at equal width",
      ...tooSmall,
    }),
    claimedWebText(webWriters),
    claim({
      id: "T6a",
      source: "Eq. 28",
      says: "causal TSSA can be computed recurrently",
      measure: metric(writers[0]!.recurrence, "difference"),
      expect: atMost(1e-5),
      note: "largest difference of logits from the parallel form, relative to the largest logit",
    }),
    claim({
      id: "T6b",
      source: "Eq. 28",
      says: "causal TSSA remembers h (2p + 1) numbers a layer, however long the text",
      measure: {
        nodes: [writers[0]!.recurrence],
        read: ([one]) => exactly(numberAt(one!, "stateNumbers") - numberAt(one!, "stateFormula")),
      },
      expect: between(0, 0),
      note: "numbers remembered, minus the formula",
    }),
  ];
}

/** Table 4 at its own size: ToST-Base against GPT-2's. */
function claimedWebText(writers: TostEvidence["webWriters"]): Claim {
  return claim({
    id: "T5d",
    source: "Table 4",
    says: "on web text ToST-Base stays behind GPT-2's size, by less than a nat",
    expect: between(0, 1),
    paper: 0.36,
    unit: "nats",
    note: "held-out loss per GPT-2 token of OpenWebText, against the same shell with softmax attention",
    ...(writers.length === 0
      ? { outOfScale: "110 million parameters take a GPU and OpenWebText; the paper preset measures this" }
      : {
        measure: difference(writers.map(({ tost }) => tost), writers.map(({ softmax }) => softmax), "loss"),
      }),
  });
}

/** The mean over seeds of a loss minus an entropy of the text. */
function excess(losses: readonly Measured[], entropies: Measured, entropy: string): Measure {
  return {
    nodes: [...losses, entropies],
    read: (metrics) => {
      const bound = numberAt(metrics.at(-1)!, entropy);
      return meanInterval(metrics.slice(0, -1).map((one) => numberAt(one, "loss") - bound));
    },
  };
}
