/**
 * The sets of labelled texts: how each is read. Classes stand in the order of the paper's label words (arXiv 2312.04021).
 *
 * @module
 */
import { isObject } from "../formats/json.ts";
import { malformed } from "../formats/format_error.ts";
import type { Json } from "../../dag/canonical.ts";
import type { Example } from "./labelled.ts";
import { heldOut, linesOf, type TextSource } from "./source.ts";

/** SST-2, sentence level: a label, 0 or 1, a space, and a sentence a line. */
export const sst2: TextSource = {
  capability: "sst2",
  classes: ["negative", "positive"],
  encoding: "utf-8",
  parse: (files) => {
    const read = (name: string): readonly Example[] =>
      linesOf(files.get(name)!).map((line, row) => ({
        text: line.slice(2).trim(),
        label: known(["0", "1"].indexOf(line[0]!), name, row, line),
      }));
    return { train: read("stsa.binary.train"), test: read("stsa.binary.test") };
  },
};

const trecClasses = ["NUM", "LOC", "HUM", "DESC", "ENTY", "ABBR"];

/** TREC-6: a coarse and a fine class joined by a colon, a space, and a question a line; mended as the paper's program does. */
export const trec: TextSource = {
  capability: "trec",
  classes: ["number", "location", "person", "description", "entity", "abbreviation"],
  encoding: "utf-8",
  parse: (files) => {
    const read = (name: string): readonly Example[] =>
      linesOf(files.get(name)!).map((line, row) => {
        const [kind, ...words] = line.split(" ");
        return {
          text: words.join(" ").trim().replaceAll(" 's", "'s").replaceAll("`` ", '"').replaceAll(" ''", '"')
            .replaceAll(" ?", "?").replaceAll(" ,", ","),
          label: known(trecClasses.indexOf(kind!.split(":")[0]!), name, row, line),
        };
      });
    return { train: read("train.txt"), test: read("test.txt") };
  },
};

/**
 * AG News: a table of class (from 1), title and description. Only its test part is at hand, which is split in two here;
 * mended as the paper's program does.
 */
export const agNews: TextSource = {
  capability: "agnews",
  part: "split of the test part",
  classes: ["world", "sports", "business", "technology"],
  encoding: "utf-8",
  parse: (files) =>
    heldOut(
      csvRows(files.get("test.csv")!).slice(1).map(([kind, title, description], row) => ({
        text: `${title}. ${description}`.replaceAll(" #39;s", "'s").replaceAll(" quot;", '"')
          .replaceAll("\\", " ").replaceAll(" #39;ll", "'ll"),
        label: known(["1", "2", "3", "4"].indexOf(kind!), "test.csv", row + 1, `${kind},${title}`),
      })),
    ),
};

/** RTE: whether a premise entails a hypothesis. */
export const rte: TextSource = {
  capability: "rte",
  classes: ["not entailed", "entailed"],
  encoding: "utf-8",
  parse: (files) => {
    const read = (name: string) =>
      entailments(
        files.get(name)!,
        name,
        ["not_entailment", "entailment"],
        (premise, hypothesis) => `${premise}\nquestion: ${hypothesis} True or False?`,
      );
    return { train: read("train.jsonl"), test: read("val.jsonl") };
  },
};

/** CB: whether who says a premise is committed to a hypothesis. */
export const cb: TextSource = {
  capability: "cb",
  classes: ["contradicted", "neutral", "entailed"],
  encoding: "utf-8",
  parse: (files) => {
    const read = (name: string) =>
      entailments(
        files.get(name)!,
        name,
        ["contradiction", "neutral", "entailment"],
        (premise, hypothesis) => `${premise}\nquestion: ${hypothesis}. true, false, or neither?`,
      );
    return { train: read("train.jsonl"), test: read("val.jsonl") };
  },
};

/** Sentences of movie reviews, by whether people rated their sentiment above zero. From the same reviews as SST-2's. */
export const movies: TextSource = {
  capability: "vader",
  part: "movie reviews",
  classes: ["negative", "positive"],
  encoding: "latin1",
  parse: (files) => {
    const name = "movieReviewSnippets_GroundTruth.txt";
    return heldOut(
      linesOf(files.get(name)!).flatMap((line, row) => {
        const [, rating, ...text] = line.split("\t");
        if (text.length === 0 || !Number.isFinite(Number(rating))) {
          throw malformed(`table ${name}`, `line ${row + 1}`, "id, rating and text", line.slice(0, 40));
        }
        return Number(rating) === 0
          ? []
          : [{ text: text.join(" ").trim(), label: Number(rating) > 0 ? 1 : 0 }];
      }),
    );
  },
};

const desks = ["business", "entertainment", "politics", "sports", "tech"];

/** Headlines of BBC News, by desk. */
export const bbc: TextSource = {
  capability: "bbc",
  part: "headlines",
  classes: ["business", "entertainment", "politics", "sports", "technology"],
  encoding: "latin1",
  parse: (files) =>
    heldOut(Array.from(files, ([name, text]) => ({
      text: text.split("\n")[0]!.trim(),
      label: known(desks.indexOf(name.split("-")[0]!), name, 0, name),
    }))),
};

/** Subjects of e-mails, spam or not, without the marks of mailing lists and of replies, which would tell. */
export const spam: TextSource = {
  capability: "spam",
  part: "subjects",
  classes: ["wanted", "spam"],
  encoding: "latin1",
  parse: (files) =>
    heldOut(
      Array.from(files).flatMap(([name, mail]) => {
        const subject = mail.match(/^Subject:[ \t]*(.*)$/m)?.[1] ?? "";
        const text = subject.replace(/\[[^\]]*\]/g, " ").replace(/\b(re|fwd?):/gi, " ").replace(/\s+/g, " ")
          .trim();
        return text === "" || /=\?/.test(text) ? [] : [{ text, label: name.startsWith("spam") ? 1 : 0 }];
      }),
    ),
};

/** BoolQ: a passage and a question that it answers with yes or no. */
export const boolq: TextSource = {
  capability: "boolq",
  part: "split of the development part",
  classes: ["no", "yes"],
  encoding: "utf-8",
  parse: (files) =>
    heldOut(
      linesOf(files.get("dev.jsonl")!).map((line, row) => {
        const { passage, question, answer } = record(line, "dev.jsonl", row);
        return {
          text: `${passage}\nquestion: ${question}? True or False?`,
          label: known(["False", "True"].indexOf(String(answer)), "dev.jsonl", row, String(answer)),
        };
      }),
    ),
};

function entailments(
  lines: string,
  name: string,
  classes: readonly string[],
  ask: (premise: string, hypothesis: string) => string,
): readonly Example[] {
  return linesOf(lines).map((line, row) => {
    const { premise, hypothesis, label } = record(line, name, row);
    return {
      text: ask(String(premise).trim(), String(hypothesis)),
      label: known(classes.indexOf(String(label)), name, row, String(label)),
    };
  });
}

function record(line: string, name: string, row: number): { readonly [key: string]: Json } {
  try {
    const value: Json = JSON.parse(line);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw malformed(name, `line ${row + 1}`, "a JSON object", line.slice(0, 40));
}

function known(label: number, name: string, row: number, found: string): number {
  if (label < 0) throw malformed(name, `line ${row + 1}`, "a class that is known", found.slice(0, 40));
  return label;
}

/** The fields of a table parted by commas (RFC 4180); lines do not run over. */
export function csvRows(table: string): readonly (readonly string[])[] {
  return linesOf(table).map((line) =>
    Array.from(
      line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g),
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
    )
  );
}
