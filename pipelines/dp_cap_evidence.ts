/**
 * What the claims of DP-Cap are judged by.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";

/** A node whose metrics are read. */
export type Measured = Node<typeof Metrics>;

/** The trainings of which something is measured. */
export type RunName = "infinite" | "eight" | "two" | "fromRandom" | "fewer" | "quarter" | "tenfold";

/** What is measured of every training. */
type OfRuns = Readonly<Record<RunName, Measured>>;

/** The nodes whose metrics the claims read. */
export interface DpCapEvidence {
  /** Of each seed. */
  readonly models: readonly {
    readonly spent: OfRuns & { readonly autoencoder: Measured };
    readonly probes: OfRuns & Readonly<Record<"random" | "start" | "autoencoder", Measured>> & {
      /** Where the preset has it. */
      readonly smaller?: Measured;
    };
    readonly losses: OfRuns;
    /** Of rendered scenes only. */
    readonly choices?: Readonly<Record<"infinite" | "eight" | "two", Measured>>;
    readonly zeroShot?: Readonly<Record<"infinite" | "eight" | "two", Measured>>;
    readonly attacks: Readonly<Record<"infinite" | "eight" | "two", Measured>>;
  }[];
  /** A probe of pixels. */
  readonly pixels: Measured;
  /** The accountants against a reference. */
  readonly reference: Measured;
  /** Ghost norms against gradients made one by one. */
  readonly ghosts: Measured;
  /** The likelihood-ratio attack, where a preset has it. */
  readonly shadows?: Readonly<Record<"infinite" | "eight", Measured>>;
}

/** Where a preset cannot speak to a claim. */
export type Scale = { readonly outOfScale?: string };

/** Why photographs' captions cannot speak to what is asked of scenes'. */
export const unscened: Scale = {
  outOfScale: "wrong captions are made by the rule of rendered scenes; the laptop preset measures this",
};
