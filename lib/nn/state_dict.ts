/**
 * Weights of the authors' own programs: PyTorch state dicts, as safetensors with the official names.
 *
 * A {@linkcode Correspondence} says for each parameter of ours which entry of the state dict it is. Weights come in by
 * {@linkcode importStateDict} and go out by {@linkcode exportStateDict}; nothing is computed, only moved.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { elementCount, type Tensor } from "../tensor/array.ts";
import { type Arrays, mapValues } from "../tensor/tensors.ts";
import type { Network } from "./network.ts";

/** A state dict is not one of the network that it is read as. */
export class StateDictError extends Schema.TaggedError<StateDictError>()("StateDictError", {
  message: Schema.String,
}) {}

/**
 * How an entry's elements lie: the `same` as ours; `transposed`, as PyTorch's linear maps [outputs, inputs] are to ours
 * [inputs, outputs]; or as those of a convolution [outputs, inputs, kernel, kernel], ours being [kernel, kernel, inputs,
 * outputs], or the same elements with the first three axes as one.
 */
export type Layout = "same" | "transposed" | { readonly kernel: number };

/** Which entry a parameter is: our name, the official one, and how its elements lie. `*` stands for a number. */
export type Entry = readonly [ours: string, official: string, layout: Layout];

/** The entries of a normalisation with a gain and a bias. */
export function normEntries(ours: string, official: string): readonly Entry[] {
  return [[`${ours}.gain`, `${official}.weight`, "same"], [`${ours}.bias`, `${official}.bias`, "same"]];
}

/** The entries of a linear map with a bias. */
export function linearEntries(ours: string, official: string): readonly Entry[] {
  return [
    [`${ours}.weight`, `${official}.weight`, "transposed"],
    [`${ours}.bias`, `${official}.bias`, "same"],
  ];
}

/** Which entries of a state dict the parameters of a network are. */
export interface Correspondence<Config> {
  /** The network. */
  readonly network: Network<Config>;
  /** Entries by pattern; together they cover every parameter once. */
  readonly entries: (config: Config) => readonly Entry[];
  /** Entries that hold nothing to be learnt, such as masks and counters: they may be there, and are passed over. */
  readonly passedOver: RegExp;
}

/**
 * Reads a state dict into the parameters of a network.
 *
 * In Python, `safetensors.torch.save_file(model.state_dict(), "crate.safetensors")` writes one, after
 * `contiguous()` where tensors are views.
 *
 * @example Weights of CRATE-Tiny from the authors' program
 * ```ts ignore
 * import { crateStateDict } from "./official_crate.ts";
 * import { crateSizes } from "./crate_sizes.ts";
 * import { importStateDict } from "./state_dict.ts";
 * import { decodeSafetensors } from "../tensor/safetensors.ts";
 *
 * const { tensors } = decodeSafetensors(await Deno.readFile("crate.safetensors"));
 * const parameters = importStateDict(crateStateDict, crateSizes["T/16"], tensors);
 * ```
 *
 * @param correspondence Which entry is which parameter.
 * @param config The configuration that the weights are of.
 * @param entries The state dict: float32 arrays by official name.
 * @returns The parameters by our names.
 * @throws {StateDictError} When an entry is missing, is of another shape or dtype, or is one too many.
 */
export function importStateDict<Config>(
  correspondence: Correspondence<Config>,
  config: Config,
  entries: Arrays,
): Arrays {
  const specs = correspondence.network.specs(config);
  const places = placesOf(correspondence, config);
  const name = correspondence.network.name;
  const known = new Set(Object.values(places).map(({ official }) => official));
  const stray = Object.keys(entries).find((entry) =>
    !known.has(entry) && !correspondence.passedOver.test(entry)
  );
  const absent = [...known].find((entry) => !Object.hasOwn(entries, entry));
  if (absent !== undefined) {
    throw wrong(
      `the state dict has no entry "${absent}", which ${name} of this configuration needs` +
        (stray === undefined ? "" : ` (it has "${stray}" instead)`) +
        ": give the configuration it was trained with",
    );
  }
  if (stray !== undefined) {
    throw wrong(
      `the state dict has an entry "${stray}" that ${name} of this configuration does not know: ` +
        "give the configuration it was trained with",
    );
  }
  return mapValues(specs, ({ shape }, parameter) => {
    const { official, layout } = places[parameter]!;
    const entry = entries[official]!;
    const expected = shapeThere(shape, layout);
    if (entry.dtype !== "float32") {
      throw wrong(`the state dict's "${official}" is ${entry.dtype}: save float32 values`);
    }
    if (entry.shape.join() !== expected.join()) {
      throw wrong(
        `the state dict's "${official}" has the shape [${entry.shape}] where ${name} of this configuration has ` +
          `[${expected}]: give the configuration it was trained with`,
      );
    }
    return { ...here(entry, layout), shape };
  });
}

/**
 * Writes the parameters of a network as a state dict with the official names and layouts, which
 * {@linkcode importStateDict} and the authors' program read.
 *
 * @throws {StateDictError} When the authors' program has no such network.
 */
export function exportStateDict<Config>(
  correspondence: Correspondence<Config>,
  config: Config,
  parameters: Arrays,
): Arrays {
  return Object.fromEntries(
    Object.entries(placesOf(correspondence, config)).map(([parameter, { official, layout }]) => [
      official,
      there(parameters[parameter]!, layout),
    ]),
  );
}

interface Place {
  readonly official: string;
  readonly layout: Layout;
}

/** The place of each parameter in a state dict. */
function placesOf<Config>(
  { network, entries }: Correspondence<Config>,
  config: Config,
): Readonly<Record<string, Place>> {
  const patterns = entries(config).map(([ours, official, layout]) => ({
    pattern: new RegExp(`^${ours.replaceAll(".", "\\.").replaceAll("*", "(\\d+)")}$`),
    official,
    layout,
  }));
  return mapValues(network.specs(config), (_, parameter) => {
    for (const { pattern, official, layout } of patterns) {
      const found = pattern.exec(parameter);
      if (found !== null) return { official: official.replace("*", found[1] ?? "*"), layout };
    }
    throw wrong(`${network.name} has a parameter "${parameter}" that no official checkpoint of it holds`);
  });
}

/** The shape that a parameter of a shape has in a state dict. */
function shapeThere(shape: readonly number[], layout: Layout): readonly number[] {
  if (layout === "same") return shape;
  if (layout === "transposed") return shape.toReversed();
  const [kernel, , inputs, outputs] = kernelShape(shape, layout.kernel);
  return [outputs, inputs, kernel, kernel];
}

/** An entry's elements in our order. */
function here(entry: Tensor, layout: Layout): Tensor {
  if (layout === "same") return entry;
  return permuted(entry, layout === "transposed" ? [1, 0] : [2, 3, 1, 0]);
}

/** A parameter's elements in the official order and shape. */
function there(array: Tensor, layout: Layout): Tensor {
  if (layout === "same") return array;
  if (layout === "transposed") return permuted(array, [1, 0]);
  return permuted({ ...array, shape: kernelShape(array.shape, layout.kernel) }, [3, 2, 0, 1]);
}

/** The shape of a convolution whose first axes may be one. */
function kernelShape(
  shape: readonly number[],
  kernel: number,
): readonly [kernel: number, kernel: number, inputs: number, outputs: number] {
  const outputs = shape.at(-1)!;
  return [kernel, kernel, elementCount(shape) / outputs / kernel ** 2, outputs];
}

/** The same elements with their axes in another order, as numpy's `transpose`. */
function permuted({ dtype, shape, data }: Tensor, axes: readonly number[]): Tensor {
  const strides = shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
  const lengths = axes.map((axis) => shape[axis]!);
  const moved = new Float32Array(data.length);
  const index = axes.map(() => 0);
  let from = 0;
  for (let place = 0; place < moved.length; place++) {
    moved[place] = Number(data[from]);
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const stride = strides[axes[axis]!]!;
      from += stride;
      if (++index[axis]! < lengths[axis]!) break;
      index[axis] = 0;
      from -= stride * lengths[axis]!;
    }
  }
  return { dtype, shape: lengths, data: moved };
}

function wrong(message: string): StateDictError {
  return new StateDictError({ message });
}
