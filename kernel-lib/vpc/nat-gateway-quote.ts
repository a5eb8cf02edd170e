/**
 * Translation of the packet that an ICMP error quotes, with all checksums that cover it.
 *
 * Up to three change: that of the quoted IPv4 header, that of the quoted TCP, UDP or ICMP header if
 * it is quoted so far, and that of the error itself, which covers the quote and so also the two
 * before. Each is updated and not computed anew, so that a damaged packet stays one.
 *
 * Source: RFC 5508 §4.2 (REQ-4, REQ-5); RFC 1624 §3. Fidelity: public.
 */
import {IP_PROTOCOL, updateChecksum} from "../packet/index.js";
import type {Endpoint, FrameView} from "../packet/index.js";
import type {QuotedPacket} from "./icmp-errors.js";

const {tcp: TCP, udp: UDP, icmp: ICMP} = IP_PROTOCOL;

/**
 * Gives the quoted packet another source or destination.
 *
 * @param view has read the frame with the error, whose bytes change
 * @param end 0 for the source, 1 for the destination
 * @param endpoint address and port, or identifier of an echo
 */
export function translateQuote(
  view: FrameView,
  quote: QuotedPacket,
  end: 0 | 1,
  endpoint: Endpoint,
): void {
  const words = new CoveredWords(view.bytes, view.transportAt + 2);
  const {at, transportAt, protocol} = quote;
  const addressAt = at + 12 + 4 * end;
  // The pseudo-header of TCP and UDP has the addresses too, that of ICMP does not exist.
  const transport = transportChecksumAt(quote);
  const overAddress = protocol === ICMP || transport === undefined ? [] : [transport];
  const overPort = transport === undefined ? [] : [transport];
  if (transport !== undefined && protocol === UDP && words.read(transport) === 0) {
    overAddress.length = overPort.length = 0;
  }
  words.write(addressAt, endpoint.address >>> 16, [at + 10, ...overAddress]);
  words.write(addressAt + 2, endpoint.address & 0xffff, [at + 10, ...overAddress]);
  if (protocol === TCP || protocol === UDP) {
    words.write(transportAt + 2 * end, endpoint.port, overPort);
  } else if (protocol === ICMP) words.write(transportAt + 4, endpoint.port, overPort);
  const isZero = overPort.length > 0 && protocol === UDP && words.read(transport!) === 0;
  // RFC 768: zero would mean that there is none.
  if (isZero) words.write(transport!, 0xffff, []);
}

function transportChecksumAt({protocol, transportAt, end}: QuotedPacket): number | undefined {
  const offset = protocol === TCP ? 16 : protocol === UDP ? 6 : protocol === ICMP ? 2 : -1;
  const isQuoted = offset >= 0 && transportAt + offset + 2 <= end;
  return isQuoted ? transportAt + offset : undefined;
}

/** Words of a frame, each covered by the checksum of the error and perhaps by others. */
class CoveredWords {
  private readonly data: DataView;
  private readonly errorChecksumAt: number;

  constructor(bytes: Uint8Array, errorChecksumAt: number) {
    this.data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.errorChecksumAt = errorChecksumAt;
  }

  read(at: number): number {
    return this.data.getUint16(at);
  }

  /** @param checksumsAt the checksums, themselves quoted, that cover the word */
  write(at: number, newWord: number, checksumsAt: readonly number[]): void {
    const oldWord = this.read(at);
    this.data.setUint16(at, newWord);
    this.update(this.errorChecksumAt, oldWord, newWord);
    for (const checksumAt of checksumsAt) {
      const before = this.read(checksumAt);
      this.update(checksumAt, oldWord, newWord);
      this.update(this.errorChecksumAt, before, this.read(checksumAt));
    }
  }

  private update(checksumAt: number, oldWord: number, newWord: number): void {
    this.data.setUint16(checksumAt, updateChecksum(this.read(checksumAt), {oldWord, newWord}));
  }
}
