import { assert, assertEquals } from "@std/assert";
import { fedAvg } from "../../lib/federated/fedavg.ts";
import { attendance, federate } from "../../lib/federated/federate.ts";
import { quad } from "./reference.ts";

Deno.test("attendance() has everyone, or the share asked for", () => {
  const all = attendance(5, 3, { participation: 1, dropOut: 0, seed: 1 });
  assertEquals(all, { present: [0, 1, 2, 3, 4], staying: [0, 1, 2, 3, 4] });
  assertEquals(attendance(5, 3, { participation: 0.01, dropOut: 0, seed: 1 }).present.length, 1);
  assertEquals(attendance(20, 0, { participation: 1, dropOut: 1, seed: 1 }).staying, []);
});

Deno.test("attendance() calls each client as often as the others, and drops as many as asked for", () => {
  const [rounds, clients] = [4000, 10];
  const [times, stays] = [new Float64Array(clients), new Float64Array(clients)];
  for (let round = 0; round < rounds; round++) {
    const { present, staying } = attendance(clients, round, { participation: 0.3, dropOut: 0.2, seed: 5 });
    assertEquals(present.length, 3);
    present.forEach((client) => times[client]! += 1);
    staying.forEach((client) => stays[client]! += 1);
  }
  const within = (count: number, share: number, of: number) =>
    Math.abs(count - of * share) < 5 * Math.sqrt(of * share * (1 - share));
  assert(times.every((count) => within(count, 0.3, rounds)));
  assert(stays.every((count, client) => within(count, 0.8, times[client]!)));
});

Deno.test("federate() looks at the server as often as asked, and always at the end", () => {
  const rounds = (every: number) =>
    Array.from(
      federate(fedAvg({ step: 0.4, localSteps: 1 }), quad.problem, {
        rounds: 7,
        every,
        participation: 1,
        dropOut: 0,
        seed: 0,
      }),
      ({ round }) => round,
    );
  assertEquals(rounds(3), [0, 3, 6, 7]);
  assertEquals(rounds(100), [0, 7]);
});

Deno.test("federate() goes the same way when it is stopped earlier", () => {
  const models = (rounds: number) =>
    Array.from(
      federate(fedAvg({ step: 0.4, localSteps: 2 }), quad.problem, {
        rounds,
        every: 1,
        participation: 0.5,
        dropOut: 0.1,
        seed: 3,
      }),
      ({ model }) => [...model],
    );
  assertEquals(models(10).slice(0, 6), models(5));
});
