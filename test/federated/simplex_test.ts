import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { normal } from "../../lib/data/random.ts";
import { FederationError } from "../../lib/federated/errors.ts";
import { projectToSimplex } from "../../lib/federated/simplex.ts";
import { squaredDistance } from "../../lib/federated/vector.ts";
import { assertClose } from "./close.ts";
import { projections } from "./reference.ts";

Deno.test("projectToSimplex() gives the projections computed by hand", () => {
  assertClose(projectToSimplex([0.5, 0.2, -0.1]), [0.6333333, 0.3333333, 0.0333333], 1e-7);
  assertClose(projectToSimplex([1, 1, 0.5]), [0.5, 0.5, 0], 1e-15);
});

Deno.test("projectToSimplex() solves SciPy's quadratic program, with a cap and without", () => {
  for (const { point, cap, nearest } of projections) assertClose(projectToSimplex(point, cap), nearest, 1e-7);
});

Deno.test("projectToSimplex() leaves weights that are allowed where they are", () => {
  for (const { nearest, cap } of projections) assertClose(projectToSimplex(nearest, cap), nearest, 1e-12);
  assertClose(projectToSimplex([0.25, 0.25, 0.25, 0.25], 0.25), [0.25, 0.25, 0.25, 0.25], 1e-15);
});

Deno.test("projectToSimplex() is nearer than every other allowed point", () => {
  for (let seed = 0; seed < 50; seed++) {
    const [point, other] = ["point", "other"].map((stream) => normal({ seed, stream }, 6)) as [
      Float64Array,
      Float64Array,
    ];
    const nearest = projectToSimplex(point, 0.4);
    const allowed = projectToSimplex(other, 0.4);
    assertAlmostEquals(nearest.reduce((sum, weight) => sum + weight, 0), 1, 1e-14);
    assertEquals(nearest.every((weight) => weight >= 0 && weight <= 0.4), true);
    const mixed = nearest.map((weight, i) => 0.9 * weight + 0.1 * allowed[i]!);
    assertEquals(squaredDistance(point, nearest) <= squaredDistance(point, mixed) + 1e-14, true);
  }
});

Deno.test("projectToSimplex() refuses a cap under which weights cannot sum to 1", () => {
  assertThrows(() => projectToSimplex([1, 2, 3], 0.3), FederationError, "allow at least 1/3");
});
