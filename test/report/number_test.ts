import { assertEquals } from "@std/assert";
import { count, formatBytes, formatMeasured, formatNumber, formatSeconds } from "../../lib/report/number.ts";

Deno.test("formatNumber() writes four digits, thousands apart, extremes with a power of ten", () => {
  const written: readonly (readonly [number, string])[] = [
    [0, "0"],
    [-0, "0"],
    [7, "7"],
    [0.98765, "0.9877"],
    [-1.23456, "−1.235"],
    [99.996, "100"],
    [5_769_328, "5,769,328"],
    [123_456.7, "123,457"],
    [0.05, "0.05"],
    [0.00032, "3.2×10⁻⁴"],
    [-1e-12, "−1.0×10⁻¹²"],
    [1e15, "1.0×10¹⁵"],
    [-Infinity, "−∞"],
  ];
  for (const [value, text] of written) assertEquals(formatNumber(value), text);
});

Deno.test("formatMeasured() rounds to two digits of the interval's half width", () => {
  const measured = (value: number, low: number | null, high: number | null, n = 3) =>
    formatMeasured({ value, low, high, n });
  assertEquals(measured(0.6583, 0.6412, 0.6754), "0.658 [0.641, 0.675]");
  assertEquals(measured(-1.24, -4.1, 1.62), "−1.2 [−4.1, 1.6]");
  assertEquals(measured(1234.5, 1200, 1270), "1,235 [1,200, 1,270]");
  assertEquals(measured(3.2e-7, 3.1e-7, 3.3e-7), "3.20×10⁻⁷ [3.10×10⁻⁷, 3.30×10⁻⁷]");
});

Deno.test("formatMeasured() tells exact numbers, single samples and open intervals apart", () => {
  assertEquals(formatMeasured({ value: 71_481_064, low: 71_481_064, high: 71_481_064, n: 1 }), "71,481,064");
  assertEquals(formatMeasured({ value: 40, low: 40 - 1e-14, high: 40 + 1e-14, n: 3 }), "40");
  assertEquals(formatMeasured({ value: 0.4926, low: null, high: null, n: 1 }), "0.4926 (n = 1)");
  assertEquals(formatMeasured({ value: 0.25, low: 0.24, high: null, n: 9 }), "0.250 [0.240, ∞]");
});

Deno.test("formatSeconds() keeps to the units that people use", () => {
  const written: readonly (readonly [number, string])[] = [
    [0.424, "0.42 s"],
    [12.34, "12.3 s"],
    [59.96, "1 min 00 s"],
    [184, "3 min 04 s"],
    [7500, "2 h 05 min"],
  ];
  for (const [seconds, text] of written) assertEquals(formatSeconds(seconds), text);
});

Deno.test("formatBytes() counts in powers of 1000", () => {
  assertEquals([0, 812, 4096, 231e6, 1.5e12].map(formatBytes), [
    "0 B",
    "812 B",
    "4.1 kB",
    "231 MB",
    "1.5 TB",
  ]);
});

Deno.test("formatMeasured() has no number where there was nothing to measure", () => {
  assertEquals(formatMeasured({ value: 0, low: null, high: null, n: 0 }), "nothing to measure");
});

Deno.test("count() puts the noun into the plural", () => {
  assertEquals([0, 1, 12_000].map((n) => count(n, "node")), ["0 nodes", "1 node", "12,000 nodes"]);
});
