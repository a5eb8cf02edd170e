/** When this many have left, and more than half of the array is empty, it is cut. */
const CUT_AT = 32;

/** First in, first out, at constant cost; an array's own `shift` moves everything. */
export class Fifo<T> {
  private items: (T | undefined)[] = [];
  private head = 0;

  get length(): number {
    return this.items.length - this.head;
  }

  push(item: T): void {
    this.items.push(item);
  }

  /** Puts an item back to the front. */
  unshift(item: T): void {
    if (this.head > 0) this.items[--this.head] = item;
    else this.items.unshift(item);
  }

  shift(): T | undefined {
    if (this.head === this.items.length) return undefined;
    const item = this.items[this.head];
    this.items[this.head++] = undefined;
    if (this.head >= CUT_AT && this.head > this.items.length / 2) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return item;
  }

  /** Adds an item behind the last one that it need not overtake. */
  insert(item: T, overtakes: (item: T, other: T) => boolean): void {
    let at = this.items.length;
    while (at > this.head && overtakes(item, this.items[at - 1] as T)) at--;
    if (at === this.items.length) this.items.push(item);
    else this.items.splice(at, 0, item);
  }

  /** @returns false if the item is not there */
  remove(item: T): boolean {
    const at = this.items.indexOf(item, this.head);
    if (at < 0) return false;
    this.items.splice(at, 1);
    return true;
  }

  /** A copy, first in first. */
  toArray(): T[] {
    return this.items.slice(this.head) as T[];
  }
}
