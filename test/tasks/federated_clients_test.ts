import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../lib/data/folder.ts";
import { FederationError } from "../../lib/federated/errors.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import type { Metrics } from "../../lib/kinds/metrics.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { clientAccuracies } from "../../tasks/evaluate/client_accuracies.ts";
import { frozenFeatures } from "../../tasks/evaluate/frozen_features.ts";
import { dirichletClient } from "../../tasks/load/dirichlet_client.ts";
import { dirichletShares } from "../../tasks/load/dirichlet_shares.ts";
import { roleClient } from "../../tasks/load/role_client.ts";
import { shakespeareRoles } from "../../tasks/load/shakespeare_roles.ts";
import { syntheticClient } from "../../tasks/load/synthetic_client.ts";
import { trainAgnostic } from "../../tasks/train/agnostic.ts";
import { trainDrfa } from "../../tasks/train/drfa.ts";
import { featureMap } from "../../tasks/train/feature_map.ts";
import { trainQFfl } from "../../tasks/train/q_ffl.ts";
import { trainScaffold } from "../../tasks/train/scaffold.ts";
import { run } from "./run.ts";

/** Images of 8 by 8 whose first byte is their place, with labels that go round three classes. */
function numbered(count: number, split = "train"): Dataset {
  const images = new Uint8Array(count * 64);
  for (let at = 0; at < count; at++) images[at * 64] = at;
  return {
    about: { name: "numbered", split, classes: ["a", "b", "c"] },
    tensors: {
      images: tensor("uint8", [count, 8, 8, 1], images),
      labels: tensor("int32", [count], Int32Array.from({ length: count }, (_, at) => at % 3)),
    },
  };
}

Deno.test("dirichletClient() deals every image out once, and those kept open to nobody", async () => {
  const [train, test] = [numbered(120), numbered(60, "test")];
  const shares = await run(
    dirichletShares,
    { alpha: 0.5, clients: 4, least: 2, skip: 30, seed: 0 },
    { train, test },
  );
  const places: number[] = [];
  for (let client = 0; client < 4; client++) {
    const { about, tensors } = await run(dirichletClient, { client, skip: 30 }, { shares, data: train });
    assertEquals(about.name, `numbered, client ${client}`);
    (tensors.labels!.data as Int32Array).forEach((label, at) => {
      const place = Number(tensors.images!.data[at * 64]);
      assertEquals(place % 3, label);
      places.push(place);
    });
  }
  assertEquals(places.sort((a, b) => a - b), Array.from({ length: 90 }, (_, at) => 30 + at));
});

Deno.test("dirichletShares() fails when clients cannot all get enough", async () => {
  await assertRejects(
    () =>
      run(dirichletShares, { alpha: 0.01, clients: 50, least: 10, skip: 0, seed: 0 }, {
        train: numbered(60),
        test: numbered(60),
      }),
    FederationError,
    "No way was found",
  );
});

Deno.test("a federation of images is trained on frozen features and measured on every client", async () => {
  const map = await run(
    featureMap,
    { filters: 3, size: 3, stride: 2, features: 4, seed: 0 },
    { images: numbered(30) },
  );
  const featured = await run(frozenFeatures, {}, { map, data: numbered(40) });
  assertEquals(Object.keys(featured.tensors).sort(), ["features", "labels"]);
  const common = {
    objective: { kind: "softmax", ridge: 1e-3, classes: 3, batch: 8 },
    plan: { rounds: 4, every: 2, participation: 1, dropOut: 0, seed: 0 },
  } as const;
  const clients = [featured, featured];
  const regulariser = { kind: "agnostic" } as const;
  const runs = [
    await run(trainAgnostic, { ...common, regulariser, step: 1, dualStep: 0.1 }, { clients }),
    await run(trainDrfa, {
      ...common,
      regulariser,
      step: 1,
      localSteps: 3,
      dualStep: 0.1,
      decay: 0.9,
      floor: 1e-3,
    }, { clients }),
    await run(trainQFfl, { ...common, step: 1, localSteps: 3, q: 1 }, { clients }),
    await run(trainScaffold, { ...common, step: 1, localSteps: 3 }, { clients }),
  ];
  for (const one of runs) {
    const accuracies = await run(clientAccuracies, {}, { run: one, clients });
    assertEquals(accuracies.rounds, [0, 2, 4]);
    assertEquals(accuracies.mean, accuracies.worst, "the clients are alike");
  }
});

const PLAY = (name: string, words: string) =>
  Array.from({ length: 6 }, () => `\n${name}.\n${words}\n`).join("") + "\nMUTE.\nOh.\n";

Deno.test("shakespeareRoles() draws roles that say enough, and roleClient() splits what they say", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const words = "The quality of mercy is not strain'd, it droppeth as the gentle rain from heaven.";
    await Deno.writeTextFile(`${folder}/venice_gut.txt`, PLAY("PORTIA", words));
    await Deno.writeTextFile(`${folder}/as_you_like_it_gut.txt`, PLAY("JAQUES", words));
    const prepared = {
      shakespeare: { folder, files: ["as_you_like_it_gut.txt", "venice_gut.txt"], name: "two plays" },
    };
    const found = await run(shakespeareRoles, { roles: 2, characters: 300, seed: 1 }, {}, prepared);
    const roles = (found as Metrics & { roles: { play: string; name: string }[] }).roles;
    assertEquals(roles.map(({ play, name }) => `${name} in ${play}`).sort(), [
      "JAQUES in as you like it",
      "PORTIA in venice",
    ]);
    await assertRejects(
      () => run(shakespeareRoles, { roles: 3, characters: 300, seed: 1 }, {}, prepared),
      DataError,
      "two plays has 2 roles",
    );

    const contexts = { context: 3, features: 5, places: 1000, seed: 0 };
    const [train, test] = [
      await run(roleClient, { client: 0, split: "train" as const, ...contexts }, { roles: found }),
      await run(roleClient, { client: 0, split: "test" as const, ...contexts }, { roles: found }),
    ];
    const [learned, held] = [train, test].map(({ tensors }) => tensors.labels!.shape[0]!) as [number, number];
    assert(Math.abs(learned / (learned + held) - 0.8) < 0.02);
    await assertRejects(
      () => run(roleClient, { client: 2, split: "test" as const, ...contexts }, { roles: found }),
      FederationError,
      "There is no role 2",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("syntheticClient() is the same for the same parameters", async () => {
  const params = { client: 1, targets: "signs", dimension: 3, examples: 9, shift: 1, seed: 2 } as const;
  assertEquals(await run(syntheticClient, params, {}), await run(syntheticClient, params, {}));
});
