/**
 * The few numbers that both threads see at once, without a message.
 *
 * They are needed where a message would come too late: whether the compiler is at work (it must not
 * be cut short), and how far the protocol thread is behind with what a cell writes.
 */

const OWN_WORK = 0;
const BACKLOG = 1;
const LEFT = 2;
/** So many unread messages that the cell must wait: some 10 MB, if they are lines. */
const MAX_BACKLOG = 20_000;

export class SharedState {
  readonly #cells: Int32Array;

  /** @param buffer of another thread's SharedState, or nothing for a new one */
  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(12)) {
    this.#cells = new Int32Array(buffer);
  }

  /** Whether the main thread does work of the kernel's own: nothing of the reader's can run. */
  get ownWork(): boolean {
    return Atomics.load(this.#cells, OWN_WORK) === 1;
  }

  set ownWork(value: boolean) {
    Atomics.store(this.#cells, OWN_WORK, value ? 1 : 0);
  }

  /** Main thread: counts a message sent, and waits while too many are unread. */
  countSent(): void {
    if (Atomics.add(this.#cells, BACKLOG, 1) < MAX_BACKLOG) return;
    for (;;) {
      const backlog = Atomics.load(this.#cells, BACKLOG);
      if (backlog < MAX_BACKLOG / 2) return;
      Atomics.wait(this.#cells, BACKLOG, backlog, 100);
    }
  }

  /** Protocol thread: counts a message read. */
  countRead(): void {
    if (Atomics.sub(this.#cells, BACKLOG, 1) <= MAX_BACKLOG / 2) {
      Atomics.notify(this.#cells, BACKLOG);
    }
  }

  /** Main thread: waits until the protocol thread has let go of its sockets. */
  waitUntilLeft(maxMs: number): void {
    Atomics.wait(this.#cells, LEFT, 0, maxMs);
  }

  /** Protocol thread: says that it has. */
  setLeft(): void {
    Atomics.store(this.#cells, LEFT, 1);
    Atomics.notify(this.#cells, LEFT);
  }
}
