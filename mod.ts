/**
 * Assay: measure again what a paper claims.
 *
 * @module
 */
