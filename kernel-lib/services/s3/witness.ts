/**
 * The witness: knows of every key whether it is being changed and what its last version is, and
 * nothing else. A reader asks it before trusting a cache; it is what made S3 consistent without
 * giving up the cache.
 *
 * ```
 * writer   announce(key) → commit in the index → settle(key, version) → answer the client
 * reader   a cached entry may be served if nothing is announced and its version is the settled one
 * ```
 *
 * Announce must come first. If the index changed before the witness knew, one reader could see the
 * new version, from the index, and a later one the old version, from a cache.
 *
 * Source: W. Vogels, "Diving deep on S3 consistency", 2021 (a "witness" that "acts as a read
 * barrier"). Fidelity: inferred; the two phases are ours.
 */
export class Witness {
  /** How often it was asked: what strong consistency costs. */
  readonly lookUps: number = 0;
  private readonly versions: Map<string, number> = new Map();
  private readonly announced: Map<string, number> = new Map();

  /** A change of this key begins. */
  announce(key: string): void {
    this.announced.set(key, (this.announced.get(key) ?? 0) + 1);
  }

  /** A change has ended; the index holds this version, or a later one. 0: nothing was changed. */
  settle(key: string, version: number): void {
    const left = (this.announced.get(key) ?? 0) - 1;
    if (left > 0) this.announced.set(key, left);
    else this.announced.delete(key);
    this.versions.set(key, Math.max(version, this.versions.get(key) ?? 0));
  }

  /** Says whether a cached version is the current one. A key never written has version 0. */
  confirms(key: string, version: number): boolean {
    (this as {lookUps: number}).lookUps++;
    return !this.announced.has(key) && (this.versions.get(key) ?? 0) === version;
  }
}
