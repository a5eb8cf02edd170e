import {describe, expect, it} from "vitest";
import {completionsAt} from "../../../kernel-lib/kernel/language/completion.js";
import type {Completions} from "../../../kernel-lib/kernel/language/completion.js";
import {openConverter} from "../../support/tslab-converter.js";

const converter = openConverter();
const EARLIER = "declare const earlier: number;\n";
const completer = {
  complete: (code: string, cursor: number) => converter.complete(EARLIER, code, cursor),
};

/** Completes at the mark ‸. */
function complete(marked: string): Completions & {texts: string[]; replaced: string} {
  const cursor = marked.indexOf("‸");
  const code = marked.replace("‸", "");
  const found = completionsAt(completer, code, cursor);
  return {
    ...found,
    texts: found.matches.map(({text}) => text),
    replaced: code.slice(found.start, found.end),
  };
}

describe("completionsAt", () => {
  it("completionsAt() in an empty cell offers globals, keywords and what earlier cells declare", () => {
    const {matches, start, end} = complete("‸");
    expect([start, end]).toEqual([0, 0]);
    expect(matches).toContainEqual({text: "earlier", type: "instance"});
    expect(matches).toContainEqual({text: "const", type: "keyword"});
    expect(matches).toContainEqual({text: "parseInt", type: "function"});
    expect(matches.length).toBeLessThanOrEqual(300);
  });

  it("completionsAt() behind a dot offers members with their types", () => {
    const {matches, replaced} = complete("Math.‸");
    expect(replaced).toBe("");
    expect(matches).toContainEqual({text: "max", type: "function"});
    expect(matches).toContainEqual({text: "PI", type: "property"});
  });

  it("completionsAt() replaces the whole name in whose middle the cursor stands", () => {
    const {texts, replaced} = complete("const total = 1;\nto‸tl + 1");
    expect(replaced).toBe("totl");
    expect(texts).toEqual([]);
    const exact = complete("const total = 1;\ntot‸al + 1");
    expect([exact.replaced, exact.texts]).toEqual(["total", ["total"]]);
  });

  it("completionsAt() sorts what begins as typed before what contains it, each once", () => {
    const {texts} = complete('"a".le‸');
    expect(texts.slice(0, 2)).toEqual(["length", "localeCompare"].filter((t) => texts.includes(t)));
    expect(texts.indexOf("length")).toBeLessThan(texts.indexOf("toLocaleLowerCase"));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("completionsAt() counts UTF-16 units behind an emoji", () => {
    const {texts, replaced} = complete('const s = "🙂🙂"; s.toU‸');
    expect(replaced).toBe("toU");
    expect(texts).toEqual(["toUpperCase"]);
  });

  it("completionsAt() inside an import path replaces the path typed so far", () => {
    const {matches, replaced} = complete('import {readFileSync} from "node:f‸"');
    expect(replaced).toBe("node:f");
    expect(matches).toContainEqual({text: "node:fs", type: "module"});
  });

  it("completionsAt() inside an import list offers the exports of the module", () => {
    const {texts, replaced} = complete('import {ni‸} from "kernel-lib/stats"');
    expect(replaced).toBe("ni");
    expect(texts[0]).toBe("nines");
  });

  it("completionsAt() inside a text offers only what fits the text typed so far", () => {
    const {texts, replaced} = complete('const o: {kind: "alpha" | "beta"} = {kind: "al‸"}');
    expect([replaced, texts]).toEqual(["al", ["alpha"]]);
  });

  it("completionsAt() has nothing to offer in comments, texts and numbers", () => {
    for (const cell of ["// comm‸", '"abc‸"', "1.‸"]) expect(complete(cell).matches).toEqual([]);
  });

  it("completionsAt() gives every kind a word that JupyterLab knows", () => {
    const cell =
      "class Disk { size = 1 }\ninterface Row {}\nenum Zone { A }\n" +
      "function f(param1: number) {\n  ";
    const {matches} = complete(`${cell}‸\n}`);
    const typeOf = (text: string) => matches.find((match) => match.text === text)?.type;
    expect(typeOf("Disk")).toBe("class");
    expect(typeOf("Zone")).toBe("class");
    expect(typeOf("f")).toBe("function");
    expect(typeOf("param1")).toBe("param");
    expect(complete(`${cell}\n}\nZone.‸`).matches).toEqual([{text: "A", type: "property"}]);
  });
});
