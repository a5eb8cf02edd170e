/** What tshark says about frames, field by field. */
import {spawnSync} from "node:child_process";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {writePcap} from "kernel-lib/packet";
import {findProgram} from "../support/find-program.js";
import {scratchFolder} from "../support/scratch.js";

export const TSHARK: string | undefined = findProgram("tshark");
export const INSTALL_TSHARK = "apt install tshark";

/** Checksums are verified; packets are judged each by itself, not as parts of a conversation. */
const SETTINGS: readonly string[] = [
  ...["ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "udp.check_checksum:TRUE"],
  ...["ip.defragment:FALSE", "tcp.analyze_sequence_numbers:FALSE"],
  ...["tcp.relative_sequence_numbers:FALSE", "tcp.desegment_tcp_streams:FALSE"],
];

/** Protocols that tshark finds by looking at the payload: random bytes resemble one or the other. */
function guessedProtocols(): string[] {
  const {stdout} = spawnSync(TSHARK!, ["-G", "heuristic-decodes"], {encoding: "utf8"});
  const names = stdout
    .split("\n")
    .map((line) => line.split("\t"))
    .filter(([parent, , enabled]) => /^(udp|tcp)$/.test(parent!) && enabled?.trim() === "T")
    .map(([, name]) => name!);
  return [...new Set(names)].filter((name) => !["vxlan", "geneve", "dhcp"].includes(name));
}

/** One row per frame: the values of each field in the order of the layers. */
export function dissect(
  frames: readonly Uint8Array[],
  fields: readonly string[],
): ReadonlyMap<string, readonly string[]>[] {
  const file = join(scratchFolder(), "frames.pcap");
  writeFileSync(file, writePcap(frames.map((bytes, index) => ({timeMs: index, bytes}))));
  const {status, stdout, stderr} = spawnSync(
    TSHARK!,
    [
      ...["-n", "-r", file, ...SETTINGS.flatMap((setting) => ["-o", setting])],
      // No guessing at what random payloads might be.
      ...guessedProtocols().flatMap((name) => ["--disable-protocol", name]),
      // All occurrences, with characters between that no value has.
      ...["-T", "fields", "-E", "separator=/t", "-E", "occurrence=a", "-E", "aggregator=;"],
      ...fields.flatMap((field) => ["-e", field]),
    ],
    {encoding: "utf8", maxBuffer: 1 << 28, env: {...process.env, TZ: "UTC"}},
  );
  if (status !== 0) throw new Error(`tshark failed: ${stderr}`);
  return stdout
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => {
      const cells = line.split("\t");
      return new Map(
        fields.map((field, index) => {
          const cell = cells[index] ?? "";
          return [field, cell === "" ? [] : cell.split(";")];
        }),
      );
    });
}
