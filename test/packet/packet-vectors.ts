import {readFileSync} from "node:fs";
import {join} from "node:path";
import {parseHex} from "kernel-lib/bytes";
import {ROOT} from "../../binder/setup.mjs";

interface Vector {
  source: string;
  bytes: string;
}
interface PacketVectors {
  facts: {source: string; inner: string; vxlan: string; geneve: string};
  arp: Vector;
  icmpEcho: Vector;
  ipv4: Vector;
  tcp: Vector;
  udp: Vector;
  dhcpDiscover: Vector;
  dhcpAck: Vector;
  vxlan: Vector;
  geneve: Vector;
  geneveOption: Vector;
  checksum: {
    rfc1071: {bytes: string; sum: string};
    rfc1624: Record<"checksum" | "oldWord" | "newWord" | "right" | "rfc1141", string>;
  };
}

/** Published packets, each with its source: test/vectors/packets.json. */
export const VECTORS: PacketVectors = JSON.parse(
  readFileSync(join(ROOT, "test", "vectors", "packets.json"), "utf8"),
) as PacketVectors;

/** Whole frames of the vectors, by name. */
export const GOLDEN_FRAMES: Readonly<Record<string, Uint8Array>> = {
  tcpSyn: parseHex(VECTORS.facts.inner),
  tcpSynInVxlan: parseHex(VECTORS.facts.vxlan),
  tcpSynInGeneve: parseHex(VECTORS.facts.geneve),
  pingInVxlan: parseHex(VECTORS.vxlan.bytes),
  pingInGeneve: parseHex(VECTORS.geneve.bytes),
  pingInGeneveWithOption: parseHex(VECTORS.geneveOption.bytes),
};
