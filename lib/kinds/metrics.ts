/**
 * Metrics: what was measured, as JSON.
 *
 * @module
 */
import type { Json } from "../dag/canonical.ts";
import { kind } from "../dag/kind.ts";
import type { Kind } from "../dag/kind.ts";
import { malformed } from "../data/formats/format_error.ts";
import { decodeJson, encodeJson, isObject } from "../data/formats/json.ts";
import { takeParts } from "./parts.ts";

/** Measured numbers by name, nested as needed. A number that could not be measured is null, never NaN. */
export type Metrics = Readonly<Record<string, Json>>;

/** The kind of {@linkcode Metrics}: canonical JSON. Encoding refuses NaN and infinities, naming their path. */
export const Metrics: Kind<"metrics", Metrics> = kind<"metrics", Metrics>("metrics", {
  encode: (metrics) => ({ "metrics.json": encodeJson(metrics) }),
  decode: (parts) => {
    const metrics = decodeJson(takeParts("metrics", parts, ["metrics.json"])[0], "metrics");
    if (!isObject(metrics)) {
      throw malformed("metrics", "character 0", "a JSON object", JSON.stringify(metrics).slice(0, 40));
    }
    return metrics;
  },
});
