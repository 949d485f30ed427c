import { assertAlmostEquals, assertEquals } from "@std/assert";
import { linearProbe } from "../../lib/evaluate/linear_probe.ts";
import { nearestNeighbours } from "../../lib/evaluate/nearest_neighbours.ts";
import { nearestSubspace, principalSubspace } from "../../lib/evaluate/nearest_subspace.ts";
import { probe } from "../../lib/mcr2/probes.ts";
import { matrix64 } from "../../lib/tensor/linalg64.ts";
import { productTransposed64 } from "../../lib/tensor/product64.ts";
import { byFormula } from "../mcr2/example.ts";

const known = {
  features: byFormula(30, 4, 0.7),
  labels: Int32Array.from({ length: 30 }, (_, index) => index % 3),
  classes: 3,
};
const asked = byFormula(12, 4, 1.1);

// scikit-learn 1.9: RidgeClassifier(alpha=1.0).fit(X, y).predict(T)
Deno.test("linearProbe() guesses as scikit-learn's RidgeClassifier does", () => {
  assertEquals([...linearProbe(known, asked, 1)], [0, 0, 1, 2, 1, 2, 0, 1, 2, 0, 1, 2]);
});

// scikit-learn 1.9: KNeighborsClassifier(5, algorithm="brute").fit(X, y).predict(T)
Deno.test("nearestNeighbours() guesses as scikit-learn's KNeighborsClassifier does", () => {
  assertEquals([...nearestNeighbours(known, asked, 5)], [0, 0, 1, 0, 1, 0, 0, 1, 2, 0, 1, 2]);
});

Deno.test("principalSubspace() takes the fewest directions that hold the energy", () => {
  const tokens = matrix64([[3, 0, 0], [0, 2, 0], [0, 0, 1]]); // energies 9, 4, 1 of 14
  const ranks = [0.5, 9 / 14, 0.7, 13 / 14, 0.95, 1].map((energy) => principalSubspace(tokens, energy).rows);
  assertEquals(ranks, [1, 1, 2, 2, 3, 3]);
  const basis = principalSubspace(known.features, 0.9);
  const gram = productTransposed64(basis, basis);
  gram.data.forEach((value, index) =>
    assertAlmostEquals(value, index % (gram.rows + 1) === 0 ? 1 : 0, 1e-12)
  );
});

// numpy: the class with the longest projection on its first two right singular vectors.
Deno.test("nearestSubspace() guesses as projections on singular vectors do", () => {
  const subspaces = [0, 1, 2].map((label) => {
    const rows = Array.from({ length: 10 }, (_, index) => {
      const start = (3 * index + label) * 4;
      return [...known.features.data.subarray(start, start + 4)];
    });
    const basis = principalSubspace(matrix64(rows), 1);
    return { rows: 2, columns: 4, data: basis.data.subarray(0, 8) };
  });
  assertEquals([...nearestSubspace(subspaces, asked)], [1, 0, 0, 2, 1, 2, 2, 1, 2, 0, 0, 1]);
});

Deno.test("probe() tells tokens on the axes of their class apart by each of its classifiers", () => {
  const axes = (offset: number) => ({
    features: matrix64(Array.from({ length: 12 }, (_, index) => {
      const token = [0, 0, 0];
      token[index % 3] = (index % 2 === 0 ? 1 : 1.3) + offset;
      return token;
    })),
    labels: Int32Array.from({ length: 12 }, (_, index) => index % 3),
    classes: 3,
  });
  assertEquals(probe(axes(0), axes(0.2)), { nearestSubspace: 1, nearestNeighbours: 1, linearProbe: 1 });
});
