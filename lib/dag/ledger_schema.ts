/**
 * The ledger's tables and statements.
 *
 * A record is kept as its JSON; every other column and table is derived from it inside the database, so that none can
 * disagree with it.
 *
 * @module
 */

/** The format's number, kept in the database: another one means another schema. */
export const FORMAT = 1;

/**
 * How the database is used: many processes read while one writes, nobody waits for the disk, and a replaced row fires
 * its delete triggers.
 */
export const SETTINGS = `
  pragma busy_timeout = 2000;
  pragma journal_mode = wal;
  pragma synchronous = off;
  pragma recursive_triggers = on;
`;

/** The tables. */
export const SCHEMA = `
  begin immediate;

  create table node (
    key text not null unique,
    record text not null,
    address text not null generated always as (record ->> '$.address') stored,
    task text not null generated always as (record ->> '$.task') stored,
    output text not null generated always as (record ->> '$.output.digest') stored,
    started text not null generated always as (record ->> '$.started') stored,
    seconds real not null generated always as (record ->> '$.seconds') stored
  ) strict;
  create index node_address on node (address, started);
  create index node_task on node (task, started);

  -- What a node made: its artifact, and each object of it.
  create table made (digest text not null, key text not null, primary key (digest, key)) strict, without rowid;
  create index made_key on made (key);

  -- What a node took: from which execution, from which place, with which content.
  create table took (
    key text not null, producer text not null, address text not null, digest text not null
  ) strict;
  create index took_key on took (key);
  create index took_producer on took (producer);
  create index took_address on took (address, digest);

  create trigger node_insert after insert on node begin
    insert or ignore into made select new.output, new.key;
    insert or ignore into made
      select value ->> '$.digest', new.key from json_each(new.record, '$.output.parts');
    insert into took
      select new.key, value ->> '$.key', value ->> '$.address', value ->> '$.digest'
      from json_each(new.record, '$.inputs');
  end;
  create trigger node_delete after delete on node begin
    delete from made where key = old.key;
    delete from took where key = old.key;
  end;

  create table run (
    id text not null unique,
    record text not null,
    pipeline text not null generated always as (record ->> '$.pipeline') stored
  ) strict;
  create index run_pipeline on run (pipeline, id);

  create table memo (name text primary key, value text not null) strict, without rowid;

  pragma user_version = ${FORMAT};
  commit;
`;

/** Every question and every note, by name. */
export const STATEMENTS = {
  begin: "begin immediate",
  commit: "commit",
  node: "select record from node where key = ?",
  keys: "select key as text from node order by key",
  latestByAddress: "select record from node where address = ? order by started desc, rowid desc limit 1",
  executionsOfTask: "select record from node where task = ? order by started desc, rowid desc limit ?",
  put: "insert or replace into node (key, record) values (?, ?)",
  remove: "delete from node where key = ?",
  producersOf: `
    select node.key as text from made join node using (key)
    where digest = ? order by started desc, node.rowid desc`,
  consumersOf: `
    with producer as (select key, address, output from node where key = ?)
    select took.key as text from producer join took on took.producer = producer.key
    union
    select took.key from producer join took on took.address = producer.address and took.digest = producer.output
    order by text`,
  meanSeconds: `
    select avg(seconds) as seconds
    from (select seconds from node where task = ? order by started desc limit 16)`,
  run: "select record from run where id = ?",
  runIds: "select id as text from run order by id",
  runs: "select record from run order by id desc limit ?",
  runsOf: "select record from run where pipeline = ? order by id desc limit ?",
  putRun: "insert or replace into run (id, record) values (?, ?)",
  removeRun: "delete from run where id = ?",
  memo: "select value from memo where name = ?",
  remember: "insert or replace into memo values (?, ?)",
} as const;
