import {FrameView, IP_PROTOCOL, parseIpv4Address} from "../packet/index.js";
import {isIcmpError, readQuote} from "./icmp-errors.js";
import {translateQuote} from "./nat-gateway-quote.js";

/** An interface's private address and the public one that stands for it. */
export interface PublicAddress {
  readonly privateAddress: string;
  readonly publicAddress: string;
}

/** What becomes of a frame: sent on, translated in place, or dropped. */
export interface GatewayVerdict {
  readonly action: "forward" | "drop";
  readonly reason: string;
}

const OUT: GatewayVerdict = Object.freeze({
  action: "forward",
  reason: "private source made public",
});
const IN: GatewayVerdict = Object.freeze({
  action: "forward",
  reason: "public destination made private",
});
const NOT_IPV4: GatewayVerdict = Object.freeze({action: "drop", reason: "not IPv4"});
const NO_PUBLIC: GatewayVerdict = Object.freeze({
  action: "drop",
  reason: "the source has no public address",
});
const NO_PRIVATE: GatewayVerdict = Object.freeze({
  action: "drop",
  reason: "the destination is no public address of this VPC",
});

/**
 * An Internet gateway: replaces a private address by its public one on the way out and the other
 * way on the way in, one to one. Ports stay as they are, either side may begin, and nothing is
 * remembered: what it does to a packet depends on the packet alone.
 *
 * Addresses in an ICMP error's quote are translated too. MAC addresses and ttl are a router's.
 *
 * Source: Amazon VPC User Guide, "Internet gateways": it "logically provides the one-to-one NAT".
 * Fidelity: public as to addresses and ports; that it keeps no state is inferred from that.
 *
 * @example
 * import {InternetGateway} from "kernel-lib/vpc";
 * import {encodeFrame, FrameView, formatIpv4Address} from "kernel-lib/packet";
 * const frame = encodeFrame({
 *   ethernet: {source: "02:00:00:00:00:01", destination: "02:00:00:00:00:02"},
 *   ipv4: {source: "10.0.1.5", destination: "8.8.8.8"},
 *   udp: {sourcePort: 44321, destinationPort: 53},
 * });
 * const gateway = new InternetGateway([{privateAddress: "10.0.1.5", publicAddress: "54.0.0.1"}]);
 * gateway.outbound(frame).action // => 'forward'
 * const view = new FrameView().read(frame);
 * `${formatIpv4Address(view.source)}:${view.sourcePort}` // => '54.0.0.1:44321'
 */
export class InternetGateway {
  readonly addresses: readonly PublicAddress[];
  private readonly publicOf = new Map<number, number>();
  private readonly privateOf = new Map<number, number>();
  private readonly view = new FrameView();

  /**
   * @throws SyntaxError if an address is none
   * @throws RangeError if an address is mapped twice
   */
  constructor(addresses: readonly PublicAddress[]) {
    this.addresses = addresses;
    for (const {privateAddress, publicAddress} of addresses) {
      const [inside, outside] = [parseIpv4Address(privateAddress), parseIpv4Address(publicAddress)];
      if (this.publicOf.has(inside) || this.privateOf.has(outside)) {
        throw new RangeError(
          `Cannot make Internet gateway: need each address once, got ${privateAddress} or ${publicAddress} twice`,
        );
      }
      this.publicOf.set(inside, outside);
      this.privateOf.set(outside, inside);
    }
  }

  /**
   * A frame from the VPC to the Internet, changed in place if it is sent on.
   *
   * @throws CorruptionError if the frame cannot be read
   */
  outbound(frame: Uint8Array): GatewayVerdict {
    const view = this.view.read(frame);
    if (view.ipv4At < 0) return NOT_IPV4;
    const address = this.publicOf.get(view.source);
    if (address === undefined) return NO_PUBLIC;
    this.translateQuoted(1, this.publicOf);
    view.rewriteSource({address, port: view.sourcePort});
    return OUT;
  }

  /**
   * A frame from the Internet to the VPC, changed in place if it is sent on.
   *
   * @throws CorruptionError if the frame cannot be read
   */
  inbound(frame: Uint8Array): GatewayVerdict {
    const view = this.view.read(frame);
    if (view.ipv4At < 0) return NOT_IPV4;
    const address = this.privateOf.get(view.destination);
    if (address === undefined) return NO_PRIVATE;
    this.translateQuoted(0, this.privateOf);
    view.rewriteDestination({address, port: view.destinationPort});
    return IN;
  }

  /** @param end of the quoted packet that is to be translated: 0 its source, 1 its destination */
  private translateQuoted(end: 0 | 1, to: ReadonlyMap<number, number>): void {
    const {view} = this;
    if (view.protocol !== IP_PROTOCOL.icmp || view.isFragment) return;
    if (!isIcmpError(view.bytes[view.transportAt]!)) return;
    const quote = readQuote(view);
    const address = quote && to.get(end === 0 ? quote.source : quote.destination);
    if (quote === undefined || address === undefined) return;
    const isEcho = quote.protocol === IP_PROTOCOL.icmp;
    const port = isEcho || end === 0 ? quote.portsWord >>> 16 : quote.portsWord & 0xffff;
    translateQuote(view, quote, end, {address, port});
  }
}
