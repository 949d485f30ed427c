/**
 * The inner loop of products in double precision, in WebAssembly: two numbers an instruction, and no check of each index.
 * It is what makes these products as fast as they are; `product64.ts` is what to call.
 *
 * @module
 */

/** A place for matrices whose rows are padded, and the loop that multiplies them. */
export interface Kernel {
  /** The numbers, as they are now: another array after {@linkcode Kernel.reserve}. */
  numbers(): Float64Array;
  /** Makes room for a count of numbers. */
  reserve(count: number): void;
  /**
   * Multiplies two rows with four: `out[i·width + j] = Σ_k a[i·length + k] b[j·length + k]`, i < 2, j < 4. All places are
   * indices into {@linkcode Kernel.numbers}; the length is a multiple of 4.
   */
  twoByFour(a: number, b: number, length: number, out: number, width: number): void;
}

let opened: Kernel | undefined;

/** The kernel of this process. */
export function kernel64(): Kernel {
  return opened ??= open();
}

function open(): Kernel {
  const memory = new WebAssembly.Memory({ initial: 16 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(program()), { js: { memory } });
  const multiply = exports.multiply as (
    a: number,
    b: number,
    row: number,
    out: number,
    width: number,
  ) => void;
  let numbers = new Float64Array(memory.buffer);
  return {
    numbers: () => numbers,
    reserve: (count) => {
      const lacking = 8 * count - memory.buffer.byteLength;
      if (lacking <= 0) return;
      memory.grow(Math.ceil(lacking / 65536));
      numbers = new Float64Array(memory.buffer);
    },
    twoByFour: (a, b, length, out, width) => multiply(8 * a, 8 * b, 8 * length, 8 * out, 8 * width),
  };
}

/** The program, `multiply(a, b, row, out, width)`, with all arguments in bytes. Numbers are those of the WebAssembly standard. */
function program(): Uint8Array<ArrayBuffer> {
  const [I32, V128] = [0x7f, 0x7b];
  const section = (id: number, ...content: number[]) => [id, ...length(content), ...content];
  const parameters = [I32, I32, I32, I32, I32];
  const body = [
    ...[2, 4, I32, 10, V128], // the locals: end, a1, b1 … and the accumulators, named below
    ...multiplication(),
    0x0b,
  ];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, 1, 0x60, parameters.length, ...parameters, 0), // type 0: five numbers to nothing
    ...section(2, 1, ...text("js"), ...text("memory"), 0x02, 0x00, 1), // the memory is given
    ...section(3, 1, 0), // function 0 is of type 0
    ...section(7, 1, ...text("multiply"), 0x00, 0), // and exported
    ...section(10, 1, ...length(body), ...body),
  ]);
}

/** The instructions: a loop over four columns at a time, then the sums. */
function multiplication(): readonly number[] {
  const [a, b, row, out, width, a1, b1, b2, b3, sums] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const [x0, x1] = [sums + 8, sums + 9];
  const get = (local: number) => [0x20, local];
  const set = (local: number) => [0x21, local];
  const sum = (left: number[], right: number[]) => [...left, ...right, 0x6a];
  const load = (local: number, offset: number) => [...get(local), 0xfd, 0x00, 3, offset];
  const multiplyAdd = (to: number, x: number, y: number[]) => [
    ...[...get(to), ...get(x), ...y],
    ...[0xfd, 0xf2, 0x01], // f64x2.mul
    ...[0xfd, 0xf0, 0x01], // f64x2.add
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
  const advance = [a, b, a1, b1, b2, b3].flatMap((local) => [...sum(get(local), [0x41, 32]), ...set(local)]);
  const store = (index: number) => [
    ...get(out),
    ...[...get(sums + index), 0xfd, 0x21, 0], // both halves
    ...[...get(sums + index), 0xfd, 0x21, 1],
    ...[0xa0, 0x39, 3, 8 * (index % 4)], // f64.add, f64.store
  ];
  return [
    ...[...sum(get(a), get(row)), ...set(a1)],
    ...[...sum(get(b), get(row)), ...set(b1)],
    ...[...sum(get(b1), get(row)), ...set(b2)],
    ...[...sum(get(b2), get(row)), ...set(b3)],
    ...[...get(a1), ...set(row)], // the first row ends where the second begins
    ...[0x03, 0x40], // loop
    ...columns(0),
    ...columns(16),
    ...advance,
    ...[...get(a), ...get(row), 0x49, 0x0d, 0], // again while a < row
    0x0b,
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
