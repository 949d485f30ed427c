/**
 * The inner loops of products in double precision, in WebAssembly: two numbers an instruction, and no check of each index.
 * They are what makes these products as fast as they are; `product64.ts` is what to call for matrices.
 *
 * @module
 */

/** A place for numbers, and the loops over them. Places are indices into {@linkcode Kernel.numbers}; lengths are multiples of 4. */
export interface Kernel {
  /** The numbers, as they are now: another array after {@linkcode Kernel.reserve}. */
  numbers(): Float64Array;
  /** Makes room for a count of numbers. */
  reserve(count: number): void;
  /** Multiplies two rows with four: `out[i·width + j] = Σ_k a[i·length + k] b[j·length + k]`, i < 2, j < 4. */
  twoByFour(a: number, b: number, length: number, out: number, width: number): void;
  /** The product of two rows, `Σ_k a[k] b[k]`. */
  product(a: number, b: number, length: number): number;
  /** Adds a multiple of one row to another, `to[k] += factor · a[k]`. */
  add(to: number, a: number, length: number, factor: number): void;
}

let shared: Kernel | undefined;

/** The kernel that all products of matrices in this process share. */
export function kernel64(): Kernel {
  return shared ??= openKernel64();
}

let compiled: WebAssembly.Module | undefined;

/** Opens a kernel with a memory of its own, at first of 131,072 numbers. */
export function openKernel64(): Kernel {
  const memory = new WebAssembly.Memory({ initial: 16 });
  compiled ??= new WebAssembly.Module(program());
  const { exports } = new WebAssembly.Instance(compiled, { js: { memory } });
  const { multiply, product, add } = exports as Record<string, (...places: number[]) => number>;
  let numbers = new Float64Array(memory.buffer);
  return {
    numbers: () => numbers,
    reserve: (count) => {
      const lacking = 8 * count - memory.buffer.byteLength;
      if (lacking <= 0) return;
      memory.grow(Math.ceil(lacking / 65536));
      numbers = new Float64Array(memory.buffer);
    },
    twoByFour: (a, b, length, out, width) => multiply!(8 * a, 8 * b, 8 * length, 8 * out, 8 * width),
    product: (a, b, length) => product!(8 * a, 8 * b, 8 * length),
    add: (to, a, length, factor) => add!(8 * to, 8 * a, 8 * length, factor),
  };
}

const [I32, F64, V128] = [0x7f, 0x7c, 0x7b];

/**
 * The program: `multiply(a, b, row, out, width)`, `product(a, b, row)` and `add(to, a, row, factor)`, all places in bytes.
 * Numbers are those of the WebAssembly standard.
 */
function program(): Uint8Array<ArrayBuffer> {
  const section = (id: number, ...content: number[]) => [id, ...length(content), ...content];
  const type = (parameters: number[], results: number[]) => [
    ...[0x60, parameters.length, ...parameters],
    ...[results.length, ...results],
  ];
  const code = (locals: number[], instructions: readonly number[]) => {
    const body = [...locals, ...instructions, 0x0b];
    return [...length(body), ...body];
  };
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      3,
      ...type([I32, I32, I32, I32, I32], []),
      ...type([I32, I32, I32], [F64]),
      ...type([I32, I32, I32, F64], []),
    ),
    ...section(2, 1, ...text("js"), ...text("memory"), 0x02, 0x00, 1), // the memory is given
    ...section(3, 3, 0, 1, 2), // each function is of its own type
    ...section(
      7,
      3,
      ...["multiply", "product", "add"].flatMap((name, place) => [...text(name), 0x00, place]),
    ),
    ...section(
      10,
      3,
      ...code([2, 4, I32, 10, V128], multiplication()), // the locals: a1, b1 … and the accumulators, named below
      ...code([1, 2, V128], rowProduct()),
      ...code([1, 1, V128], addition()),
    ),
  ]);
}

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const sum = (left: number[], right: number[]) => [...left, ...right, 0x6a];
const load = (local: number, offset: number) => [...get(local), 0xfd, 0x00, 3, offset];
const [MULTIPLY, ADD] = [[0xfd, 0xf2, 0x01], [0xfd, 0xf0, 0x01]]; // f64x2.mul, f64x2.add
/** Both halves of a pair of numbers, added. */
const halves = (local: number) => [...get(local), 0xfd, 0x21, 0, ...get(local), 0xfd, 0x21, 1, 0xa0];
/** Moves a place on by 4 numbers. */
const advance = (local: number) => [...sum(get(local), [0x41, 32]), ...set(local)];
/** Runs instructions again while one place is below another. */
const whileBelow = (place: number, end: number, body: readonly number[]) => [
  ...[0x03, 0x40, ...body],
  ...[...get(place), ...get(end), 0x49, 0x0d, 0],
  0x0b,
];

/** The instructions of `product`: two pairs of sums. */
function rowProduct(): readonly number[] {
  const [a, b, row, first, second] = [0, 1, 2, 3, 4];
  const step = (to: number, offset: number) => [
    ...[...get(to), ...load(a, offset), ...load(b, offset), ...MULTIPLY, ...ADD],
    ...set(to),
  ];
  return [
    ...[...sum(get(a), get(row)), ...set(row)], // where the row ends
    ...whileBelow(a, row, [...step(first, 0), ...step(second, 16), ...advance(a), ...advance(b)]),
    ...[...get(first), ...get(second), ...ADD, ...set(first)],
    ...halves(first),
  ];
}

/** The instructions of `add`. */
function addition(): readonly number[] {
  const [to, a, row, factor, factors] = [0, 1, 2, 3, 4];
  const step = (offset: number) => [
    ...get(to),
    ...[...load(to, offset), ...load(a, offset), ...get(factors), ...MULTIPLY, ...ADD],
    ...[0xfd, 0x0b, 3, offset], // v128.store
  ];
  return [
    ...[...get(factor), 0xfd, 0x14, ...set(factors)], // f64x2.splat
    ...[...sum(get(a), get(row)), ...set(row)],
    ...whileBelow(a, row, [...step(0), ...step(16), ...advance(to), ...advance(a)]),
  ];
}

/** The instructions of `multiply`: a loop over four columns at a time, then the sums. */
function multiplication(): readonly number[] {
  const [a, b, row, out, width, a1, b1, b2, b3, sums] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const [x0, x1] = [sums + 8, sums + 9];
  const multiplyAdd = (to: number, x: number, y: number[]) => [
    ...[...get(to), ...get(x), ...y, ...MULTIPLY, ...ADD],
    ...set(to),
  ];
  const bs = [b, b1, b2, b3];
  const columns = (offset: number) => [
    ...[...load(a, offset), ...set(x0), ...load(a1, offset), ...set(x1)],
    ...bs.flatMap((own, j) => [
      ...multiplyAdd(sums + j, x0, load(own, offset)),
      ...multiplyAdd(sums + 4 + j, x1, load(own, offset)),
    ]),
  ];
  const store = (index: number) => [
    ...[...get(out), ...halves(sums + index)],
    ...[0x39, 3, 8 * (index % 4)], // f64.store
  ];
  return [
    ...[...sum(get(a), get(row)), ...set(a1)],
    ...[...sum(get(b), get(row)), ...set(b1)],
    ...[...sum(get(b1), get(row)), ...set(b2)],
    ...[...sum(get(b2), get(row)), ...set(b3)],
    ...[...get(a1), ...set(row)], // the first row ends where the second begins
    ...whileBelow(a, row, [
      ...[...columns(0), ...columns(16)],
      ...[a, b, a1, b1, b2, b3].flatMap(advance),
    ]),
    ...[0, 1, 2, 3].flatMap(store),
    ...[...sum(get(out), get(width)), ...set(out)],
    ...[4, 5, 6, 7].flatMap(store),
  ];
}

function text(word: string): readonly number[] {
  return [word.length, ...new TextEncoder().encode(word)];
}

/** The length of some bytes as LEB128. */
function length(content: readonly number[]): readonly number[] {
  const size = content.length;
  return size < 128 ? [size] : [(size & 127) | 128, size >> 7];
}
