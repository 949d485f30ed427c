/**
 * Federations of real data: images whose classes are dealt out unevenly, and roles of plays.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import type { Dataset } from "../lib/kinds/dataset.ts";
import type { Checkpoint } from "../lib/kinds/checkpoint.ts";
import { ALPHABET } from "../lib/data/roles.ts";
import { clientAccuracies } from "../tasks/evaluate/client_accuracies.ts";
import { frozenFeatures } from "../tasks/evaluate/frozen_features.ts";
import { loadCifar10 } from "../tasks/load/cifar10.ts";
import { dirichletClient } from "../tasks/load/dirichlet_client.ts";
import { dirichletShares } from "../tasks/load/dirichlet_shares.ts";
import { loadFashionMnist } from "../tasks/load/fashion_mnist.ts";
import { roleClient } from "../tasks/load/role_client.ts";
import { shakespeareRoles } from "../tasks/load/shakespeare_roles.ts";
import { trainAgnostic } from "../tasks/train/agnostic.ts";
import { trainDrfa } from "../tasks/train/drfa.ts";
import { featureMap } from "../tasks/train/feature_map.ts";
import { trainFedAvg } from "../tasks/train/fedavg.ts";
import { trainQFfl } from "../tasks/train/q_ffl.ts";
import { trainScaffPd } from "../tasks/train/scaff_pd.ts";
import { trainScaffold } from "../tasks/train/scaffold.ts";
import {
  everyone,
  type ImageData,
  imageData,
  type ImageFederations,
  type RealTraining,
  type RoleFederation,
} from "./scaff_pd_presets.ts";

const load = { fashionMnist: loadFashionMnist, cifar10: loadCifar10 };

/** What images are called, where nobody looks at the artifact. */
const names = { fashionMnist: "Fashion-MNIST", cifar10: "CIFAR-10" } as const;

/** Least examples of a client, of training and of test data. */
const LEAST = 10;

interface Clients {
  readonly train: readonly Node<typeof Dataset>[];
  readonly test: readonly Node<typeof Dataset>[];
}

/** Trains a linear head with every method on the same clients, from the same start, and measures each on every client. */
function everyMethod({ train, test }: Clients, classes: number, training: RealTraining, seed: number) {
  const { rounds, every, localSteps, step, batch, ridge, dualStep, rho, otherRhos } = training;
  const common = {
    objective: { kind: "softmax", ridge, classes, batch } as const,
    plan: { rounds, every, ...everyone, seed },
  };
  const wires = { clients: train };
  const worstClient = { kind: "agnostic" } as const;
  const scaffPd = (strength: number) =>
    trainScaffPd({
      ...common,
      regulariser: { kind: "chi-squared", rho: strength },
      schedule: {
        kind: "constant",
        model: step,
        weights: dualStep,
        extrapolation: 1 / (1 + strength * train.length * dualStep),
      },
      localSteps,
      corrected: true,
    }, wires);
  const measure = (run: Node<typeof Checkpoint>) => clientAccuracies({}, { run, clients: test });
  return {
    scaffPd: measure(scaffPd(rho)),
    others: otherRhos.map((strength) => measure(scaffPd(strength))),
    drfa: measure(trainDrfa({
      ...common,
      regulariser: worstClient,
      step,
      localSteps,
      dualStep: dualStep / localSteps,
      decay: 0.99,
      floor: 1e-3,
    }, wires)),
    // One step of gradient descent a round, of the length 1/L.
    agnostic: measure(trainAgnostic({ ...common, regulariser: worstClient, step: 1, dualStep }, wires)),
    qFfl: measure(trainQFfl({ ...common, q: 1, step, localSteps }, wires)),
    scaffold: measure(trainScaffold({ ...common, step, localSteps }, wires)),
    fedAvg: measure(trainFedAvg({ ...common, step, localSteps }, wires)),
  };
}

/** What was measured of every method on one federation. */
export type RealFederation = ReturnType<typeof everyMethod>;

/** Deals images out to clients, turns each client's into frozen features, and trains on them. */
export function imageFederation(
  letter: ImageData,
  { open, images, map: form }: ImageFederations,
  training: RealTraining,
  seed: number,
): RealFederation {
  const { from, alpha } = imageData[letter];
  const map = featureMap(form, { images: load[from]({ split: "train", count: open }, {}) });
  const train = load[from]({ split: "train", count: open + images }, {});
  const test = load[from]({ split: "test", count: images }, {});
  const shares = dirichletShares(
    { alpha, clients: training.clients, least: LEAST, skip: open, seed },
    { train, test },
  );
  const featuresOf = (client: number, data: Node<typeof Dataset>, skip: number) =>
    frozenFeatures({}, { map, data: dirichletClient({ client, skip }, { shares, data }) });
  return everyMethod(
    {
      train: everyClient(training, (client) => featuresOf(client, train, open)),
      test: everyClient(training, (client) => featuresOf(client, test, 0)),
    },
    10,
    training,
    seed,
  );
}

/** Draws roles of plays as clients, and trains to predict what letter they say next. */
export function roleFederation(
  { characters, contexts, rounds }: RoleFederation,
  training: RealTraining,
  seed: number,
): RealFederation {
  const roles = shakespeareRoles({ roles: training.clients, characters, seed }, {});
  const clientsOf = (split: "train" | "test") =>
    everyClient(training, (client) => roleClient({ client, split, ...contexts }, { roles }));
  return everyMethod(
    { train: clientsOf("train"), test: clientsOf("test") },
    ALPHABET.length,
    { ...training, rounds },
    seed,
  );
}

/** What the federations of real data are called, by the letter of their claims. */
export const realData = {
  a: nameOf("a"),
  b: nameOf("b"),
  c: nameOf("c"),
  d: nameOf("d"),
  r: "Shakespeare by role",
};

/** The letter of a federation of real data. */
export type RealData = keyof typeof realData;

function everyClient(
  { clients }: RealTraining,
  make: (client: number) => Node<typeof Dataset>,
): readonly Node<typeof Dataset>[] {
  return Array.from({ length: clients }, (_, client) => make(client));
}

function nameOf(letter: ImageData): string {
  const { from, alpha } = imageData[letter];
  return `${names[from]}, α = ${alpha}`;
}
