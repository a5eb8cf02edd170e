import {describe, expect, it} from "vitest";
import {codeTokens, proseTokens} from "../../../kernel-lib/dist/course/record/answer-tokens.js";

const kinds = (text: string): string[] => codeTokens(text).map(({kind}) => kind);
const texts = (text: string): string[] =>
  codeTokens(text).map(({from, to}) => text.slice(from, to));

describe("codeTokens", () => {
  it("codeTokens of a text renamed, reformatted and commented are the same", () => {
    const first = "const sum = (a: number, b: number) => { return a + b * 2; };";
    const second = `// mine
      let total=(left:number,right:number)=>{
        /* add */ return left+right*30
      }`;
    expect(kinds(second)).toEqual(kinds(first));
    expect(kinds("a + b")).not.toEqual(kinds("a - b"));
  });

  it("codeTokens reads a template with code in it, however deep", () => {
    const text = "f(`a ${b({c: `d ${e}`})} g ${h}`) + i";
    expect(texts(text)).toEqual([
      ...["f", "(", "`a ${", "b", "(", "{", "c", ":", "`d ${", "e", "}`", "}", ")", "} g ${", "h"],
      ...["}`", ")", "+", "i"],
    ]);
  });

  it("codeTokens tells a regular expression from a division", () => {
    expect(texts("x = /a b/g")).toEqual(["x", "=", "/a b/g"]);
    expect(texts("(x) / a / g")).toEqual(["(", "x", ")", "/", "a", "/", "g"]);
    expect(texts("return /}`/.test(y)")).toEqual(["return", "/}`/", ".", "test", "(", "y", ")"]);
  });

  it.each(["`a ${", "/*", "'", "\\", "}}}}", "`${`${", "#", "\0\ud800", "/[", "(".repeat(100_000)])(
    "codeTokens comes to the end of %j",
    (text) => expect(codeTokens(text).length).toBeLessThanOrEqual(text.length),
  );
});

describe("proseTokens", () => {
  it("proseTokens are words, without case and signs", () => {
    const words = proseTokens("Zoë’s figure: 2 zones, 山田!").map(({kind}) => kind);
    expect(words).toEqual(["zoë", "s", "figure", "2", "zones", "山田"]);
    expect(proseTokens("zoe\u0308")[0]!.kind).toBe("zoë");
  });
});
