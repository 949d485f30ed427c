/**
 * The ledger: an SQLite index of the store's records.
 *
 * It is a cache. The files under `nodes/` and `runs/` are the truth, so a ledger that is missing, damaged or of another
 * format is thrown away and filled again, and one that cannot be written lives in memory. For the same reason it never
 * waits for the disk, and what it fails to note because another process is writing is noted at the next start.
 *
 * @module
 */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { discard } from "./disk.ts";
import { FORMAT, SCHEMA, SETTINGS, STATEMENTS } from "./ledger_schema.ts";
import type { NodeRecord, RunRecord } from "./record.ts";

/** The index of a store. */
export interface Ledger {
  /** The execution under a key. */
  node(key: string): NodeRecord | undefined;
  /** All keys. */
  keys(): readonly string[];
  /** The latest execution at a place of a graph. */
  latestByAddress(address: string): NodeRecord | undefined;
  /** A task's executions, the newest first. */
  executionsOfTask(task: string, limit?: number): readonly NodeRecord[];
  /** Notes an execution; one under the same key is replaced. */
  put(record: NodeRecord): void;
  /** Forgets an execution. */
  remove(key: string): void;
  /** The keys of the nodes that made an artifact or an object, the newest first. */
  producersOf(digest: string): readonly string[];
  /** The keys of the nodes that took what a node made: from this very execution, or the same from the same place. */
  consumersOf(key: string): readonly string[];
  /** The mean duration of a task's last executions, in seconds. */
  meanSeconds(task: string): number | undefined;
  /** A run. */
  run(id: string): RunRecord | undefined;
  /** All runs' ids. */
  runIds(): readonly string[];
  /** Runs, the newest first, of one pipeline or of all. */
  runs(pipeline?: string, limit?: number): readonly RunRecord[];
  /** Notes a run. */
  putRun(record: RunRecord): void;
  /** Forgets a run. */
  removeRun(id: string): void;
  /** A remembered text; it may be forgotten at any time. */
  memo(name: string): string | undefined;
  /** Remembers a text under a name. */
  remember(name: string, value: string): void;
  /** Does many writes as one. */
  together<A>(work: () => A): A;
  /** Closes the file. */
  close(): void;
}

/**
 * Opens the ledger of a store.
 *
 * @param file Where the database lies.
 * @param fill Makes the ledger agree with the files; called now, and again when the database had to be thrown away.
 * @param alone Runs work while no other process opens or replaces the same ledger.
 */
export function openLedger(
  file: string,
  fill: (ledger: Ledger) => void,
  alone: <A>(work: () => A) => A,
): Ledger {
  // What to try, in order. Trouble in mid-use moves on: the file may be fine again (another process replaced it).
  const ways = [
    () => connect(file),
    () => connect(file, "checked"),
    () => {
      for (const suffix of ["", "-wal", "-shm"]) discard(file + suffix);
      return connect(file);
    },
    () => connect(":memory:"),
  ];
  let way = 0;
  let connection: Connection = alone(reach);

  function reach(): Connection {
    while (true) {
      try {
        return ways[way]!();
      } catch (error) {
        if (++way === ways.length) throw error;
      }
    }
  }

  /** Asks the database; on trouble, takes the next way to a usable one and asks again. */
  function ask<A>(question: (statements: Statements) => A): A {
    while (true) {
      try {
        return question(connection.statements);
      } catch (error) {
        if (way === ways.length - 1) throw error;
        way = isFull(error) ? ways.length - 1 : way + 1;
        try {
          connection.database.close();
        } catch {
          // A database in trouble may refuse to close; it is left behind either way.
        }
        connection = alone(reach);
        fill(ledger);
      }
    }
  }

  function note(name: StatementName, ...values: readonly (string | number)[]): void {
    ask((statements) => {
      try {
        statements[name].run(...values);
      } catch (error) {
        if (!isBusy(error)) throw error;
      }
    });
  }

  function record<A>(name: StatementName, ...values: readonly (string | number)[]): A | undefined {
    const row = ask((statements) => statements[name].get(...values));
    return row === undefined ? undefined : JSON.parse(row.record as string) as A;
  }

  function records<A>(name: StatementName, ...values: readonly (string | number)[]): readonly A[] {
    return ask((statements) => statements[name].all(...values))
      .map((row) => JSON.parse(row.record as string) as A);
  }

  function texts(name: StatementName, ...values: readonly (string | number)[]): readonly string[] {
    return ask((statements) => statements[name].all(...values)).map((row) => row.text as string);
  }

  const ledger: Ledger = {
    node: (key) => record("node", key),
    keys: () => texts("keys"),
    latestByAddress: (address) => record("latestByAddress", address),
    executionsOfTask: (task, limit = -1) => records("executionsOfTask", task, limit),
    put: (node) => note("put", node.key, JSON.stringify(node)),
    remove: (key) => note("remove", key),
    producersOf: (digest) => texts("producersOf", digest),
    consumersOf: (key) => texts("consumersOf", key),
    meanSeconds: (task) => {
      const row = ask((statements) => statements.meanSeconds.get(task));
      return (row?.seconds ?? undefined) as number | undefined;
    },
    run: (id) => record("run", id),
    runIds: () => texts("runIds"),
    runs: (pipeline, limit = -1) =>
      pipeline === undefined ? records("runs", limit) : records("runsOf", pipeline, limit),
    putRun: (run) => note("putRun", run.id, JSON.stringify(run)),
    removeRun: (id) => note("removeRun", id),
    memo: (name) => ask((statements) => statements.memo.get(name))?.value as string | undefined,
    remember: (name, value) => note("remember", name, value),
    together: (work) => {
      if (connection.database.isTransaction) return work();
      note("begin");
      try {
        return work();
      } finally {
        // A database that was replaced meanwhile has no open transaction: it was filled from the files.
        ask(({ commit }) => connection.database.isTransaction && commit.run());
      }
    },
    close: () => connection.database.close(),
  };
  fill(ledger);
  return ledger;
}

type StatementName = keyof typeof STATEMENTS;
type Statements = Readonly<Record<StatementName, StatementSync>>;

interface Connection {
  readonly database: DatabaseSync;
  readonly statements: Statements;
}

function connect(file: string, checked?: "checked"): Connection {
  const database = new DatabaseSync(file);
  try {
    database.exec(SETTINGS);
    if (checked && database.prepare("pragma quick_check(1)").get()!.quick_check !== "ok") {
      throw new Error(`${file} is damaged`);
    }
    const { user_version: format } = database.prepare("pragma user_version").get()!;
    if (format === 0) database.exec(SCHEMA);
    else if (format !== FORMAT) throw new Error(`${file} has format ${format}`);
    return { database, statements: prepare(database) };
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepare(database: DatabaseSync): Statements {
  return Object.fromEntries(
    Object.entries(STATEMENTS).map(([name, sql]) => [name, database.prepare(sql)]),
  ) as Record<StatementName, StatementSync>;
}

/** Another process is writing, and takes its time. */
function isBusy(error: unknown): boolean {
  return resultCode(error) === 5 || resultCode(error) === 6;
}

function isFull(error: unknown): boolean {
  return resultCode(error) === 13;
}

/** SQLite's primary result code. */
function resultCode(error: unknown): number {
  return ((error as { readonly errcode?: number }).errcode ?? 0) & 0xff;
}
