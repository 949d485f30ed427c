/**
 * How a language model is asked.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { Count } from "../../nn/config.ts";
import { templateNames } from "./templates.ts";

/** How a language model is asked. */
export const Asking = Schema.Struct({
  /** The form of the prompt. */
  template: Schema.Literals(templateNames),
  /** The longest prompt, in tokens. */
  context: Count,
});

/** How a language model is asked. */
export type Asking = typeof Asking.Type;
