/**
 * The addresses of a NAT gateway. A zonal one has up to eight, in one subnet of one zone, and serves
 * whoever routes to it. A regional one needs no public subnet, has addresses in each of its zones,
 * and a sender's flows leave from its own zone's.
 *
 * Source: Amazon VPC User Guide, "NAT gateway basics" and "Regional NAT gateways" (announced November
 * 2025). Fidelity: public; the limit of eight is documented for zonal gateways and applied to each
 * zone of a regional one here.
 */
import {parseIpv4Address} from "../packet/index.js";
import {MAX_ADDRESSES} from "./nat-gateway-ports.js";

/** See the head of the file. */
export class NatAddresses {
  readonly availability: "zonal" | "regional";
  /** All addresses, as numbers. */
  readonly all: readonly number[];
  private readonly byZone: ReadonlyMap<string, readonly number[]>;
  private readonly known: ReadonlySet<number>;

  /**
   * @throws RangeError if there are none, more than 8 (in a zone), or one twice
   * @throws SyntaxError if one is no address
   */
  constructor(addresses: readonly string[] | Readonly<Record<string, readonly string[]>>) {
    const isZonal = Array.isArray(addresses);
    const zones = isZonal
      ? [["", addresses as readonly string[]] as const]
      : Object.entries(addresses);
    this.availability = isZonal ? "zonal" : "regional";
    for (const [, ofZone] of zones) {
      if (ofZone.length >= 1 && ofZone.length <= MAX_ADDRESSES) continue;
      throw new RangeError(
        `Cannot make NAT gateway: need 1 to ${MAX_ADDRESSES} addresses (in a zone), got ${ofZone.length}`,
      );
    }
    this.byZone = new Map(zones.map(([zone, ofZone]) => [zone, ofZone.map(parseIpv4Address)]));
    this.all = [...this.byZone.values()].flat();
    this.known = new Set(this.all);
    if (this.all.length === 0 || this.known.size !== this.all.length) {
      throw new RangeError(
        `Cannot make NAT gateway: need different addresses, got ${this.known.size} of ${this.all.length}`,
      );
    }
  }

  has(address: number): boolean {
    return this.known.has(address);
  }

  /**
   * The addresses for a sender.
   *
   * @param zone of the sender; a zonal gateway does not care
   * @throws RangeError if a regional gateway has no addresses there
   */
  of(zone: string | undefined): readonly number[] {
    if (this.availability === "zonal") return this.all;
    const addresses = zone === undefined ? undefined : this.byZone.get(zone);
    if (addresses !== undefined) return addresses;
    throw new RangeError(
      `Cannot translate: need a zone of ${[...this.byZone.keys()].join(", ")}, got ${zone}`,
    );
  }
}
