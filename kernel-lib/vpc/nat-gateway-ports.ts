/**
 * Which address and port a new flow through a NAT gateway gets.
 *
 * A port is taken for one destination only: the same port of the same address may lead to another
 * server, or to another port of the same one, at the same time. What must not happen is that two
 * flows to one destination look the same from there. So the limit is one per destination.
 *
 * Source: Amazon VPC User Guide, "NAT gateway basics" and "Troubleshoot NAT gateways"; RFC 4787 §4
 * and §5. Fidelity: public as to range, limit and destination; which of the free ports is taken is
 * not published, and counting up is `invented`, as is that a sender keeps to one address while it
 * has room there (RFC 4787 REQ-2 recommends that).
 */
import type {Endpoint} from "../packet/index.js";

/** `documented`: VPC User Guide, NAT gateway basics: ports 1024 to 65535, of which 55,000 at once. */
export const NAT_PORTS: Readonly<Record<"first" | "last" | "perDestination", number>> = {
  first: 1024,
  last: 65_535,
  perDestination: 55_000,
};
/** `documented`: VPC User Guide: one address and up to seven more. */
export const MAX_ADDRESSES = 8;

export interface PortRange {
  readonly first: number;
  readonly last: number;
  /** How many of them may be in use to one destination at once. */
  readonly perDestination: number;
}

/** What a flow goes to. */
export interface Destination {
  /** 6, 17 or 1. */
  readonly protocol: number;
  /** Address as a number. */
  readonly address: number;
  /** 0 for ICMP. */
  readonly port: number;
}

/** The ports of one address that lead to one destination. */
interface Uses {
  count: number;
  next: number;
}

/** See the head of the file. */
export class PortAllocator {
  readonly range: PortRange;
  private readonly uses: ReadonlyMap<number, Map<number, Uses>>;

  /** @param addresses as numbers */
  constructor(addresses: readonly number[], range: PortRange) {
    this.range = range;
    this.uses = new Map(addresses.map((address) => [address, new Map<number, Uses>()]));
  }

  /**
   * A free address and port, or `undefined` if all addresses are at their limit to this destination.
   *
   * @param addresses to choose from
   * @param sender address of the sender, which decides where the search begins
   * @param isTaken whether a flow to this destination has the address and port
   */
  take(
    addresses: readonly number[],
    sender: number,
    to: Destination,
    isTaken: (address: number, port: number) => boolean,
  ): Endpoint | undefined {
    for (let step = 0; step < addresses.length; step++) {
      const address = addresses[(sender + step) % addresses.length]!;
      const uses = this.usesOf(address, to);
      if (uses.count >= Math.min(this.range.perDestination, this.ports())) continue;
      uses.count++;
      return {address, port: this.freePort(uses, (port) => isTaken(address, port))};
    }
    return undefined;
  }

  /** How many ports of an address lead to a destination. */
  inUse(address: number, to: Destination): number {
    return this.uses.get(address)?.get(destinationKey(to))?.count ?? 0;
  }

  /** Gives one port back. */
  give(address: number, to: Destination): void {
    const ofAddress = this.uses.get(address)!;
    const key = destinationKey(to);
    const uses = ofAddress.get(key)!;
    if (--uses.count === 0) ofAddress.delete(key);
  }

  private ports(): number {
    return this.range.last - this.range.first + 1;
  }

  private usesOf(address: number, to: Destination): Uses {
    const ofAddress = this.uses.get(address)!;
    const key = destinationKey(to);
    let uses = ofAddress.get(key);
    if (uses === undefined) ofAddress.set(key, (uses = {count: 0, next: this.range.first}));
    return uses;
  }

  /** Ends, since fewer than all are in use. */
  private freePort(uses: Uses, isTaken: (port: number) => boolean): number {
    for (;;) {
      const port = uses.next;
      uses.next = port === this.range.last ? this.range.first : port + 1;
      if (!isTaken(port)) return port;
    }
  }
}

/** 56 bits do not fit a double exactly; the protocol needs two of its eight. */
function destinationKey({protocol, address, port}: Destination): number {
  const kind = protocol === 6 ? 0 : protocol === 17 ? 1 : 2;
  return (address * 65_536 + port) * 4 + kind;
}
