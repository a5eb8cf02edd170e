/**
 * What a NAT gateway remembers of the first fragment of a datagram, for those without ports.
 *
 * Source: RFC 791 §3.2 (fragments of one datagram share source, destination, protocol and
 * identification); RFC 4787 §11. Fidelity: simplified: fragments that come before their first one are
 * dropped, and two senders behind the gateway may use one identification (RFC 6864 §5.3).
 */
import type {Endpoint, FrameView} from "../packet/index.js";

/** `documented`: Linux's net.ipv4.ipfrag_time, 30 s. */
const REMEMBERED_MS = 30_000;
/** `invented`: enough for a test; the oldest goes. */
const MAX_DATAGRAMS = 4096;

interface Datagram {
  readonly endpoint: Endpoint;
  readonly untilMs: number;
}

/** See the head of the file. */
export class FragmentMemory {
  private readonly datagrams = new Map<string, Datagram>();

  /** Remembers how a first fragment is to be translated; the view must still be untranslated. */
  remember(view: FrameView, endpoint: Endpoint, nowMs: number): void {
    const key = datagramKey(view);
    this.datagrams.delete(key);
    this.datagrams.set(key, {endpoint, untilMs: nowMs + REMEMBERED_MS});
    if (this.datagrams.size > MAX_DATAGRAMS) {
      this.datagrams.delete(this.datagrams.keys().next().value!);
    }
  }

  /** How the first fragment of this one's datagram was translated. */
  recall(view: FrameView, nowMs: number): Endpoint | undefined {
    const datagram = this.datagrams.get(datagramKey(view));
    return datagram !== undefined && nowMs < datagram.untilMs ? datagram.endpoint : undefined;
  }
}

function datagramKey({bytes, source, destination, protocol}: FrameView): string {
  const identification = (bytes[18]! << 8) | bytes[19]!;
  return `${source} ${destination} ${protocol} ${identification}`;
}
