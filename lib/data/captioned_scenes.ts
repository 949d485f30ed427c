/**
 * Rendered scenes with compositional captions: "a small red circle left of a large blue square".
 *
 * One to three shapes on a dim, grainy ground. Of several shapes exactly one is large. Captions are made by a rule, not by
 * people, and say nothing but what shapes there are and where.
 *
 * @module
 */
import type { Dataset } from "../kinds/dataset.ts";
import { captionTokens, MARKS } from "./captions.ts";
import { uniform } from "./random.ts";
import { type Colour, COLOURS, paint, type Shape, SHAPES } from "./coloured_shapes.ts";

/** The side of a scene, in pixels. */
export const SCENE_SIDE = 32;

/** Tokens of a caption's row: the longest has 15 words, a beginning and an end. */
export const SCENE_TOKENS = 17;

/** Where the first shape lies from the second. */
const RELATIONS = ["left of", "right of", "above", "below"] as const;

/** The words of captions, after the marks. */
export const SCENE_WORDS: readonly string[] = [
  ...MARKS,
  "a",
  "and",
  "of",
  "left",
  "right",
  "above",
  "below",
  "small",
  "large",
  ...COLOURS,
  ...SHAPES,
];

/** The classes of a scene: the colour and shape of its largest object. */
export const SCENE_CLASSES: readonly string[] = SHAPES.flatMap((shape) =>
  COLOURS.map((colour) => `${colour} ${shape}`)
);

/** What lies in a scene. */
interface Thing {
  readonly shape: Shape;
  readonly colour: Colour;
  readonly large: boolean;
  readonly radius: number;
  readonly x: number;
  readonly y: number;
}

/** Which scenes to draw. */
export interface SceneChoice {
  /** How many. Fewer are the beginning of more. */
  readonly count: number;
  /** Scenes of different splits have nothing to do with each other. */
  readonly split: "train" | "test" | "known";
  /** The seed. */
  readonly seed: number;
}

/**
 * Draws scenes: `images` uint8 `[n, 32, 32, 3]`, `captions` int32 `[n, 17]` and `labels` int32 `[n]`, the colour and shape of
 * the largest object.
 */
export function drawScenes({ count, split, seed }: SceneChoice): Dataset {
  const pixels = SCENE_SIDE * SCENE_SIDE * 3;
  const images = new Uint8Array(count * pixels);
  const labels = new Int32Array(count);
  const captions: string[] = [];
  for (let scene = 0; scene < count; scene++) {
    const { things, relation } = arrange(uniform({ seed, stream: `scene ${split}`, step: scene }, 48));
    const grain = uniform({ seed, stream: `grain ${split}`, step: scene }, SCENE_SIDE * SCENE_SIDE + 3);
    paint(images.subarray(scene * pixels, (scene + 1) * pixels), SCENE_SIDE, things, grain);
    const largest = things.reduce((most, thing) => thing.radius > most.radius ? thing : most);
    labels[scene] = SCENE_CLASSES.indexOf(`${largest.colour} ${largest.shape}`);
    captions.push(captionOf(things, relation));
  }
  return {
    about: {
      name: "rendered scenes (captions by rule)",
      split,
      classes: SCENE_CLASSES,
      vocabulary: SCENE_WORDS,
    },
    tensors: {
      images: { dtype: "uint8", shape: [count, SCENE_SIDE, SCENE_SIDE, 3], data: images },
      captions: captionTokens(captions, SCENE_WORDS, SCENE_TOKENS),
      labels: { dtype: "int32", shape: [count], data: labels },
    },
  };
}

function captionOf(things: readonly Thing[], relation: string): string {
  const [first, second, third] = things.map(({ large, colour, shape }) =>
    `a ${large ? "large" : "small"} ${colour} ${shape}`
  );
  if (second === undefined) return first!;
  return third === undefined
    ? `${first} ${relation} ${second}`
    : `${first} ${relation} ${second} and ${third}`;
}

/** Chooses and places what lies in a scene, by numbers from 0 to 1. */
function arrange(draws: Float64Array): { readonly things: readonly Thing[]; readonly relation: string } {
  let next = 0;
  const draw = () => draws[next++]!;
  const among = <A>(choices: readonly A[]) => choices[Math.floor(draw() * choices.length)]!;
  const count = 1 + Math.floor(3 * draw());
  const relation = among(RELATIONS);
  // Of several one of the first two is large, since the third may find no room.
  const largeOne = Math.floor(2 * draw());
  const kinds = Array.from({ length: count }, (_, index) => {
    const large = index === largeOne;
    const radius = large ? 6.5 + 1.5 * draw() : 3.5 + draw();
    return { shape: among(SHAPES), colour: among(COLOURS), large, radius };
  });
  const inside = (radius: number) => radius + draw() * (SCENE_SIDE - 2 * radius);
  const [first, second, third] = kinds;
  if (second === undefined) {
    return { things: [{ ...first!, x: inside(first!.radius), y: inside(first!.radius) }], relation };
  }

  // Along the relation's axis the two are apart, and across it by less than along it.
  const touching = first!.radius + second.radius;
  const apart = touching + 1 + draw() * (SCENE_SIDE - 2 * touching - 1);
  const start = first!.radius + draw() * (SCENE_SIDE - touching - apart);
  const across = inside(first!.radius);
  const bent = across + 1.4 * (draw() - 0.5) * apart;
  const acrossSecond = Math.min(Math.max(bent, second.radius), SCENE_SIDE - second.radius);
  const forwards = relation === "left of" || relation === "above";
  const along = forwards ? [start, start + apart] : [SCENE_SIDE - start, SCENE_SIDE - start - apart];
  const upright = relation === "above" || relation === "below";
  const place = (index: number, side: number) =>
    upright ? { x: side, y: along[index]! } : { x: along[index]!, y: side };
  const two = [{ ...first!, ...place(0, across) }, { ...second, ...place(1, acrossSecond) }];
  if (third === undefined) return { things: two, relation };

  // The third lies where of eight places it is farthest from both; where all overlap, it stays out.
  const places = Array.from({ length: 8 }, () => ({ x: inside(third.radius), y: inside(third.radius) }));
  const room = ({ x, y }: { x: number; y: number }) =>
    Math.min(...two.map((thing) => Math.hypot(x - thing.x, y - thing.y) - thing.radius - third.radius));
  const best = places.reduce((one, other) => room(other) > room(one) ? other : one);
  const fits = room(best) > 0;
  return { things: fits ? [...two, { ...third, ...best }] : two, relation };
}
