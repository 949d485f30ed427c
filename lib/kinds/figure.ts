/**
 * Figures: a picture, with the sentence that says what to see in it.
 *
 * @module
 */
import { kind } from "../dag/kind.ts";
import type { Kind } from "../dag/kind.ts";
import { malformed } from "../data/formats/format_error.ts";
import { decodeJson, encodeJson, isObject } from "../data/formats/json.ts";
import { decodeUtf8, encodeUtf8 } from "../data/formats/utf8.ts";
import { takeParts } from "./parts.ts";

/** A picture for a report. */
export interface Figure {
  /** What it is of. */
  readonly title: string;
  /** The sentence that says what one should see. */
  readonly caption: string;
  /** The picture, as SVG. */
  readonly svg: string;
}

/** The kind of {@linkcode Figure}s: the SVG by itself, so that it opens as a file, and its words as JSON. */
export const Figure: Kind<"figure", Figure> = kind<"figure", Figure>("figure", {
  encode: ({ title, caption, svg }) => ({
    "figure.svg": encodeUtf8(svg, "SVG"),
    "about.json": encodeJson({ title, caption }),
  }),
  decode: (parts) => {
    const [svg, words] = takeParts("figure", parts, ["figure.svg", "about.json"]);
    const about = decodeJson(words, "figure about");
    if (!isObject(about) || typeof about.title !== "string" || typeof about.caption !== "string") {
      throw malformed("figure", "about.json", "a title and a caption", JSON.stringify(about).slice(0, 40));
    }
    return { title: about.title, caption: about.caption, svg: decodeUtf8(svg, "SVG") };
  },
});
