/** What the fleet did since the start. */
export interface FleetCounts {
  /** Shard reads begun, those of repair too. */
  reads: number;
  writes: number;
  /** Shard reads given up because others sufficed. */
  cancelled: number;
  timeouts: number;
  /** Shards whose checksum was wrong. */
  corrupt: number;
  /** Shards that a node should have had and had not. */
  missing: number;
  /** Reads begun because the first ones were slow. */
  hedges: number;
  /** Hedges for which there was no token. */
  hedgesRefused: number;
  /** Stripes that needed parity. */
  decodes: number;
  /** Bytes of shards that arrived. */
  bytesRead: number;
  bytesWritten: number;
}

/** All zero. */
export function noCounts(): FleetCounts {
  return {
    ...{reads: 0, writes: 0, cancelled: 0, timeouts: 0, corrupt: 0, missing: 0, hedges: 0},
    ...{hedgesRefused: 0, decodes: 0, bytesRead: 0, bytesWritten: 0},
  };
}
