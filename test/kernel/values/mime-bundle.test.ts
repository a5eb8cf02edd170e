import {runInNewContext} from "node:vm";
import * as aq from "arquero";
import {barChart, table} from "kernel-lib/plot";
import {describe, expect, it} from "vitest";
import {mimeBundle} from "../../../kernel-lib/kernel/values/mime-bundle.js";

const DISPLAY = Symbol.for("Jupyter.display");

async function textOf(value: unknown): Promise<string> {
  return (await mimeBundle(value))!.data["text/plain"] as string;
}

async function htmlOf(value: unknown): Promise<string | undefined> {
  return (await mimeBundle(value))!.data["text/html"] as string | undefined;
}

class Disk {
  readonly name = "d<1>";
  sizeBytes = 4096;
  get usedBytes(): number {
    throw new Error("must not be asked");
  }
}

describe("mimeBundle", () => {
  it("mimeBundle() has nothing to show for undefined, and text for every other primitive", async () => {
    expect(await mimeBundle(undefined)).toBeUndefined();
    const texts: [unknown, string][] = [
      [null, "null"],
      [-0, "-0"],
      [12n, "12n"],
      [Symbol("x"), "Symbol(x)"],
      ["a\n'b'", `"a\\n'b'"`],
      [true, "true"],
    ];
    for (const [value, text] of texts) {
      expect(await mimeBundle(value)).toEqual({data: {"text/plain": text}, metadata: {}});
    }
  });

  it("mimeBundle() shows objects as console.log does, four levels deep", async () => {
    expect(await textOf({a: {b: {c: {d: 1}}}})).toBe("{\n  a: { b: { c: { d: 1 } } }\n}");
    expect(await textOf(Object.assign(Object.create(null), {a: 1}))).toBe(
      "[Object: null prototype] { a: 1 }",
    );
    const ring: {self?: unknown} = {};
    ring.self = ring;
    expect(await textOf(ring)).toBe("<ref *1> { self: [Circular *1] }");
    expect(await htmlOf({a: 1})).toBeUndefined();
  });

  it("mimeBundle() of a figure is what show() sends", async () => {
    const figure = barChart([{zones: 2, nines: 3}], {
      x: "zones",
      y: "nines",
      title: "In this model two zones give three nines",
      alt: "One bar: 3 nines",
      caption: "Computed",
    });
    expect((await mimeBundle(figure))!.data).toEqual(
      JSON.parse(JSON.stringify(figure.mimeBundle())),
    );
    const rows = table([{zones: 2}], {caption: "One row"});
    expect((await mimeBundle(rows))!.data).toEqual(rows.mimeBundle());
  });

  it("mimeBundle() awaits an own display, adds the text it lacks, and sends bytes as base64", async () => {
    const image = {[DISPLAY]: () => Promise.resolve({"image/png": new Uint8Array([1, 2, 3])})};
    const {data} = (await mimeBundle(image))!;
    expect(data["image/png"]).toBe("AQID");
    expect(data["text/plain"]).toContain("Symbol(Jupyter.display)");
  });

  it("mimeBundle() says why a value could not show itself", async () => {
    const failing = (display: () => unknown) =>
      textOf(
        new (class Map2 {
          [DISPLAY] = display;
        })(),
      );
    expect(
      await failing(() => {
        throw new RangeError("no rows");
      }),
    ).toMatch(/Map2 could not show itself: RangeError: no rows$/);
    expect(await failing(() => Promise.reject("late"))).toMatch(/itself: 'late'$/);
    expect(await failing(() => "text")).toMatch(/need an object of MIME types and their values$/);
    expect(await failing(() => ({}))).toMatch(/need an object of MIME types/);
    expect(await failing(() => ({"text/html": 7}))).toMatch(
      /string or bytes for text\/html, got 7$/,
    );
    const ring: {self?: unknown} = {};
    ring.self = ring;
    expect(await failing(() => ({"application/json": ring}))).toMatch(/circular/);
    expect(await failing(() => ({"application/json": () => 1}))).toMatch(/is no JSON$/);
  });

  it("mimeBundle() shows an error as text, with its causes and without a stack", async () => {
    const error = new Error("outer", {cause: new RangeError("inner")});
    expect(await textOf(error)).toBe("Error: outer {\n  [cause]: RangeError: inner\n}");
    expect(await textOf(new TypeError("line\nline"))).toBe("TypeError: line\nline");
    expect(await textOf(new AggregateError([new Error("a")], "all"))).toContain("Error: a");
    expect(await htmlOf(error)).toBeUndefined();
  });

  it("mimeBundle() shows a function by the line that declares it", async () => {
    function add(a: number, b = ")") {
      return a + b;
    }
    expect(await textOf(add)).toBe('[Function: add]\nfunction add(a, b = ")")');
    expect(await textOf(Math.max)).toBe("[Function: max]");
    expect(await textOf(Disk)).toBe("[class Disk]\nclass Disk");
    const {data} = (await mimeBundle(add))!;
    expect(data).not.toHaveProperty("text/html");
  });

  it("mimeBundle() shows an arquero table with types, numbers to the right, and a row limit", async () => {
    const index = Array.from({length: 25}, (_, i) => i);
    const rows = aq.table({
      name: index.map((i) => `<${i}>`),
      share: index.map((i) => i / 3),
      at: index.map((i) => new Date(i)),
      count: Int32Array.from(index),
      gap: index.map((i) => (i ? null : "x")),
    });
    const {data} = (await mimeBundle(rows))!;
    const html = data["text/html"] as string;
    expect(html).toContain("Table: 25 rows, 5 columns</caption>");
    expect(html).toContain('<th scope="col" style="text-align:right">share<br><em');
    expect(html).toContain(">number</em>");
    expect(html).toContain(">date</em>");
    expect(html).toContain(">Int32Array</em>");
    expect(html).toContain(">&lt;0&gt;</td>");
    expect(html).toContain(`title="${1 / 3}">0.333333</td>`);
    expect(html).toContain("1970-01-01T00:00:00.001Z");
    expect(html).toContain("<p>… 5 more rows</p>");
    expect(html.match(/<tr>/g)).toHaveLength(21);
    const lines = (data["text/plain"] as string).split("\n");
    expect(lines[1]).toMatch(/^name +share +at +count +gap$/);
    expect(lines.at(-1)).toBe("… 5 more rows");
  });

  it("mimeBundle() shows of an arquero table what its filter and order leave", async () => {
    const rows = aq.table({n: [1, 2, 3]}).filter(aq.escape((row: {n: number}) => row.n > 1));
    const text = await textOf(rows.orderby(aq.desc("n")));
    expect(text).toBe("Table: 2 rows, 1 column\nn\n3\n2");
    expect(await textOf(aq.table({}))).toBe("Table: 0 rows, 0 columns\n");
  });

  it("mimeBundle() shows flat records as a table, and others as text", async () => {
    const html = await htmlOf([{a: 1}, {a: 2, b: "x"}]);
    expect(html).toContain("Array: 2 records</caption>");
    expect(html).toContain(">number</em>");
    expect(html).toContain('<td style="text-align:left;white-space:pre-wrap"></td>');
    expect(await textOf([{a: 1}])).toBe("[ { a: 1 } ]");
    expect(await htmlOf([{a: {}}])).toBeUndefined();
    expect(await htmlOf([{a: 1}, 2])).toBeUndefined();
    expect(await htmlOf([])).toBeUndefined();
    expect(await htmlOf([new Disk()])).toBeUndefined();
    const getter = {
      get a(): number {
        throw new Error("must not be asked");
      },
    };
    expect(await htmlOf([getter])).toBeUndefined();
  });

  it("mimeBundle() shows bytes by offset, in hexadecimal and as ASCII", async () => {
    const bytes = new TextEncoder().encode(`<Hello>, world!${"\n".repeat(300)}`);
    const html = (await htmlOf(bytes))!;
    expect(html).toContain("Uint8Array: 315 bytes</caption>");
    expect(html).toMatch(/<th scope="row"[^>]*>00000010<\/th>/);
    expect(html).toContain("3c 48 65 6c 6c 6f 3e 2c  20 77 6f 72 6c 64 21 0a");
    expect(html).toContain("&lt;Hello&gt;, world!.");
    expect(html).toContain("… 59 more bytes");
    expect(await htmlOf(Buffer.from("a"))).toContain("Buffer: 1 byte<");
    expect(await htmlOf(new ArrayBuffer(2))).toContain("ArrayBuffer: 2 bytes<");
    expect(await htmlOf(new DataView(new ArrayBuffer(4), 1, 2))).toContain("DataView: 2 bytes<");
    expect(await htmlOf(new Uint8Array())).toBeUndefined();
  });

  it("mimeBundle() shows typed arrays of numbers as a grid with length and type", async () => {
    const html = (await htmlOf(Float64Array.from({length: 101}, (_, i) => i / 3)))!;
    expect(html).toContain("Float64Array: 101 elements, 808 bytes</caption>");
    expect(html).toMatch(/<th scope="row"[^>]*>90<\/th><td[^>]*>30<\/td>/);
    expect(html).toContain(`title="${1 / 3}">0.333333</td>`);
    expect(html).toContain("… 1 more element<");
    expect(await htmlOf(new BigInt64Array(2))).toContain("BigInt64Array: 2 elements, 16 bytes<");
  });

  it("mimeBundle() shows maps, sets and instances as tables, and asks no getter", async () => {
    const map = (await htmlOf(new Map([["k", {v: "<"}]])))!;
    expect(map).toContain("Map: 1 entry</caption>");
    expect(map).toMatch(
      /<th scope="row"[^>]*>&#39;k&#39;<\/th><td[^>]*>{ v: &#39;&lt;&#39; }<\/td>/,
    );
    expect(await htmlOf(new Set(Array(30).keys()))).toContain("… 10 more values");
    const disk = (await htmlOf(new Disk()))!;
    expect(disk).toContain("Disk</caption>");
    expect(disk).toMatch(/>sizeBytes<\/th><td[^>]*>4096<\/td>/);
    expect(disk).not.toContain("usedBytes");
    expect(await textOf(new Disk())).toBe("Disk { name: 'd<1>', sizeBytes: 4096 }");
    for (const value of [new Date(0), /x/, Promise.resolve(1), new URL("http://a/"), new Map()]) {
      expect(await htmlOf(value)).toBeUndefined();
    }
  });

  it("mimeBundle() knows the same values when they come from another realm", async () => {
    const other = (code: string): Promise<string | undefined> => htmlOf(runInNewContext(code));
    expect(await other("new Map([[1, 2]])")).toContain("Map: 1 entry");
    expect(await other("new Uint8Array(3)")).toContain("Uint8Array: 3 bytes");
    expect(await other("[{a: 1}]")).toContain("Array: 1 record<");
    expect(await other("({a: 1})")).toBeUndefined();
    expect(await textOf(runInNewContext("new TypeError('x')"))).toBe("TypeError: x");
  });
});

/** Each of them throws, never ends or fills the memory when it is printed without care. */
const HOSTILE: Record<string, () => unknown> = {
  "an array of ten million": () => Array.from({length: 1e7}, (_, i) => i),
  "an array of as many holes as there may be": () => new Array(2 ** 32 - 1),
  "a typed array of ten million": () => new Float64Array(1e7),
  "a text of 100 MB": () => "x".repeat(1e8),
  "a tree of 10^8 leaves": () => {
    const level = (below: unknown): unknown[] => new Array(100).fill(below);
    return level(level(level(level(level(1)))));
  },
  "an object of 200,000 properties": () =>
    Object.fromEntries(Array.from({length: 200_000}, (_, i) => [`p${i}`, i])),
  "a map of wide objects": () => {
    const wide = Object.fromEntries(Array.from({length: 50_000}, (_, i) => [`p${i}`, i]));
    return new Map(Array.from({length: 1000}, (_, i) => [i, wide]));
  },
  "a list nested 100,000 deep": () => {
    let list: unknown = null;
    for (let depth = 0; depth < 100_000; depth++) list = {next: list};
    return list;
  },
  "a getter that throws": () => ({
    get x(): number {
      throw new Error("getter");
    },
  }),
  "a class name that throws": () => ({
    get constructor(): never {
      throw new Error("constructor");
    },
  }),
  "a tag that throws": () => ({
    get [Symbol.toStringTag](): string {
      throw new Error("tag");
    },
  }),
  "an inspect that throws": () => ({
    [Symbol.for("nodejs.util.inspect.custom")]() {
      throw new Error("inspect");
    },
  }),
  "an inspect that cannot be asked for": () => ({
    get [Symbol.for("nodejs.util.inspect.custom")](): never {
      throw new Error("inspect getter");
    },
  }),
  "a display that cannot be asked for": () => ({
    get [DISPLAY](): never {
      throw new Error("display getter");
    },
  }),
  "an error whose message throws": () =>
    Object.defineProperty(new Error("x"), "stack", {
      get() {
        throw new Error("stack");
      },
    }),
  "a display that throws what cannot be shown": () => ({
    [DISPLAY]() {
      throw new Proxy({}, {get: () => fail(), getPrototypeOf: () => fail()});
    },
  }),
  "a proxy whose every trap throws": () =>
    new Proxy({a: 1}, {get: fail, ownKeys: fail, getPrototypeOf: fail, has: fail} as never),
  "a revoked proxy": () => {
    const {proxy, revoke} = Proxy.revocable([], {});
    revoke();
    return proxy;
  },
  "an object whose prototype is a throwing proxy": () =>
    Object.create(new Proxy({}, {get: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail})),
  "what looks like an arquero table": () => ({
    numRows: fail,
    columnNames: fail,
    objects: fail,
    column: fail,
  }),
  "a map with a size of its own": () =>
    Object.defineProperty(new Map([[1, 1]]), "size", {get: fail}),
  "a detached buffer": () => {
    const buffer = new ArrayBuffer(8);
    structuredClone(buffer, {transfer: [buffer]});
    return buffer;
  },
};

function fail(): never {
  throw new Error("must not happen");
}

describe("mimeBundle of hostile values", () => {
  it.each(Object.entries(HOSTILE))("mimeBundle() answers %s with a short text", async (_, make) => {
    const {data} = (await mimeBundle(make()))!;
    expect(typeof data["text/plain"]).toBe("string");
    expect((data["text/plain"] as string).length).toBeLessThan(110_000);
    expect(JSON.stringify(data).length).toBeLessThan(300_000);
  });
});
