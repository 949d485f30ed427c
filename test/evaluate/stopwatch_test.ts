import { assertAlmostEquals, assertEquals } from "@std/assert";
import { secondsPerCall } from "../../lib/evaluate/stopwatch.ts";

/** A clock that each call moves on. */
function fakeClock(milliseconds: number) {
  const clock = { now: 0, calls: 0 };
  const call = () => {
    clock.now += milliseconds;
    clock.calls++;
  };
  return { call, clock };
}

Deno.test("secondsPerCall() repeats a quick call until the time has passed", () => {
  const { call, clock } = fakeClock(3);
  assertAlmostEquals(secondsPerCall(call, { atLeast: 0.02, now: () => clock.now }), 0.003, 1e-12);
  assertEquals(clock.calls, 7);
});

Deno.test("secondsPerCall() makes a slow call once", () => {
  const { call, clock } = fakeClock(900);
  assertAlmostEquals(secondsPerCall(call, { atLeast: 0.02, now: () => clock.now }), 0.9, 1e-12);
  assertEquals(clock.calls, 1);
});

Deno.test("secondsPerCall() is not moved by a call that was interrupted", () => {
  const clock = { now: 0, calls: 0 };
  const call = () => {
    clock.now += clock.calls === 2 ? 500 : 10;
    clock.calls++;
  };
  assertAlmostEquals(secondsPerCall(call, { atLeast: 0.54, now: () => clock.now }), 0.01, 1e-12);
  assertEquals(clock.calls, 5);
});
