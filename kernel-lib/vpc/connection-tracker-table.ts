/**
 * The flows of a tracker: two tuples a flow, one for each direction, in one hash table.
 *
 * A tuple is what a packet says of where it comes from and goes to, in four words: source,
 * destination, ports, and the next tuple of the same hash. That of the replies is the other one
 * turned round, unless addresses are translated: then the two differ, and that is all that a
 * tracker must know of the translation.
 *
 * A slot is `2 * flow` for the original direction and `2 * flow + 1` for the replies. Arrays double
 * when they are full, up to the bound: 80 bytes a flow.
 *
 * Source: the shape is Linux's (struct nf_conn and its two tuples). Fidelity: public.
 */
import {ExpiryHeap} from "./connection-tracker-expiry.js";

/** `state` of flows without states of TCP; those of TCP are indices into TCP_STATES, below 10. */
export const UDP_FLOW = 10;
export const UDP_STREAM_FLOW = 11;
export const ICMP_FLOW = 12;
export const OTHER_FLOW = 13;
/** By state: which protocol it belongs to; a tuple matches only within one. */
const KIND_OF_STATE = Uint8Array.of(6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 17, 17, 1, 0);

const [SOURCE, DESTINATION, PORTS, NEXT, WORDS] = [0, 1, 2, 3, 4];
const FIRST_CAPACITY = 64;

/** See the head of the file. All numbers of 32 bits are held as Int32: hand them over with `| 0`. */
export class FlowTable {
  readonly maxFlows: number;
  readonly expiry: ExpiryHeap = new ExpiryHeap();
  /** By flow. */
  state: Uint8Array = new Uint8Array(0);
  flags: Uint8Array = new Uint8Array(0);
  expiresAtMs: Float64Array = new Float64Array(0);
  createdAtMs: Float64Array = new Float64Array(0);
  /** By slot, four words each. */
  tuples: Int32Array = new Int32Array(0);
  private heads = new Int32Array(0);
  /** Flow numbers to be used again, as a list through the NEXT word of their original tuples. */
  private free = -1;
  private used = 0;
  size = 0;

  /** @param maxFlows a whole number in [1, 2^24] */
  constructor(maxFlows: number) {
    this.maxFlows = maxFlows;
    this.grow(Math.min(FIRST_CAPACITY, maxFlows));
  }

  /** The slot of a tuple, or −1. @param kind protocol: 6, 17, 1, or 0 for others */
  find(source: number, destination: number, ports: number, kind: number): number {
    const {tuples, state} = this;
    let slot = this.heads[this.bucket(source, destination, ports, kind)]!;
    for (; slot >= 0; slot = tuples[WORDS * slot + NEXT]!) {
      const at = WORDS * slot;
      if (
        tuples[at + PORTS] === ports &&
        tuples[at + SOURCE] === source &&
        tuples[at + DESTINATION] === destination &&
        KIND_OF_STATE[state[slot >> 1]!] === kind
      ) {
        return slot;
      }
    }
    return -1;
  }

  /**
   * Takes a flow number for a new flow, which `link` must then be called for.
   *
   * @returns −1 if the table is full
   */
  allocate(): number {
    if (this.size === this.maxFlows) return -1;
    this.size++;
    if (this.free >= 0) {
      const flow = this.free;
      this.free = this.tuples[2 * WORDS * flow + NEXT]!;
      return flow;
    }
    if (this.used === this.state.length) this.grow(Math.min(2 * this.used, this.maxFlows));
    return this.used++;
  }

  /** Writes one of a flow's tuples and makes it findable; the flow's state must be set. */
  link(slot: number, source: number, destination: number, ports: number): void {
    const at = WORDS * slot;
    this.tuples[at + SOURCE] = source;
    this.tuples[at + DESTINATION] = destination;
    this.tuples[at + PORTS] = ports;
    this.chain(slot);
  }

  private chain(slot: number): void {
    const bucket = this.bucketOf(slot);
    this.tuples[WORDS * slot + NEXT] = this.heads[bucket]!;
    this.heads[bucket] = slot;
  }

  /** Forgets a flow. */
  remove(flow: number): void {
    this.unchain(2 * flow);
    this.unchain(2 * flow + 1);
    this.expiry.remove(flow);
    this.state[flow] = 0;
    this.tuples[2 * WORDS * flow + NEXT] = this.free;
    this.free = flow;
    this.size--;
  }

  private unchain(slot: number): void {
    const {tuples, heads} = this;
    const bucket = this.bucketOf(slot);
    const next = tuples[WORDS * slot + NEXT]!;
    if (heads[bucket] === slot) {
      heads[bucket] = next;
      return;
    }
    let before = heads[bucket]!;
    while (tuples[WORDS * before + NEXT] !== slot) before = tuples[WORDS * before + NEXT]!;
    tuples[WORDS * before + NEXT] = next;
  }

  /** Addresses and ports of a slot, as unsigned numbers. */
  source(slot: number): number {
    return this.tuples[WORDS * slot + SOURCE]! >>> 0;
  }
  destination(slot: number): number {
    return this.tuples[WORDS * slot + DESTINATION]! >>> 0;
  }
  /** Source port in the high half, destination port in the low one. */
  ports(slot: number): number {
    return this.tuples[WORDS * slot + PORTS]! >>> 0;
  }
  kind(flow: number): number {
    return KIND_OF_STATE[this.state[flow]!]!;
  }

  /** The numbers of all flows, in the order of their numbers. */
  *flows(): Generator<number> {
    for (let flow = 0; flow < this.used; flow++) if (this.state[flow] !== 0) yield flow;
  }

  private bucketOf(slot: number): number {
    const {tuples} = this;
    const at = WORDS * slot;
    const kind = KIND_OF_STATE[this.state[slot >> 1]!]!;
    return this.bucket(tuples[at + SOURCE]!, tuples[at + DESTINATION]!, tuples[at + PORTS]!, kind);
  }

  /** `invented`: multiply and shift, twice; spreads addresses and ports that count up. */
  private bucket(source: number, destination: number, ports: number, kind: number): number {
    let mixed = Math.imul(source ^ Math.imul(destination, 0x85ebca6b), 0xcc9e2d51) + kind;
    mixed = Math.imul(mixed ^ (mixed >>> 15) ^ ports, 0x9e3779b1);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0x85ebca6b);
    return (mixed ^ (mixed >>> 16)) & (this.heads.length - 1);
  }

  private grow(capacity: number): void {
    this.state = enlarged(this.state, new Uint8Array(capacity));
    this.flags = enlarged(this.flags, new Uint8Array(capacity));
    this.expiresAtMs = enlarged(this.expiresAtMs, new Float64Array(capacity));
    this.createdAtMs = enlarged(this.createdAtMs, new Float64Array(capacity));
    this.tuples = enlarged(this.tuples, new Int32Array(2 * WORDS * capacity));
    this.expiry.grow(capacity);
    // A power of two with no more than one tuple a bucket on average.
    this.heads = new Int32Array(2 ** Math.ceil(Math.log2(2 * capacity))).fill(-1);
    for (const flow of this.flows()) {
      this.chain(2 * flow);
      this.chain(2 * flow + 1);
    }
  }
}

function enlarged<Numbers extends {set(from: Numbers): void}>(
  old: Numbers,
  next: Numbers,
): Numbers {
  next.set(old);
  return next;
}
