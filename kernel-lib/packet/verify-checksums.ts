/**
 * Which checksums of a frame are right: those of IPv4, ICMP, TCP and UDP, also inside a tunnel.
 *
 * Source: RFC 1071 §1 (checking), RFC 768 (UDP without one). Fidelity: public. A network card that
 * computes checksums itself leaves them unfinished in what a capture on the sender sees.
 */
import {parseIpv4Address} from "./address.js";
import {read16} from "./big-endian.js";
import {fold, pseudoHeaderSum, sumWords} from "./checksum.js";
import {decodeFrame} from "./decode-frame.js";
import type {Layer, LayerOf} from "./decode-frame.js";
import type {Ipv4Header} from "./ipv4.js";

/** What became of one checksum. */
export interface ChecksumCheck {
  readonly layer: "ipv4" | "icmp" | "tcp" | "udp";
  /** Offset of the checksum in the frame. */
  readonly at: number;
  /** What stands there. */
  readonly stored: number;
  /** What should stand there; `undefined` where that cannot be known. */
  readonly expected: number | undefined;
  /** "none": UDP says that there is none. "fragment": the rest of what it covers is elsewhere. */
  readonly verdict: "good" | "bad" | "none" | "fragment";
}

/** Where the checksum stands in its header. */
const FIELD_AT = {ipv4: 10, icmp: 2, tcp: 16, udp: 6} as const;

/**
 * Checks all checksums of a frame, from the outside in.
 *
 * @param frame from the destination address on
 * @throws CorruptionError as `decodeFrame`
 * @example
 * import {parseHex} from "kernel-lib/bytes";
 * import {verifyChecksums} from "kernel-lib/packet";
 * const frame = parseHex(`020000000002 020000000001 0800
 *   45000028123440003f06118e0a0001050a00020a ad2101bb000003e8000000005002faf0eb1e0000`);
 * verifyChecksums(frame).map(({layer, verdict}) => `${layer} ${verdict}`) // => [ 'ipv4 bad', 'tcp good' ]
 */
export function verifyChecksums(frame: Uint8Array): ChecksumCheck[] {
  const checks: ChecksumCheck[] = [];
  let ipv4: LayerOf<"ipv4", Ipv4Header> | undefined;
  for (const layer of decodeFrame(frame).layers) {
    if (layer.name === "ipv4") {
      ipv4 = layer;
      checks.push(judge(frame, layer, 0, layer.at + layer.sizeBytes));
    } else if (ipv4 !== undefined && isTransport(layer)) {
      checks.push(checkTransport(frame, layer, ipv4));
    }
  }
  return checks;
}

type Transport = Extract<Layer, {name: "icmp" | "tcp" | "udp"}>;

function isTransport(layer: Layer): layer is Transport {
  return layer.name === "icmp" || layer.name === "tcp" || layer.name === "udp";
}

function checkTransport(
  frame: Uint8Array,
  layer: Transport,
  ipv4: LayerOf<"ipv4", Ipv4Header>,
): ChecksumCheck {
  const {source, destination, totalLength, protocol, moreFragments} = ipv4.header;
  const at = layer.at + FIELD_AT[layer.name];
  const known = {layer: layer.name, at, stored: read16(frame, at), expected: undefined};
  if (layer.name === "udp" && known.stored === 0) return {...known, verdict: "none"};
  if (moreFragments) return {...known, verdict: "fragment"};
  // UDP has a length of its own, which may leave out bytes at the end of the packet.
  const end = layer.name === "udp" ? layer.at + layer.header.length : ipv4.at + totalLength;
  if (layer.name === "icmp") return judge(frame, layer, 0, end);
  const [from, to] = [parseIpv4Address(source), parseIpv4Address(destination)];
  return judge(frame, layer, pseudoHeaderSum(from, to, protocol, end - layer.at), end);
}

/** @param sum what is covered besides frame[layer.at, end) */
function judge(
  frame: Uint8Array,
  layer: Transport | LayerOf<"ipv4", Ipv4Header>,
  sum: number,
  end: number,
): ChecksumCheck {
  const at = layer.at + FIELD_AT[layer.name];
  const stored = read16(frame, at);
  const total = sum + sumWords(frame, layer.at, end);
  const expected = ~fold(total - stored) & 0xffff;
  return {
    layer: layer.name,
    at,
    stored,
    // RFC 768: a result of zero is sent as all ones.
    expected: layer.name === "udp" && expected === 0 ? 0xffff : expected,
    // RFC 1071 §1 (3): the sum over all, checksum included, must be all ones.
    verdict: fold(total) === 0xffff ? "good" : "bad",
  };
}
