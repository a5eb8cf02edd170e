import {formatIpv4Address, parseIpv4Address} from "./address.js";

/**
 * A block of IPv4 addresses: all that share the first `prefixLength` bits.
 *
 * Source: RFC 4632 §3.1. Fidelity: public; IPv4 only.
 *
 * @example
 * import {Cidr} from "kernel-lib/packet";
 * const vpc = Cidr.parse("10.0.0.0/16");
 * vpc.contains("10.0.1.5") // => true
 * vpc.contains("10.1.0.1") // => false
 * vpc.size // => 65536
 * vpc.subnets(18).map(String) // => [ '10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '10.0.192.0/18' ]
 */
export class Cidr {
  /** The first address as a number; its bits beyond the prefix are 0. */
  readonly network: number;
  /** In [0, 32]. */
  readonly prefixLength: number;

  /**
   * The block that an address lies in.
   *
   * @param address text, or a whole number in [0, 2^32); bits beyond the prefix are cleared
   * @throws SyntaxError if a text is no address
   * @throws RangeError if the prefix length is not in [0, 32], or a number is no address
   */
  constructor(address: string | number, prefixLength: number) {
    if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > 32) {
      throw new RangeError(`Cannot make block: need a prefix in [0, 32], got ${prefixLength}`);
    }
    this.prefixLength = prefixLength;
    this.network = (toNumber(address) & maskOf(prefixLength)) >>> 0;
  }

  /**
   * Reads "10.0.0.0/16". Stricter than EC2, which turns 100.68.0.18/18 into 100.68.0.0/18.
   *
   * @throws SyntaxError if the text is no block, or bits are set beyond the prefix
   */
  static parse(text: string): Cidr {
    const [, address, length] = /^([\d.]+)\/(\d|[12]\d|3[0-2])$/.exec(text) ?? [];
    if (address === undefined) {
      throw new SyntaxError(
        `Cannot parse block: need one like "10.0.0.0/16", got ${JSON.stringify(text)}`,
      );
    }
    const block = new Cidr(address, Number(length));
    if (block.network !== parseIpv4Address(address)) {
      throw new SyntaxError(
        `Cannot parse block: need no bits beyond the prefix as in ${block}, got ${text}`,
      );
    }
    return block;
  }

  /** How many addresses: 2^(32 − prefixLength). */
  get size(): number {
    return 2 ** (32 - this.prefixLength);
  }

  /** The last address as a number. */
  get last(): number {
    return this.network + this.size - 1;
  }

  /** The network mask as a number; 0 for /0. */
  get mask(): number {
    return maskOf(this.prefixLength);
  }

  /** @param address text, or a whole number in [0, 2^32) */
  contains(address: string | number): boolean {
    return (toNumber(address) & this.mask) >>> 0 === this.network;
  }

  /** Whether every address of `other` is in this block. */
  covers(other: Cidr): boolean {
    return other.prefixLength >= this.prefixLength && this.contains(other.network);
  }

  /** Whether some address is in both; then one covers the other. */
  overlaps(other: Cidr): boolean {
    return this.covers(other) || other.covers(this);
  }

  /**
   * The address at a place in the block, as text.
   *
   * @param index in [0, size)
   * @throws RangeError if it is outside
   */
  address(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.size) {
      throw new RangeError(`Cannot pick address: need an index in [0, ${this.size}), got ${index}`);
    }
    return formatIpv4Address(this.network + index);
  }

  /**
   * The blocks of a longer prefix that fill this one, in order.
   *
   * @param prefixLength in [this.prefixLength, 32]
   * @throws RangeError if it is outside, or there would be more than 65,536 blocks
   */
  subnets(prefixLength: number): Cidr[] {
    const count = 2 ** (prefixLength - this.prefixLength);
    if (!(Number.isInteger(count) && count <= 65_536 && prefixLength <= 32)) {
      const most = Math.min(32, this.prefixLength + 16);
      throw new RangeError(
        `Cannot divide ${this}: need a prefix in [${this.prefixLength}, ${most}], got ${prefixLength}`,
      );
    }
    const step = 2 ** (32 - prefixLength);
    return Array.from({length: count}, (_, i) => new Cidr(this.network + i * step, prefixLength));
  }

  /** "10.0.0.0/16". */
  toString(): string {
    return `${formatIpv4Address(this.network)}/${this.prefixLength}`;
  }

  /** "10.0.0.0/16: 10.0.0.0 to 10.0.255.255, 65536 addresses". */
  describe(): string {
    const ends = `${formatIpv4Address(this.network)} to ${formatIpv4Address(this.last)}`;
    return `${this}: ${ends}, ${this.size} ${this.size === 1 ? "address" : "addresses"}`;
  }
}

function toNumber(address: string | number): number {
  if (typeof address !== "number") return parseIpv4Address(address);
  if (address >>> 0 !== address) {
    throw new RangeError(`Cannot use address: need a number in [0, 2^32), got ${address}`);
  }
  return address;
}

/** JavaScript shifts by the count modulo 32, so that a shift by 32 would leave all bits set. */
function maskOf(prefixLength: number): number {
  return prefixLength === 0 ? 0 : (-1 << (32 - prefixLength)) >>> 0;
}
