import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {answerJson, MAX_ANSWER_LENGTH, parseAnswer} from "../../kernel-lib/dist/course/answer.js";

const roundTrip = (value: unknown): unknown => parseAnswer(answerJson(value));

/** Whatever may be handed in. */
const {answer} = fc.letrec((tie) => ({
  answer: fc.oneof(
    {maxDepth: 4},
    fc.double(),
    fc.constantFrom(-0, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER, 5e-324),
    fc.string({unit: "binary"}),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.bigInt(),
    fc.uint8Array(),
    fc.array(tie("answer"), {maxLength: 5}),
    fc.dictionary(
      fc.string().filter((key) => key !== "$"),
      tie("answer"),
      {
        maxKeys: 5,
        noNullPrototype: true,
      },
    ),
  ),
}));

describe("answerJson", () => {
  it("answerJson and parseAnswer give every kind of answer back, bit for bit", () => {
    fc.assert(
      fc.property(answer, (value) => {
        expect(roundTrip(value)).toStrictEqual(value);
      }),
    );
  });

  it.each([
    [() => 1, "Cannot hand in a function"],
    [Symbol("a"), "Cannot hand in a symbol"],
    [new Map(), "of the class Map: return Object.fromEntries(map), or [...map]"],
    [new Set(), "of the class Set: return [...set]"],
    [new Date(0), "of the class Date: return date.toISOString()"],
    [Promise.resolve(1), "of the class Promise: return the answer itself, from a function that is"],
    [Float64Array.of(1), "of the class Float64Array: return [...list]"],
    [new Uint8ClampedArray(2), "of the class Uint8ClampedArray: return [...list]"],
    [new (class Stripe {})(), "of the class Stripe: need numbers, texts, bytes, lists"],
    [new (class {})(), "of the class without a name: need"],
    [/a/, "of the class RegExp"],
    [{$: 1}, 'the key "$"'],
    [[[{deep: [() => 1]}]], "Cannot hand in a function"],
  ])("answerJson(%o) is refused: %s", (value, message) => {
    expect(() => answerJson(value)).toThrow(TypeError);
    expect(() => answerJson(value)).toThrow(message);
  });

  it("answerJson refuses a circle, however long, but not a value that is there twice", () => {
    const circle: {self?: unknown} = {};
    circle.self = [{circle}];
    expect(() => answerJson(circle)).toThrow("a value that contains itself");
    const shared = [1, 2];
    expect(roundTrip([shared, {shared}])).toEqual([[1, 2], {shared: [1, 2]}]);
  });

  it("answerJson refuses more than 1 MiB, before it copies it", () => {
    const most = "x".repeat(MAX_ANSWER_LENGTH - 2);
    expect(roundTrip(most)).toBe(most);
    expect(() => answerJson(`${most}x`)).toThrow(RangeError);
    expect(() => answerJson(new Array(2 ** 32 - 1))).toThrow("need at most 1048576 elements");
    expect(() => answerJson(new Uint8Array(2 ** 21))).toThrow("need at most 1048576 bytes");
    expect(() => answerJson(new Uint8Array(600_000))).toThrow("need at most 1048576 characters");
  });

  it("answerJson refuses what is nested deeper than a judge reads", () => {
    const nested = (depth: number): unknown =>
      Array.from({length: depth}).reduce((inner: unknown) => [inner], 1);
    expect(roundTrip(nested(200))).toEqual(nested(200));
    expect(() => answerJson(nested(201))).toThrow("more than 200 values in each other");
    expect(() => answerJson(nested(100_000))).toThrow(RangeError);
  });

  it("an answer is a copy: no getter, proxy, prototype or hole gets through", () => {
    let calls = 0;
    const sly = {
      get value() {
        return ++calls;
      },
    };
    const copy = roundTrip(sly) as {value: number};
    expect([copy.value, copy.value]).toEqual([1, 1]);
    expect(Object.getOwnPropertyDescriptor(copy, "value")).toHaveProperty("writable", true);
    const proxy = new Proxy([1, 2], {
      get: (list, key) => (key === "0" ? 7 : Reflect.get(list, key)),
    });
    expect(roundTrip(proxy)).toEqual([7, 2]);
    const holes = new Array<number>(3);
    holes[1] = 1;
    expect(roundTrip(holes)).toStrictEqual([undefined, 1, undefined]);
    expect(roundTrip(Buffer.from([1, 2]))).toStrictEqual(Uint8Array.of(1, 2));
    expect(roundTrip(Object.assign(Object.create(null) as object, {a: 1}))).toStrictEqual({a: 1});
    class Sly extends Array<number> {
      override at(): number {
        return 99;
      }
    }
    expect(Object.getPrototypeOf(roundTrip(Sly.of(1, 2)))).toBe(Array.prototype);
  });

  it("a key __proto__ is a key like others, and changes no prototype", () => {
    const value: unknown = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}');
    const copy = roundTrip(value) as Record<string, unknown>;
    expect(Object.keys(copy)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(copy["admin"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  it.each([
    '{"$":"function"}',
    '{"$":"bigint","text":"ten"}',
    '{"$":"number","text":{"toString":1}}',
  ])("parseAnswer refuses the forged %s", (text) => {
    expect(() => parseAnswer(text)).toThrow();
  });
});
