/**
 * Prompts of in-context learning, as the paper on its calibration writes them (arXiv 2312.04021, its program).
 *
 * @module
 */
import type { Example } from "../../data/texts/labelled.ts";

/** How a task is put to a language model. */
export interface Template {
  /** What every prompt begins with; may be empty. */
  readonly instruction: string;
  /** What stands before a text. */
  readonly question: string;
  /** What stands before a label. */
  readonly answer: string;
  /** The word for each class. */
  readonly words: readonly string[];
}

/** The names of the templates. */
export const templateNames = ["sst2", "agnews", "trec", "rte", "cb", "bbc", "spam", "boolq"] as const;

/** The name of a template. */
export type TemplateName = typeof templateNames[number];

/** The templates. Those of BBC News, SpamAssassin and BoolQ are ours, in the manner of the paper's. */
export const templates: Readonly<Record<TemplateName, Template>> = {
  sst2: {
    instruction: "",
    question: "Review: ",
    answer: "Sentiment: ",
    words: ["Negative", "Positive"],
  },
  agnews: {
    instruction:
      "Classify the news articles into the categories of World, Sports, Business, and Technology.\n\n",
    question: "Article: ",
    answer: "Answer: ",
    words: ["World", "Sports", "Business", "Technology"],
  },
  trec: {
    instruction: "Classify the questions based on whether their answer type is a Number, Location, Person, " +
      "Description, Entity, or Abbreviation.\n\n",
    question: "Question: ",
    answer: "Answer Type: ",
    words: ["Number", "Location", "Person", "Description", "Entity", "Ab"],
  },
  rte: { instruction: "", question: " ", answer: "answer: ", words: ["False", "True"] },
  cb: { instruction: "", question: "", answer: "answer: ", words: ["false", "neither", "true"] },
  bbc: {
    instruction:
      "Classify the news articles into the categories of Business, Entertainment, Politics, Sports, " +
      "and Technology.\n\n",
    question: "Article: ",
    answer: "Answer: ",
    words: ["Business", "Entertainment", "Politics", "Sports", "Technology"],
  },
  spam: {
    instruction: "Classify the e-mails as Wanted or Spam by their subjects.\n\n",
    question: "Subject: ",
    answer: "Answer: ",
    words: ["Wanted", "Spam"],
  },
  boolq: { instruction: "", question: "", answer: "answer: ", words: ["False", "True"] },
};

/**
 * The prompt that asks for the label of a text: the instruction, each demonstration with its label, and the text without.
 * It ends before the space that the label's word begins with.
 *
 * @example Usage
 * ```ts
 * import { promptFor, templates } from "./templates.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   promptFor(templates.sst2, [{ text: "a joy .", label: 1 }], "dull ."),
 *   "Review: a joy .\nSentiment: Positive\n\nReview: dull .\nSentiment:",
 * );
 * ```
 */
export function promptFor(template: Template, demonstrations: readonly Example[], text: string): string {
  const { instruction, question, answer, words } = template;
  const shown = demonstrations.map((one) => `${question}${one.text}\n${answer}${words[one.label]}\n\n`);
  return `${instruction}${shown.join("")}${question}${text}\n${answer.trimEnd()}`;
}
