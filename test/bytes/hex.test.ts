import fc from "fast-check";
import {equalBytes, formatHex, parseHex} from "kernel-lib/bytes";
import {describe, expect, it} from "vitest";

describe("hex", () => {
  it("parseHex() undoes formatHex() for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 64}), (bytes) =>
        equalBytes(parseHex(formatHex(bytes)), bytes),
      ),
    );
  });

  it("parseHex() refuses half a byte and strange letters, and says which", () => {
    expect(() => parseHex("abc")).toThrow("Cannot parse hex: need an even number of digits, got 3");
    expect(() => parseHex("0g")).toThrow('Cannot parse hex: "g" is no hexadecimal digit');
  });
});
