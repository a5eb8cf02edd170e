import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  decodeMessage,
  encodeMessage,
  newHeader,
  Signer,
} from "../../../kernel-lib/dist/kernel/protocol/wire.js";
import type {WireMessage} from "../../../kernel-lib/dist/kernel/protocol/wire.js";

const signer = new Signer("a0436f6c-1916-498b-8eb9-e81ab9368e84", "hmac-sha256");
const unsigned = new Signer("", "hmac-sha256");
const bytes = fc.uint8Array({maxLength: 20});
const jsonObject = fc.dictionary(fc.string(), fc.jsonValue());
const messages: fc.Arbitrary<WireMessage> = fc.record({
  identities: fc.array(bytes, {maxLength: 3}),
  header: fc.string({minLength: 1}).map((type) => newHeader(type, "session")),
  parentHeader: jsonObject,
  metadata: jsonObject,
  content: jsonObject,
  buffers: fc.array(bytes, {maxLength: 3}),
});
/** What JSON keeps of a value: -0 becomes 0. */
const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const sample: WireMessage = {
  identities: [new Uint8Array([1, 2])],
  header: newHeader("execute_request", "session"),
  parentHeader: {},
  metadata: {},
  content: {code: "1 + 1"},
  buffers: [],
};

describe("the wire format", () => {
  it("a signature is the HMAC that Jupyter's documentation asks for", () => {
    // Computed with Python: hmac.new(b"key", b"{}{}{}{}", "sha256").hexdigest()
    const frames = ["{}", "{}", "{}", "{}"].map((text) => new TextEncoder().encode(text));
    expect(new Signer("key", "hmac-sha256").sign(frames)).toBe(
      "ca767b02c5bc061ed184a9a029e7f93a7f2f7ed4e8fe74120fc1212f0b008fa3",
    );
  });

  it("decodeMessage(encodeMessage(m)) is m, signed and not", () => {
    fc.assert(
      fc.property(messages, fc.constantFrom(signer, unsigned), (message, by) => {
        const {header, parentHeader, metadata, content} = message;
        const json = asJson({header, parentHeader, metadata, content});
        expect(decodeMessage(encodeMessage(message, by), by).message).toEqual({
          ...message,
          ...json,
        });
      }),
      {seed: 1},
    );
  });

  it("decodeMessage() takes a message from which nothing is missing, and no other", () => {
    const frames = encodeMessage(sample, signer);
    for (let count = 0; count < frames.length; count++) {
      expect(
        decodeMessage(frames.slice(0, count), signer).problem,
        `${count} frames`,
      ).toBeDefined();
    }
    const short = frames.flatMap((frame, index) =>
      // The first frame is an identity, which belongs to zeromq.
      index === 0 ? [] : Array.from(frame, (_, length) => ({index, length})),
    );
    for (const {index, length} of short) {
      const cut = frames.map((frame, i) => (i === index ? frame.slice(0, length) : frame));
      expect(decodeMessage(cut, signer).problem, `frame ${index} cut to ${length}`).toBeDefined();
    }
  });

  it("decodeMessage() refuses a message with any one bit changed", () => {
    const frames = encodeMessage(sample, signer);
    const places = frames.flatMap((frame, index) =>
      index === 0 ? [] : Array.from({length: frame.length * 8}, (_, bit) => ({index, bit})),
    );
    for (const {index, bit} of places) {
      const changed = frames.map((frame) => frame.slice());
      changed[index]![bit >> 3]! ^= 1 << (bit & 7);
      expect(decodeMessage(changed, signer).problem, `frame ${index}, bit ${bit}`).toBeDefined();
    }
    expect(places.length).toBeGreaterThan(1000);
  });

  it.each([
    ["no JSON", ["{", "{}", "{}", "{}"]],
    ["no object", ["[]", "{}", "{}", "{}"]],
    ["a null", ["{}", "null", "{}", "{}"]],
    ["a header without an id", ['{"msg_type":"a","session":"b"}', "{}", "{}", "{}"]],
    ["a type that is a number", ['{"msg_id":"1","msg_type":2,"session":"b"}', "{}", "{}", "{}"]],
  ])("decodeMessage() refuses %s, though it is signed", (_, texts) => {
    const parts = texts.map((text) => new TextEncoder().encode(text));
    const head = ["<IDS|MSG>", signer.sign(parts)].map((text) => new TextEncoder().encode(text));
    expect(decodeMessage([...head, ...parts], signer).problem).toBeDefined();
  });

  it("decodeMessage() refuses bytes that are no UTF-8", () => {
    const parts = ["{}", "{}", "{}", "{}"].map((text) => new TextEncoder().encode(text));
    parts[3] = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    const head = ["<IDS|MSG>", signer.sign(parts)].map((text) => new TextEncoder().encode(text));
    expect(decodeMessage([...head, ...parts], signer).problem).toBeDefined();
  });

  it("Signer refuses a scheme that Node cannot compute", () => {
    expect(() => new Signer("key", "hmac-sha0")).toThrow(RangeError);
    expect(() => new Signer("key", "rsa")).toThrow(
      "Cannot sign messages: need a scheme such as hmac-sha256, got rsa",
    );
  });
});
