/**
 * Which flow is to be looked at next: a binary heap of flow numbers by time.
 *
 * A packet moves its flow's end of life away, which would move it in the heap. It does not: the
 * heap keeps the time at which it last looked, and when that comes, a flow that has lived on is
 * put back at its new time. So a packet costs one write, and a flow is moved once per timeout and
 * not once per packet. Only an earlier end (a reset, say) moves a flow at once.
 *
 * Source: the idea of a timer that is checked, not moved, is that of Linux's TCP keepalive timer.
 * Fidelity: public; Linux's tracker itself visits its whole table from time to time, and until then
 * skips what has expired.
 */
export class ExpiryHeap {
  /** Flow numbers; the parent of place i is (i − 1) >> 1 and is not later. */
  private heap = new Int32Array(0);
  /** By flow: its place in the heap, or −1. */
  private place = new Int32Array(0);
  /** By flow: the time that the heap orders it by. */
  private timeMs = new Float64Array(0);
  /** How many flows are in it. */
  size: number = 0;
  /** When the first flow is to be looked at; Infinity if there is none. */
  nextMs: number = Infinity;

  /** Makes room for flow numbers in [0, capacity). */
  grow(capacity: number): void {
    const {heap, place, timeMs} = this;
    this.heap = new Int32Array(capacity);
    this.heap.set(heap);
    this.place = new Int32Array(capacity).fill(-1);
    this.place.set(place);
    this.timeMs = new Float64Array(capacity);
    this.timeMs.set(timeMs);
  }

  /** Puts a flow in; O(log n). It must not be there yet. */
  add(flow: number, atMs: number): void {
    this.timeMs[flow] = atMs;
    this.up(this.size++, flow);
    this.nextMs = this.timeMs[this.heap[0]!]!;
  }

  /** Moves a flow forward if its end came nearer; otherwise does nothing. O(log n). */
  hasten(flow: number, atMs: number): void {
    if (atMs >= this.timeMs[flow]!) return;
    this.timeMs[flow] = atMs;
    this.up(this.place[flow]!, flow);
    this.nextMs = this.timeMs[this.heap[0]!]!;
  }

  /** The flow to look at first; −1 if there is none. */
  first(): number {
    return this.size === 0 ? -1 : this.heap[0]!;
  }

  /** Moves the first flow back to a later time; O(log n). */
  postponeFirst(atMs: number): void {
    const flow = this.heap[0]!;
    this.timeMs[flow] = atMs;
    this.down(0, flow);
    this.nextMs = this.timeMs[this.heap[0]!]!;
  }

  /** Takes a flow out, wherever it is; O(log n). */
  remove(flow: number): void {
    const hole = this.place[flow]!;
    const last = this.heap[--this.size]!;
    this.place[flow] = -1;
    if (last !== flow) {
      const parent = (hole - 1) >> 1;
      if (hole > 0 && this.timeMs[last]! < this.timeMs[this.heap[parent]!]!) this.up(hole, last);
      else this.down(hole, last);
    }
    this.nextMs = this.size === 0 ? Infinity : this.timeMs[this.heap[0]!]!;
  }

  private up(from: number, flow: number): void {
    const {heap, place, timeMs} = this;
    const atMs = timeMs[flow]!;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const other = heap[parent]!;
      if (timeMs[other]! <= atMs) break;
      heap[at] = other;
      place[other] = at;
      at = parent;
    }
    heap[at] = flow;
    place[flow] = at;
  }

  private down(from: number, flow: number): void {
    const {heap, place, timeMs, size} = this;
    const atMs = timeMs[flow]!;
    let at = from;
    for (let child = 1; (child = 2 * at + 1) < size;) {
      const right = child + 1;
      if (right < size && timeMs[heap[right]!]! < timeMs[heap[child]!]!) child = right;
      const other = heap[child]!;
      if (timeMs[other]! >= atMs) break;
      heap[at] = other;
      place[other] = at;
      at = child;
    }
    heap[at] = flow;
    place[flow] = at;
  }
}
