import { assertAlmostEquals, assertThrows } from "@std/assert";
import { FederationError } from "../../lib/federated/errors.ts";
import { robustOptimum, weightedOptimum } from "../../lib/federated/robust_optimum.ts";
import { squaredDistance } from "../../lib/federated/vector.ts";
import { assertClose } from "./close.ts";
import { logit, quad } from "./reference.ts";

const average = weightedOptimum(quad.clients, 10);

Deno.test("robustOptimum() finds what SciPy's BFGS finds on the robust loss", () => {
  for (const [{ clients, solutions }, dimension] of [[quad, 10], [logit, 8]] as const) {
    for (const { rho, value, weights, losses, model } of solutions) {
      const found = robustOptimum(clients, dimension, rho);
      assertAlmostEquals(found.value, value, 1e-9);
      assertClose(found.weights, weights, 1e-6);
      assertClose(found.losses, losses, 1e-6);
      assertClose(found.model, model, 1e-6);
    }
  }
});

Deno.test("robustOptimum() of the linear problem has the values measured before", () => {
  const { value, weights, losses, model } = robustOptimum(quad.clients, 10, 0.1);
  assertAlmostEquals(value, 25.06737879, 1e-8);
  assertClose(weights, [0.54517, 0, 0.45483, 0, 0], 1e-5);
  assertClose(losses, [25.1639, 22.8359, 25.1188, 21.5267, 18.8536], 1e-4);
  assertAlmostEquals(squaredDistance(model, average), 13.484, 1e-3);
  const half = robustOptimum(quad.clients, 10, 0.5);
  assertAlmostEquals(half.value, 24.76339619, 1e-8);
  assertClose(half.weights, [0.544084, 0, 0.455916, 0, 0], 1e-6);
});

Deno.test("weightedOptimum() of equal weights is the average optimum", () => {
  assertClose(average, quad.average, 1e-12);
  const losses = quad.clients.map(({ loss }) => loss(average));
  assertClose(losses, [52.186, 5.951, 8.1593, 5.5365, 6.3291], 1e-4);
});

Deno.test("the penalty goes from the worst client alone to the average of all", () => {
  assertAlmostEquals(robustOptimum(quad.clients, 10, 0).value, 25.1434053, 1e-8);
  assertAlmostEquals(robustOptimum(quad.clients, 10, 1e-3).value, 25.14264, 1e-5);
  const gap = (rho: number) => squaredDistance(robustOptimum(quad.clients, 10, rho).model, average);
  assertAlmostEquals(gap(1e3), 6.9e-3, 5e-5);
  assertAlmostEquals(gap(1e4), 7.2e-5, 5e-7);
});

Deno.test("robustOptimum() refuses what it cannot solve", () => {
  assertThrows(() => robustOptimum(quad.clients, 10, -1), FederationError, "ρ = -1");
  assertThrows(() => robustOptimum([], 10, 1), FederationError, "got 0 clients");
  const many = Array.from({ length: 13 }, () => quad.clients[0]!);
  assertThrows(() => robustOptimum(many, 10, 1), FederationError, "13 clients");
});
