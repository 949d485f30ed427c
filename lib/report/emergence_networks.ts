/**
 * How figures call and colour the networks of the emergence of segmentation.
 *
 * @module
 */
import { colours } from "./figure.ts";

/** Each network's name for readers, and its colour. */
export const emergenceNetworks = {
  crate: { name: "CRATE", colour: colours.tost },
  "crate-mlp": { name: "CRATE-MLP", colour: "#2b9a66" },
  "crate-mhsa": { name: "CRATE-MHSA", colour: "#8a63d2" },
  vit: { name: "ViT", colour: colours.softmax },
} as const;

/** A network of the emergence of segmentation. */
export type EmergenceNetwork = keyof typeof emergenceNetworks;
