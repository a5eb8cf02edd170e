import {CorruptionError} from "../bytes/index.js";
import {need, read16, read32, write16, write32} from "./big-endian.js";
import {fold} from "./checksum.js";

/** `IP_PROTOCOL` and `ETHER_TYPE`, spelled out: the compiler then compares with constants. */
const ICMP = 1;
const TCP = 6;
const UDP = 17;
const IPV4 = 0x0800;

/**
 * What a forwarding element looks at in a frame, read in place: addresses as numbers, ports, and
 * where the headers stand. One view is used for one frame after another, so that reading makes no
 * object; it also rewrites addresses in place, as NAT does, and keeps the checksums right
 * (RFC 1624).
 *
 * `decodeFrame` says all about a frame; this says what a router needs, some ten times as fast.
 * Fidelity: public. It looks at the outer headers only.
 *
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {FrameView, formatIpv4Address, verifyChecksums} from "kernel-lib/packet";
 * const frame = parseHex(`020000000002 020000000001 0800
 *   45000028123440004006118e0a0001050a00020a ad2101bb000003e8000000005002faf0eb1e0000`);
 * const view = new FrameView().read(frame);
 * formatIpv4Address(view.source) // => '10.0.1.5'
 * view.rewriteSource({address: 0x36000001, port: 1024});
 * verifyChecksums(frame).map((check) => check.verdict) // => [ 'good', 'good' ]
 */
export class FrameView {
  /** The frame last read; rewriting changes it. */
  bytes: Uint8Array = EMPTY;
  etherType = 0;
  /** Offset of the IPv4 header, or −1; all below is meaningless without one. */
  ipv4At = -1;
  /** Addresses as numbers. */
  source = 0;
  destination = 0;
  protocol = 0;
  /** Offset behind the IPv4 header. */
  transportAt = -1;
  /** The packet is a piece of one: more fragments follow, or it is not the first. */
  isFragment = false;
  /** TCP, UDP, and the first fragment of one: its ports are there. */
  hasPorts = false;
  /** Ports; for an ICMP echo both are its identifier; otherwise 0. */
  sourcePort = 0;
  destinationPort = 0;

  /** How many more routers may forward the packet. */
  get ttl(): number {
    return this.bytes[this.ipv4At + 8]!;
  }

  /** Bytes of IPv4 header and payload. */
  get totalLength(): number {
    return read16(this.bytes, this.ipv4At + 2);
  }

  /** TCP's flags, 0 for others. */
  get tcpFlags(): number {
    return this.hasPorts && this.protocol === TCP ? this.bytes[this.transportAt + 13]! : 0;
  }

  /**
   * Reads the frame's outer headers.
   *
   * @param frame from the destination address on; the view keeps it until the next one
   * @returns this view
   * @throws TypeError if `frame` is no Uint8Array
   * @throws CorruptionError if Ethernet, IPv4 or what is read of the next header is cut off or
   *   contradicts itself
   */
  read(frame: Uint8Array): this {
    // One comparison for what nearly every frame is; all others take the slower way.
    if (!(frame instanceof Uint8Array) || frame.length < 34 || read16(frame, 12) !== IPV4) {
      return this.readOther(frame);
    }
    this.bytes = frame;
    this.etherType = IPV4;
    this.readIpv4(frame);
    return this;
  }

  private readOther(frame: Uint8Array): this {
    need(frame, 0, 14, "Ethernet header");
    if (read16(frame, 12) === IPV4) need(frame, 14, 20, "IPv4 header");
    this.bytes = frame;
    this.etherType = read16(frame, 12);
    this.ipv4At = this.transportAt = -1;
    this.clearTransport();
    return this;
  }

  private clearTransport(): void {
    this.hasPorts = false;
    this.sourcePort = this.destinationPort = 0;
  }

  private readIpv4(frame: Uint8Array): void {
    const length = (frame[14]! & 15) << 2;
    const totalLength = read16(frame, 16);
    if (frame[14]! >> 4 !== 4 || length < 20) {
      throw new CorruptionError(
        `Cannot read IPv4 header: need version 4 and 5 words or more, got byte ${frame[14]}`,
        14,
      );
    }
    if (totalLength < length || 14 + totalLength > frame.length) {
      throw new CorruptionError(
        `Cannot read IPv4 header: need a total length in [${length}, ${frame.length - 14}], got ${totalLength}`,
        16,
      );
    }
    const fragment = read16(frame, 20) & 0x3fff;
    this.ipv4At = 14;
    this.isFragment = fragment !== 0;
    this.protocol = frame[23]!;
    this.source = read32(frame, 26);
    this.destination = read32(frame, 30);
    this.transportAt = 14 + length;
    // Only the first fragment begins with the next header (RFC 791 §3.2).
    if ((fragment & 0x1fff) === 0) this.readTransport(frame, totalLength - length);
    else this.clearTransport();
  }

  /** @param room bytes of the packet behind the IPv4 header */
  private readTransport(frame: Uint8Array, room: number): void {
    const {protocol, transportAt: at} = this;
    if ((protocol === TCP && room >= 20) || (protocol === UDP && room >= 8)) {
      this.hasPorts = true;
      this.sourcePort = read16(frame, at);
      this.destinationPort = read16(frame, at + 2);
    } else {
      this.clearTransport();
      if (protocol === ICMP && room >= 8) {
        if (isEchoType(frame[at]!)) {
          this.sourcePort = this.destinationPort = read16(frame, at + 4);
        }
      } else this.needTransport(room);
    }
  }

  /** A header that is cut off is an error, but in a first fragment, which may be that small. */
  private needTransport(room: number): void {
    const {protocol, isFragment, transportAt} = this;
    const needed = protocol === TCP ? 20 : protocol === UDP || protocol === ICMP ? 8 : 0;
    if (room >= needed || isFragment) return;
    throw new CorruptionError(
      `Cannot read transport header: need ${needed} bytes, got ${room}`,
      transportAt + room,
    );
  }

  /**
   * Writes another source into the frame, and mends the checksums of IPv4 and of TCP or UDP; for an
   * ICMP echo the port is its identifier.
   *
   * @param endpoint address as a number, in [0, 2^32); port in [0, 65535]; both are written
   * @throws RangeError if there is no IPv4 header, or a number is outside its range
   */
  rewriteSource({address, port}: Endpoint): void {
    this.rewrite(address, port, 0);
    this.source = address;
    if (this.hasPorts) this.sourcePort = port;
  }

  /**
   * Like `rewriteSource`, for the destination.
   *
   * @throws RangeError if there is no IPv4 header, or a number is outside its range
   */
  rewriteDestination({address, port}: Endpoint): void {
    this.rewrite(address, port, 1);
    this.destination = address;
    if (this.hasPorts) this.destinationPort = port;
  }

  /** @param end 0 for the source, 1 for the destination */
  private rewrite(address: number, port: number, end: 0 | 1): void {
    this.needIpv4();
    if (address >>> 0 !== address || port >>> 0 !== port || port > 0xffff) {
      throw new RangeError(
        `Cannot rewrite: need an address in [0, 2^32) and a port in [0, 65535], got ${address} and ${port}`,
      );
    }
    const {bytes, ipv4At, transportAt} = this;
    const old = end === 0 ? this.source : this.destination;
    write32(bytes, ipv4At + 12 + 4 * end, address);
    // RFC 1624 §3, Eqn. 3, for two words at once: −m and + m' of both are added.
    const change =
      (~old & 0xffff) + (~(old >>> 16) & 0xffff) + (address & 0xffff) + (address >>> 16);
    mend(bytes, ipv4At + 10, change);
    if (this.hasPorts) {
      const oldPort = end === 0 ? this.sourcePort : this.destinationPort;
      write16(bytes, transportAt + 2 * end, port);
      this.mendTransport(change + (~oldPort & 0xffff) + port);
    } else if (this.isEcho()) {
      // ICMP's checksum covers no pseudo-header (RFC 792).
      mend(bytes, transportAt + 2, (~this.sourcePort & 0xffff) + port);
      write16(bytes, transportAt + 4, port);
      this.sourcePort = this.destinationPort = port;
    }
  }

  private isEcho(): boolean {
    const {bytes, transportAt: at, protocol, totalLength, ipv4At} = this;
    if (protocol !== ICMP || (read16(bytes, 20) & 0x1fff) !== 0) return false;
    return ipv4At + totalLength >= at + 8 && isEchoType(bytes[at]!);
  }

  private mendTransport(change: number): void {
    const {bytes, transportAt} = this;
    if (this.protocol === TCP) return mend(bytes, transportAt + 16, change);
    // RFC 768: 0 says that there is none, and is never the result.
    if (read16(bytes, transportAt + 6) === 0) return;
    mend(bytes, transportAt + 6, change);
    if (read16(bytes, transportAt + 6) === 0) write16(bytes, transportAt + 6, 0xffff);
  }

  /**
   * Takes one off the ttl, as each router does, and mends the checksum of the IPv4 header.
   *
   * @returns what is left; at 0 the packet must go no further (RFC 1812 §5.3.1)
   * @throws RangeError if there is no IPv4 header or the ttl is 0 already
   */
  decrementTtl(): number {
    this.needIpv4();
    const {bytes, ipv4At, ttl} = this;
    if (ttl === 0) throw new RangeError("Cannot decrement ttl: need 1 or more, got 0");
    const old = read16(bytes, ipv4At + 8);
    bytes[ipv4At + 8] = ttl - 1;
    mend(bytes, ipv4At + 10, (~old & 0xffff) + read16(bytes, ipv4At + 8));
    return ttl - 1;
  }

  private needIpv4(): void {
    if (this.ipv4At < 0) throw new RangeError("Cannot rewrite: need an IPv4 packet, got none");
  }
}

/** One end of a flow. */
export interface Endpoint {
  /** IPv4 address as a number. */
  readonly address: number;
  readonly port: number;
}

/** RFC 792: reply and request. */
function isEchoType(type: number): boolean {
  return type === 0 || type === 8;
}

const EMPTY = new Uint8Array(0);

/** RFC 1624 §3, Eqn. 3: HC' = ~(~HC + ~m + m'), the last two summed in `change`. */
function mend(bytes: Uint8Array, at: number, change: number): void {
  write16(bytes, at, ~fold((~read16(bytes, at) & 0xffff) + change) & 0xffff);
}
