import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { dirichletShares, partOf } from "../../lib/federated/dirichlet.ts";
import { FederationError } from "../../lib/federated/errors.ts";

const even = (classes: number, count: number) => Array.from({ length: classes }, () => count);

Deno.test("dirichletShares() has the mean and the variance of the Dirichlet distribution", () => {
  const [alpha, clients, classes] = [0.5, 4, 4000];
  const shares = dirichletShares({ alpha, clients, least: 1, seed: 1 }, [even(classes, 100)]);
  const first = shares.map((ofClass) => ofClass[0]!);
  const mean = first.reduce((sum, share) => sum + share, 0) / classes;
  const variance = first.reduce((sum, share) => sum + (share - mean) ** 2, 0) / classes;
  assertAlmostEquals(mean, 1 / clients, 0.02);
  // Beta(α, (N − 1) α): variance (1/N)(1 − 1/N)/(Nα + 1).
  assertAlmostEquals(variance, (1 / 4) * (3 / 4) / (clients * alpha + 1), 0.004);
  for (const ofClass of shares) assertAlmostEquals(ofClass.reduce((sum, share) => sum + share, 0), 1, 1e-12);
});

Deno.test("dirichletShares() of a small α gives each class to few clients, of a great one to all alike", () => {
  const most = (alpha: number) => {
    const shares = dirichletShares({ alpha, clients: 5, least: 1, seed: 2 }, [even(200, 100)]);
    return shares.reduce((sum, ofClass) => sum + Math.max(...ofClass) / 200, 0);
  };
  assert(most(0.01) > 0.95);
  assert(most(100) < 0.3);
});

Deno.test("parts of a class are disjoint, and all of it", () => {
  const shares = dirichletShares({ alpha: 0.1, clients: 7, least: 10, seed: 3 }, [even(10, 997)]);
  for (const ofClass of shares) {
    const parts = ofClass.map((_, client) => partOf(ofClass, client, 997));
    assertEquals(parts[0]![0], 0);
    assertEquals(parts.at(-1)![1], 997);
    parts.slice(1).forEach(([from], before) => assertEquals(from, parts[before]![1]));
  }
});

Deno.test("dirichletShares() gives every client enough of every split", () => {
  const counts = [even(10, 400), even(10, 300)];
  const shares = dirichletShares({ alpha: 0.05, clients: 20, least: 10, seed: 4 }, counts);
  for (const ofClass of counts) {
    for (let client = 0; client < 20; client++) {
      const size = ofClass.reduce((sum, count, label) => {
        const [from, to] = partOf(shares[label]!, client, count);
        return sum + to - from;
      }, 0);
      assert(size >= 10);
    }
  }
});

Deno.test("dirichletShares() says when it cannot", () => {
  const hopeless = () => dirichletShares({ alpha: 0.01, clients: 20, least: 10, seed: 0 }, [even(10, 100)]);
  assertThrows(hopeless, FederationError, "take a greater α, fewer clients or data with more classes");
});
