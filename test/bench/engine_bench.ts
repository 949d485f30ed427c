/**
 * What the engine itself costs: a grid of light nodes, ten wide, cold, again, and after a change of its first node;
 * beside it make and ninja, when they are installed, with a shell for each node of the same grid.
 *
 * `deno run -A test/bench/engine_bench.ts [--json]`
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { makefile, ninjafile } from "./engine_peers.ts";

const SIZES = [100, 1000, 10_000];
const PEER_SIZES = [100, 1000];
/** How often what leaves no trace is measured; the best counts. */
const ROUNDS = 3;

/** Seconds of wall time for whole processes; `perNode` is milliseconds of a cold run, without the process's start. */
interface Row {
  readonly engine: string;
  readonly nodes: number;
  readonly cold: number;
  readonly perNode: number;
  readonly again: number;
  /** After a change that reaches a fifth of 1,000 nodes, with how many nodes ran. */
  readonly changed?: number;
  readonly changedRan?: number;
  /** After a change to the same effect, with how many nodes ran. */
  readonly same?: number;
  readonly sameRan?: number;
  /** Resident memory of a cold run, in MiB. */
  readonly memory?: number;
}

const { json } = parseArgs(Deno.args, { boolean: ["json"] });
const rows: Row[] = [];
for (const nodes of SIZES) rows.push(await measureAssay(nodes));
rows.push(await measureCommandLine(1000));
for (const nodes of PEER_SIZES) {
  for (const peer of [{ name: "make", file: makefile }, { name: "ninja", file: ninjafile }]) {
    if (await isInstalled(peer.name)) rows.push(await measurePeer(peer.name, nodes, peer.file));
  }
}
if (json) {
  console.log(JSON.stringify({ benchmark: "engine", cores: navigator.hardwareConcurrency, rows }, null, 2));
} else print(rows);

async function measureAssay(nodes: number): Promise<Row> {
  return await inTemporary(async (store) => {
    const script = new URL("./engine_measure.ts", import.meta.url).pathname;
    const run = async (...flags: readonly string[]) => {
      const { wall, output } = await timed(Deno.execPath(), [
        "run",
        "-A",
        "--quiet",
        script,
        String(nodes),
        store,
        ...flags,
      ]);
      return { wall, ...JSON.parse(output) as { seconds: number; ran: number; memory: number } };
    };
    const cold = await run();
    const again = await best(() => run());
    const same = await run("--note=other");
    const changed = await run("--value=1");
    return {
      engine: "assay",
      nodes,
      cold: cold.wall,
      perNode: cold.seconds * 1000 / nodes,
      again: again.wall,
      changed: changed.wall,
      changedRan: changed.ran,
      same: same.wall,
      sameRan: same.ran,
      memory: cold.memory,
    };
  });
}

/** The whole command, with its progress, its run record and its report. */
async function measureCommandLine(nodes: number): Promise<Row> {
  return await inTemporary(async (store) => {
    const path = (file: string) => new URL(file, import.meta.url).pathname;
    const run = () =>
      timed(Deno.execPath(), [
        ...["run", "-A", "--quiet", path("../../lib/cli/main.ts"), "reproduce", path("./engine_grid.ts")],
        `--store=${store}`,
      ]);
    const cold = await run();
    const again = await best(() => run());
    return {
      engine: "assay reproduce",
      nodes,
      cold: cold.wall,
      perNode: cold.wall * 1000 / nodes,
      again: again.wall,
    };
  });
}

async function measurePeer(name: string, nodes: number, file: (nodes: number) => string): Promise<Row> {
  return await inTemporary(async (folder) => {
    const [program, ...args] = name === "make"
      ? ["make", "-s", "-j2", "-f", "build"]
      : ["ninja", "--quiet", "-j2", "-f", "build"];
    await Deno.writeTextFile(`${folder}/build`, file(nodes));
    await Deno.writeTextFile(`${folder}/leaf`, "0\n");
    const run = () => timed(program!, args, folder);
    const cold = await run();
    const again = await best(run);
    await Deno.writeTextFile(`${folder}/leaf`, "1\n");
    const changed = await run();
    return {
      engine: `${name} -j2`,
      nodes,
      cold: cold.wall,
      perNode: cold.wall * 1000 / nodes,
      again: again.wall,
      changed: changed.wall,
    };
  });
}

async function timed(program: string, args: readonly string[], cwd?: string) {
  const clock = performance.now();
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    ...cwd === undefined ? {} : { cwd },
    stdout: "piped",
    stderr: "piped",
  }).output();
  const wall = (performance.now() - clock) / 1000;
  const decoder = new TextDecoder();
  if (!success) throw new Error(`${program} failed: ${decoder.decode(stderr)}`);
  return { wall, output: decoder.decode(stdout) };
}

async function best<A extends { readonly wall: number }>(run: () => Promise<A>): Promise<A> {
  let found = await run();
  for (let round = 1; round < ROUNDS; round++) {
    const next = await run();
    if (next.wall < found.wall) found = next;
  }
  return found;
}

async function inTemporary<A>(work: (folder: string) => Promise<A>): Promise<A> {
  const folder = await Deno.makeTempDir({ prefix: "assay-bench-" });
  try {
    return await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function isInstalled(program: string): Promise<boolean> {
  return await new Deno.Command(program, { args: ["--version"] }).output().then(
    ({ success }) => success,
    () => false,
  );
}

function print(rows: readonly Row[]): void {
  const columns: readonly (readonly [title: string, cell: (row: Row) => string])[] = [
    ["engine", (row) => row.engine.padEnd(15)],
    ["nodes", (row) => String(row.nodes)],
    ["cold s", (row) => row.cold.toFixed(2)],
    ["ms/node", (row) => row.perNode.toFixed(2)],
    ["again s", (row) => row.again.toFixed(3)],
    ["changed s", (row) => seconds(row.changed) + ran(row.changedRan)],
    ["same s", (row) => seconds(row.same) + ran(row.sameRan)],
    ["MiB", (row) => row.memory === undefined ? "" : row.memory.toFixed(0)],
  ];
  const table = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  const widths = columns.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  console.log("The engine's own cost: a grid of light nodes, ten wide\n");
  for (const line of table) {
    console.log(
      line.map((cell, column) => column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))
        .join("  "),
    );
  }
  console.log(
    "\nagain: nothing changed, whole process; changed: the first node makes something else (nodes run);",
  );
  console.log(
    "same: its parameters change, and what it makes does not. make and ninja start a shell for each node.\n",
  );
}

function seconds(wall: number | undefined): string {
  return wall === undefined ? "" : wall.toFixed(2);
}

function ran(count: number | undefined): string {
  return count === undefined ? "" : ` (${count})`;
}
