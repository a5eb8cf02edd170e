import {Cidr, formatIpv4Address} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {describe, expect, it} from "vitest";

/** Slow and obvious: the first bits of both, as text. */
function slowContains(block: Cidr, address: number): boolean {
  const bits = (n: number): string => n.toString(2).padStart(32, "0").slice(0, block.prefixLength);
  return bits(block.network) === bits(address);
}

describe("Cidr", () => {
  it("contains() is the comparison of the first bits, for every prefix length", () => {
    const random = new Random(71);
    const any = (): number => random.integer({min: 0, max: 2 ** 32 - 1});
    for (let run = 0; run < 10_000; run++) {
      const block = new Cidr(any(), run % 33);
      const inside = random.integer({min: block.network, max: block.last});
      for (const address of [any(), inside, block.network, block.last]) {
        expect(block.contains(address)).toBe(slowContains(block, address));
        expect(block.contains(formatIpv4Address(address))).toBe(slowContains(block, address));
      }
      expect(block.contains(inside)).toBe(true);
      expect(Cidr.parse(String(block))).toEqual(block);
    }
  });

  it("knows the ends of the address space", () => {
    const [all, one] = [new Cidr(7, 0), new Cidr("255.255.255.255", 32)];
    expect(all.describe()).toBe("0.0.0.0/0: 0.0.0.0 to 255.255.255.255, 4294967296 addresses");
    expect(one.describe()).toBe(
      "255.255.255.255/32: 255.255.255.255 to 255.255.255.255, 1 address",
    );
    expect([all.mask, one.mask, new Cidr(0, 1).mask]).toEqual([0, 0xffffffff, 0x80000000]);
    expect(all.contains(0xffffffff) && all.covers(one)).toBe(true);
  });

  it("covers() and overlaps() order blocks", () => {
    const [vpc, subnet, other] = ["10.0.0.0/16", "10.0.1.0/24", "10.1.0.0/16"].map(Cidr.parse);
    expect([vpc!.covers(subnet!), subnet!.covers(vpc!), vpc!.covers(vpc!)]).toEqual([
      ...[true, false, true],
    ]);
    expect([vpc!.overlaps(subnet!), subnet!.overlaps(vpc!), vpc!.overlaps(other!)]).toEqual([
      ...[true, true, false],
    ]);
  });

  it("subnets() fill the block without gap or overlap", () => {
    const parts = Cidr.parse("10.0.0.0/22").subnets(24);
    expect(parts.map(String)).toEqual(["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]);
    expect(new Cidr(0, 0).subnets(1).map(String)).toEqual(["0.0.0.0/1", "128.0.0.0/1"]);
    expect(Cidr.parse("10.0.0.0/24").subnets(24)).toHaveLength(1);
    for (const [block, length] of [
      ...[["10.0.0.0/24", 23] as const],
      ...[["10.0.0.0/24", 33] as const],
      ...[["10.0.0.0/8", 25] as const],
    ]) {
      expect(() => Cidr.parse(block).subnets(length)).toThrow(RangeError);
    }
  });

  it("address() counts from the network", () => {
    const block = Cidr.parse("10.0.1.0/24");
    expect([block.address(0), block.address(255)]).toEqual(["10.0.1.0", "10.0.1.255"]);
    expect(() => block.address(256)).toThrow(RangeError);
    expect(() => block.address(-1)).toThrow(RangeError);
  });

  it("parse() refuses other texts, and bits beyond the prefix", () => {
    for (const text of [
      "",
      "10.0.0.0",
      "10.0.0.0/",
      "10.0.0.0/33",
      "10.0.0/8",
      "10.0.0.0/08",
      "::/0",
    ]) {
      expect(() => Cidr.parse(text), text).toThrow(SyntaxError);
    }
    expect(() => Cidr.parse("100.68.0.18/18")).toThrow("as in 100.68.0.0/18, got 100.68.0.18/18");
  });

  it("the constructor refuses what is no prefix length and no address", () => {
    expect(() => new Cidr("10.0.0.0", 33)).toThrow(RangeError);
    expect(() => new Cidr("10.0.0.0", 1.5)).toThrow(RangeError);
    expect(() => new Cidr(2 ** 32, 8)).toThrow(RangeError);
    expect(() => new Cidr("10.0.0", 8)).toThrow(SyntaxError);
  });
});
