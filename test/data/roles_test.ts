import { assertEquals } from "@std/assert";
import { inAlphabet, rolesOf } from "../../lib/data/roles.ts";

Deno.test("rolesOf() reads names with a dot, in either case, and without one", () => {
  const text = [
    "ACT I.",
    "",
    "Ham.",
    "To be, or not to be,",
    "that is the question.",
    "",
    "FIRST LORD. [Aside.]",
    "My lord?",
    "",
    "THESEUS",
    "Now, fair Hippolyta.",
    "",
    "Ham.",
    "Words.",
    "",
  ].join("\r\n");
  assertEquals(rolesOf("A play", text), [
    { play: "A play", name: "HAM", speeches: ["To be, or not to be, that is the question.", "Words."] },
    { play: "A play", name: "FIRST LORD", speeches: ["My lord?"] },
    { play: "A play", name: "THESEUS", speeches: ["Now, fair Hippolyta."] },
  ]);
});

Deno.test("rolesOf() goes on with a speech after an empty line, and leaves out the stage", () => {
  const text =
    "\nKENT.\nFirst.\n\n[Enter a\nmessenger.]\n\nStill he speaks.\n\nSCENE II. A heath.\n\nNobody's words.\n";
  assertEquals(rolesOf("Lear", text), [{
    play: "Lear",
    name: "KENT",
    speeches: ["First. Still he speaks."],
  }]);
});

Deno.test("rolesOf() takes no line within a speech for a name", () => {
  const text = "\nBER.\nWho's there?\nFran.\nHe.\n";
  assertEquals(rolesOf("Hamlet", text), [{
    play: "Hamlet",
    name: "BER",
    speeches: ["Who's there? Fran. He."],
  }]);
});

Deno.test("rolesOf() finds nobody in a poem", () => {
  assertEquals(
    rolesOf("Sonnets", "From fairest creatures we desire increase,\nThat thereby beauty's rose.\n"),
    [],
  );
});

Deno.test("inAlphabet() folds case and drops what it does not know", () => {
  assertEquals(inAlphabet("Ay,\n  there's 2 THE rub & é!"), "ay, there's the rub !");
});
