/**
 * A local stand-in for `jsr:@std/cli`, for machines that do not reach JSR.
 *
 * @module
 */
export * from "./parse_args.ts";
