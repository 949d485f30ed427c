/**
 * The ranges that parameters of data tasks stay in.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** A probability or a share, from 0 to 1. */
export const Share: Schema.Codec<number> = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }));

/** A length in pixels, of at least 1. */
export const Pixels: Schema.Codec<number> = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1024 }));
