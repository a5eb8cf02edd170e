import type {Cidr} from "../packet/index.js";

/**
 * Longest-prefix match: of all blocks that contain an address, the longest.
 *
 * A path-compressed binary trie behind a table of 2^16 entries:
 *
 *     10.0.1.5 ── first 16 bits ──▶ table[0x0a00] ──▶ 10.0.0.0/16 ── bit 16 is 0 ──▶ 10.0.1.0/24
 *                                   and beside it the longest block of 0 to 15 bits
 *
 * A node is four 32-bit words, so that a step reads one cache line: the block's network, its value
 * with the number of its host bits, and the children for the next bit 0 and 1. A node stands only
 * where a block ends or two blocks part, so n blocks take fewer than 2n nodes. Blocks shorter than
 * 16 bits are written into every entry of the table that they cover.
 *
 * The walk remembers the last value that it passed: an address that leaves the trie below
 * 10.0.1.0/24 falls back to 10.0.0.0/16 without going up again.
 *
 * A look-up takes 17 steps at most; so does a change, but for a block shorter than 16 bits, which
 * takes up to 2^16.
 *
 * Source: D. R. Morrison, PATRICIA, Journal of the ACM 15(4), 1968; a table in front as in Gupta,
 * Lin and McKeown, INFOCOM 1998, there with 24 bits. Fidelity: public structures; which one AWS
 * uses is not.
 *
 * @example
 * import {Cidr} from "kernel-lib/packet";
 * import {PrefixTrie} from "kernel-lib/vpc";
 * const trie = new PrefixTrie();
 * trie.set(Cidr.parse("10.0.0.0/16"), 1);
 * trie.set(Cidr.parse("10.0.1.0/24"), 2);
 * trie.lookup(0x0a000105) // => 2
 * trie.lookup(0x0a000205) // => 1
 * trie.lookup(0x0b000000) // => -1
 * trie.covering(0x0a000105) // => [ 2, 1 ]
 */
export class PrefixTrie {
  /** How many blocks have a value. */
  size = 0;
  /** How many nodes stand in the trie. */
  nodeCount = 0;
  /** Four words a node; a node is named by the index of its first. 0 names none. */
  private nodes: Int32Array = new Int32Array(64);
  /** Where the next new node goes, and the first of those given back, linked by their child 0. */
  private end = 4;
  private free = 0;
  /**
   * By the first 16 bits two words, side by side for the cache's sake: value × 32 of the longest block
   * below 16 bits, and the topmost node of the others.
   */
  private readonly table: Int32Array = Int32Array.from({length: 131_072}, (_, at) =>
    at % 2 === 0 ? NO_VALUE : 0,
  );
  /** By the first 16 bits: the prefix length of the block below 16 bits, or −1. */
  private readonly shortLengths: Int8Array = new Int8Array(65_536).fill(-1);
  /** Values of the blocks below 16 bits, by `shortKey`. */
  private readonly shortValues: Map<number, number> = new Map();

  /** Bytes of the arrays: 576 KiB for the table and 16 for each node that there is room for. */
  get sizeBytes(): number {
    return this.nodes.byteLength + this.table.byteLength + this.shortLengths.byteLength;
  }

  /**
   * The value of the longest block that contains the address, or −1.
   *
   * @param address a whole number in [0, 2^32); not checked, others are taken modulo 2^32
   */
  lookup(address: number): number {
    const {nodes, table} = this;
    const entry = (address >>> 16) << 1;
    let best = table[entry]!;
    let node = table[entry + 1]!;
    while (node !== 0) {
      const word = nodes[node + 1]!;
      const hostBits = word & 31;
      if ((address ^ nodes[node]!) >>> hostBits !== 0) break;
      if (word >= 0) best = word;
      // A node without host bits has no children, whatever the shift by −1 gives.
      node = nodes[node + 2 + ((address >>> (hostBits - 1)) & 1)]!;
    }
    return best >> 5;
  }

  /**
   * The values of all blocks that contain the address, the longest block first.
   *
   * @param address a whole number in [0, 2^32)
   */
  covering(address: number): number[] {
    const values: number[] = [];
    let node = this.table[rootAt(address)]!;
    while (node !== 0) {
      const word = this.nodes[node + 1]!;
      if ((address ^ this.nodes[node]!) >>> (word & 31) !== 0) break;
      if (word >= 0) values.unshift(word >> 5);
      node = this.nodes[this.childAt(node, address)]!;
    }
    for (let length = 15; length >= 0; length--) {
      const value = this.shortValues.get(shortKey(address, length));
      if (value !== undefined) values.push(value);
    }
    return values;
  }

  /** The value of exactly this block, or −1. */
  get({network, prefixLength}: Cidr): number {
    if (prefixLength < 16) return this.shortValues.get(shortKey(network, prefixLength)) ?? -1;
    let node = this.table[rootAt(network)]!;
    while (node !== 0) {
      const word = this.nodes[node + 1]!;
      const hostBits = word & 31;
      if (hostBits < 32 - prefixLength || (network ^ this.nodes[node]!) >>> hostBits !== 0) break;
      if (hostBits === 32 - prefixLength) return word >> 5;
      node = this.nodes[this.childAt(node, network)]!;
    }
    return -1;
  }

  /**
   * Gives a block a value, in place of the one that it had.
   *
   * @param value a whole number in [0, 2^26)
   * @throws RangeError if it is none
   */
  set(block: Cidr, value: number): void {
    if (!(Number.isInteger(value) && value >= 0 && value < 2 ** 26)) {
      throw new RangeError(`Cannot set value: need a whole number in [0, 2^26), got ${value}`);
    }
    if (this.get(block) < 0) this.size++;
    if (block.prefixLength < 16) this.setShort(block, value);
    else this.setLong(block.network | 0, 32 - block.prefixLength, value);
  }

  private setShort({network, prefixLength, size}: Cidr, value: number): void {
    this.shortValues.set(shortKey(network, prefixLength), value);
    const first = network >>> 16;
    for (let index = first; index < first + size / 65_536; index++) {
      if (this.shortLengths[index]! > prefixLength) continue;
      this.shortLengths[index] = prefixLength;
      this.table[2 * index] = value << 5;
    }
  }

  private setLong(network: number, hostBits: number, value: number): void {
    // `slots[at]` is the word that points to the node: in the table, then in the node above.
    let slots = this.table;
    let at = rootAt(network);
    for (;;) {
      const node = slots[at]!;
      if (node === 0) return this.hang(slots, at, this.make(network, hostBits, value));
      const itsHostBits = this.nodes[node + 1]! & 31;
      const partsAt = 32 - Math.clz32(network ^ this.nodes[node]!);
      const common = Math.max(partsAt, itsHostBits, hostBits);
      if (common === itsHostBits && common === hostBits) {
        this.nodes[node + 1] = (value << 5) | hostBits;
        return;
      }
      if (common !== itsHostBits) return this.split(slots, at, {network, hostBits, value, common});
      at = this.childAt(node, network);
      slots = this.nodes;
    }
  }

  /** Puts a node between the slot and what hangs there: the new block, or where the two part. */
  private split(slots: Int32Array, at: number, {network, hostBits, value, common}: Parting): void {
    const below = slots[at]!;
    const isFork = common !== hostBits;
    const top = this.make((network >> common) << common, common, isFork ? -1 : value);
    this.hang(slots, at, top);
    this.nodes[this.childAt(top, this.nodes[below]!)] = below;
    if (!isFork) return;
    const leaf = this.make(network, hostBits, value);
    this.nodes[this.childAt(top, network)] = leaf;
  }

  /** Growing replaces `nodes`: a slot in the old array is then one in the new. */
  private hang(slots: Int32Array, at: number, node: number): void {
    if (slots === this.table) this.table[at] = node;
    else this.nodes[at] = node;
  }

  private make(network: number, hostBits: number, value: number): number {
    let node = this.free;
    if (node !== 0) this.free = this.nodes[node + 2]!;
    else {
      node = this.end;
      this.end += 4;
      if (this.end > this.nodes.length) {
        const grown = new Int32Array(4 * Math.ceil((this.nodes.length / 4) * 1.5));
        grown.set(this.nodes);
        this.nodes = grown;
      }
    }
    this.nodes[node] = network;
    this.nodes[node + 1] = (value << 5) | hostBits;
    this.nodes[node + 2] = this.nodes[node + 3] = 0;
    this.nodeCount++;
    return node;
  }

  /**
   * Takes a block's value away.
   *
   * @returns whether it had one
   */
  delete(block: Cidr): boolean {
    if (this.get(block) < 0) return false;
    this.size--;
    if (block.prefixLength < 16) this.deleteShort(block);
    else this.deleteLong(block.network, 32 - block.prefixLength);
    return true;
  }

  private deleteShort({network, prefixLength, size}: Cidr): void {
    this.shortValues.delete(shortKey(network, prefixLength));
    // The next longest block around this one is the same for all of it.
    let length = prefixLength - 1;
    while (length >= 0 && !this.shortValues.has(shortKey(network, length))) length--;
    const value = this.shortValues.get(shortKey(network, length)) ?? -1;
    const first = network >>> 16;
    for (let index = first; index < first + size / 65_536; index++) {
      if (this.shortLengths[index] !== prefixLength) continue;
      this.shortLengths[index] = length;
      this.table[2 * index] = value << 5;
    }
  }

  private deleteLong(network: number, hostBits: number): void {
    const path: {slots: Int32Array; at: number}[] = [{slots: this.table, at: rootAt(network)}];
    let node = this.table[rootAt(network)]!;
    while ((this.nodes[node + 1]! & 31) !== hostBits) {
      path.push({slots: this.nodes, at: this.childAt(node, network)});
      node = this.nodes[path.at(-1)!.at]!;
    }
    this.nodes[node + 1] = NO_VALUE | hostBits;
    // A node without value stays only as a fork; without it the one above may be none any more.
    for (let slot = path.pop(); slot !== undefined; slot = path.pop()) {
      const {slots, at} = slot;
      const top = slots[at]!;
      const [zero, one] = [this.nodes[top + 2]!, this.nodes[top + 3]!];
      if (this.nodes[top + 1]! >= 0 || (zero !== 0 && one !== 0)) return;
      slots[at] = zero === 0 ? one : zero;
      this.nodes[top + 2] = this.free;
      this.free = top;
      this.nodeCount--;
    }
  }

  /** The word of the child towards an address. */
  private childAt(node: number, address: number): number {
    return node + 2 + ((address >>> ((this.nodes[node + 1]! & 31) - 1)) & 1);
  }
}

/** A block that is to stand where another hangs, and the host bits of their longest common block. */
interface Parting {
  network: number;
  hostBits: number;
  value: number;
  common: number;
}

/** −1 × 32: below 0 with any number of host bits. */
const NO_VALUE = -32;

/** Where the topmost node for an address is named. */
function rootAt(address: number): number {
  return ((address >>> 16) << 1) + 1;
}

/** Names a block below 16 bits: its first 16 bits and its length. */
function shortKey(network: number, length: number): number {
  return length < 0 ? -1 : ((network >>> 16) & (0xffff_0000 >>> length)) * 16 + length;
}
