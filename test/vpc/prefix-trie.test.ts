import fc from "fast-check";
import {Cidr} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {PrefixTrie} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {randomBlocks, randomDestination} from "./slow-routes.js";

/** The slow twin: a list of blocks, scanned. */
class BlockList {
  private readonly values: Map<string, number> = new Map();

  set(block: Cidr, value: number): void {
    this.values.set(String(block), value);
  }

  delete(block: Cidr): boolean {
    return this.values.delete(String(block));
  }

  get(block: Cidr): number {
    return this.values.get(String(block)) ?? -1;
  }

  get size(): number {
    return this.values.size;
  }

  covering(address: number): number[] {
    return [...this.values]
      .map(([text, value]) => ({block: Cidr.parse(text), value}))
      .filter(({block}) => block.contains(address))
      .sort((a, b) => b.block.prefixLength - a.block.prefixLength)
      .map(({value}) => value);
  }

  lookup(address: number): number {
    return this.covering(address)[0] ?? -1;
  }
}

/** Few bits that differ, so that blocks meet, nest and part at every length. */
const blocks = fc
  .tuple(fc.constantFrom(0, 0x0a00_0000, 0x0a00_8000, 0xffff_ffff), fc.nat(0xff), fc.nat(32))
  .map(([base, low, length]) => new Cidr((base ^ low ^ (low << 12)) >>> 0, length));
const steps = fc.array(fc.tuple(fc.constantFrom("set", "set", "delete"), blocks, fc.nat(99)), {
  maxLength: 60,
});

describe("PrefixTrie", () => {
  it("PrefixTrie does what a scanned list does, through any changes", () => {
    fc.assert(
      fc.property(steps, fc.array(blocks, {minLength: 10, maxLength: 30}), (changes, asked) => {
        const [trie, list] = [new PrefixTrie(), new BlockList()];
        for (const [kind, block, value] of changes) {
          if (kind === "set") {
            trie.set(block, value);
            list.set(block, value);
          } else expect(trie.delete(block)).toBe(list.delete(block));
          expect(trie.size).toBe(list.size);
        }
        for (const block of [...asked, ...changes.map(([, changed]) => changed)]) {
          expect(trie.get(block)).toBe(list.get(block));
          for (const address of [block.network, block.last]) {
            expect(trie.lookup(address)).toBe(list.lookup(address));
            expect(trie.covering(address)).toEqual(list.covering(address));
          }
        }
      }),
      {numRuns: 300},
    );
  });

  it("PrefixTrie.lookup() equals a scan on 100,000 look-ups in tables of 1 to 2,000 blocks", () => {
    const random = new Random(1968);
    let differences = 0;
    for (let count = 1; count <= 2000; count = Math.ceil(count * 2.15)) {
      const chosen = randomBlocks(count, random);
      const trie = new PrefixTrie();
      const values = new Map<string, number>();
      for (const [value, block] of chosen.entries()) {
        trie.set(block, value);
        values.set(String(block), value);
      }
      const masks = chosen.map(({network, mask, prefixLength}, value) => {
        return {network, mask, prefixLength, value: values.get(`${chosen[value]}`)!};
      });
      for (let asked = 0; asked < 10_000; asked++) {
        const address = randomDestination(chosen, random);
        let best = {prefixLength: -1, value: -1};
        for (const one of masks) {
          if ((address & one.mask) >>> 0 !== one.network) continue;
          if (one.prefixLength > best.prefixLength) best = one;
        }
        if (trie.lookup(address) !== best.value) differences++;
      }
    }
    expect(differences).toBe(0);
  });

  it("PrefixTrie gives its nodes back: what is deleted leaves nothing", () => {
    const chosen = randomBlocks(500, new Random(5));
    const trie = new PrefixTrie();
    for (const [value, block] of chosen.entries()) trie.set(block, value);
    const {sizeBytes, nodeCount} = trie;
    expect(nodeCount).toBeLessThan(2 * trie.size);
    for (const block of chosen) trie.delete(block);
    expect(trie.size).toBe(0);
    expect(trie.nodeCount).toBe(0);
    for (const [value, block] of chosen.entries()) trie.set(block, value);
    expect(trie.nodeCount).toBe(nodeCount);
    expect(trie.sizeBytes).toBe(sizeBytes);
  });

  it("PrefixTrie takes 0.0.0.0/0, single addresses and the ends of the address space", () => {
    const trie = new PrefixTrie();
    trie.set(Cidr.parse("0.0.0.0/0"), 0);
    trie.set(Cidr.parse("255.255.255.255/32"), 1);
    trie.set(Cidr.parse("0.0.0.0/32"), 2);
    expect(trie.lookup(0xffff_ffff)).toBe(1);
    expect(trie.lookup(0xffff_fffe)).toBe(0);
    expect(trie.lookup(0)).toBe(2);
    expect(trie.covering(0)).toEqual([2, 0]);
  });

  it.each([-1, 0.5, 2 ** 26, NaN])("PrefixTrie.set() refuses the value %d", (value) => {
    const set = (): void => new PrefixTrie().set(Cidr.parse("10.0.0.0/8"), value);
    expect(set).toThrow(RangeError);
  });

  it("a trie that forgets what it passed is caught by the scan", () => {
    const table = [Cidr.parse("10.0.0.0/16"), Cidr.parse("10.0.1.0/24")];
    const trie = new PrefixTrie();
    for (const [value, block] of table.entries()) trie.set(block, value);
    // Bit 23 of 10.0.2.5 leads into the subtree of no block: only the memory gives the /16.
    expect(forgetfulLookup(table, 0x0a00_0105)).toBe(trie.lookup(0x0a00_0105));
    expect(forgetfulLookup(table, 0x0a00_0005)).not.toBe(trie.lookup(0x0a00_0005));
  });
});

/** The planted bug: the walk goes as deep as it can and looks only at where it ends. */
function forgetfulLookup(table: readonly Cidr[], address: number): number {
  let deepest = -1;
  for (let length = 0; length <= 32; length++) {
    const step = new Cidr(address, length);
    if (!table.some((block) => step.covers(block))) break;
    deepest = table.findIndex((block) => String(block) === String(step));
  }
  return deepest;
}
