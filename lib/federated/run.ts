/**
 * Federations as nodes run them: from the clients' data to what the server was after some rounds.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../dag/canonical.ts";
import { Running } from "../dag/running.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { type Tensor, tensor } from "../tensor/array.ts";
import { FederationError } from "./errors.ts";
import { federate, type Moment, Plan } from "./federate.ts";
import type { Method, Server } from "./method.ts";
import { Objective, problemOf } from "./objective.ts";

const Positive = Schema.Finite.check(Schema.isGreaterThan(0));

/** What every federated training is told, whatever its method. */
export const Training = Schema.Struct({
  /** The clients' losses. */
  objective: Objective,
  /** Rounds, and who takes part in them. */
  plan: Plan,
});

/** What every federated training is told. */
export type Training = typeof Training.Type;

/** What methods with local steps are told. */
export const LocalTraining = {
  /** τ·L, with L the clients' smoothness: what the model moves along the mean direction in a round. */
  step: Positive,
  /** J: steps that a client goes by itself, each of τ/J. */
  localSteps: Schema.Int.check(Schema.isGreaterThan(0)),
} as const;

/** Numbers on the network are doubles, as they are here. */
const BYTES_OF_A_NUMBER = 8;

/** What a federation left behind: the server at some rounds. */
export interface Trajectory {
  /** The method's name. */
  readonly method: string;
  /** Its parameters. */
  readonly settings: Readonly<Record<string, Json>>;
  /** The moments, the first before any round. */
  readonly moments: readonly Moment[];
}

/**
 * Trains a model with a federated method.
 *
 * @param method The method.
 * @param training Losses and rounds, with whatever else the method was told: kept as its settings.
 * @param datasets One dataset a client.
 * @returns `models` float64 `[moments, dimension]`, `weights` float64 `[moments, clients]` and `traffic` float64
 * `[moments, 3]`: exchanges, numbers up, numbers down.
 */
export function runFederation<State extends Server>(
  method: Method<State>,
  training: Training & Readonly<Record<string, unknown>>,
  datasets: readonly Dataset[],
): Effect.Effect<Checkpoint, FederationError, Running> {
  return Effect.gen(function* () {
    const { report } = yield* Running;
    const { objective, plan, ...settings } = training;
    const problem = yield* Effect.try({
      try: () => problemOf(objective, datasets),
      catch: (error) => error as FederationError,
    });
    const moments: Moment[] = [];
    for (const moment of federate(method, problem, plan)) {
      const broken = moment.model.findIndex((entry) => !Number.isFinite(entry));
      if (broken >= 0) {
        return yield* new FederationError({
          message: `${method.name} diverged by round ${moment.round}: the model's entry ${broken} is ` +
            `${moment.model[broken]}. Take a smaller step.`,
        });
      }
      moments.push(moment);
      report({ step: moment.round, total: plan.rounds, unit: "rounds" });
      yield* Effect.yieldNow; // lets an interruption through
    }
    return {
      about: {
        method: method.name,
        settings: settings as Json,
        plan,
        objective,
        clients: datasets.map(({ about }) => about.name),
        rounds: moments.map(({ round }) => round),
      },
      tensors: {
        models: stacked(moments.map(({ model }) => model)),
        weights: stacked(moments.map(({ weights }) => weights)),
        traffic: stacked(moments.map(({ traffic: { exchanges, up, down } }) => [exchanges, up, down])),
      },
    };
  });
}

const About = Schema.Struct({
  method: Schema.String,
  settings: Schema.Record(Schema.String, Schema.Json),
  rounds: Schema.Array(Schema.Int),
});

/**
 * Takes the moments of a federation out of a checkpoint.
 *
 * @throws {FederationError} When the checkpoint is not a federation's.
 */
export function trajectoryOf({ about, tensors }: Checkpoint): Trajectory {
  const { models, weights, traffic } = tensors;
  if (!Schema.is(About)(about) || models === undefined || weights === undefined || traffic === undefined) {
    throw new FederationError({
      message: `The checkpoint has ${Object.keys(about).join(", ") || "nothing"}: it is not of a federation.`,
    });
  }
  return {
    method: about.method,
    settings: about.settings as Readonly<Record<string, Json>>,
    moments: about.rounds.map((round, at) => {
      const [exchanges, up, down] = rowOf(traffic, at);
      return {
        round,
        model: rowOf(models, at),
        weights: rowOf(weights, at),
        traffic: { exchanges: exchanges!, up: up!, down: down! },
      };
    }),
  };
}

/** Bytes over the network, both ways, of all clients together. */
export function bytesOf({ up, down }: Moment["traffic"]): number {
  return BYTES_OF_A_NUMBER * (up + down);
}

function stacked(rows: readonly ArrayLike<number>[]): Tensor {
  const columns = rows[0]!.length;
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, at) => data.set(row, at * columns));
  return tensor("float64", [rows.length, columns], data);
}

function rowOf({ shape, data }: Tensor, at: number): Float64Array<ArrayBuffer> {
  const columns = shape[1]!;
  return Float64Array.from((data as Float64Array).subarray(at * columns, (at + 1) * columns));
}
