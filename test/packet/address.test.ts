import {formatIpv4Address, parseIpv4Address} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {expect, it} from "vitest";

it("parseIpv4Address() reads back what formatIpv4Address() writes", () => {
  const random = new Random(61);
  for (let run = 0; run < 20_000; run++) {
    const address = random.integer({min: 0, max: 2 ** 32 - 1});
    const text = formatIpv4Address(address);
    expect(text).toBe(
      new Array(4)
        .fill(0)
        .map((_, i) => (address >>> (24 - 8 * i)) & 255)
        .join("."),
    );
    expect(parseIpv4Address(text)).toBe(address);
    // From the cache the same.
    expect(formatIpv4Address(address)).toBe(text);
  }
});

it("parseIpv4Address() refuses every other spelling (RFC 6943 §3.1.1)", () => {
  for (const text of [
    ...["", "10", "10.1", "10.0.1", "10.0.1.5.6", "010.0.0.1", "10.0.0.01", "00.0.0.0"],
    ...["256.0.0.1", "10.0.0.256", "-1.0.0.0", "10.0.0.", ".10.0.0", "10..0.1", " 10.0.0.1"],
    ...["10.0.0.1 ", "10.0.0.1/8", "0x0a.0.0.1", "a.b.c.d", "1e1.0.0.0", "١.0.0.0"],
  ]) {
    expect(() => parseIpv4Address(text), text).toThrow(SyntaxError);
  }
  expect(() => parseIpv4Address(7 as never)).toThrow(SyntaxError);
});

it("formatIpv4Address() refuses what is no 32-bit number", () => {
  for (const address of [-1, 2 ** 32, 0.5, NaN]) {
    expect(() => formatIpv4Address(address)).toThrow(RangeError);
  }
});
