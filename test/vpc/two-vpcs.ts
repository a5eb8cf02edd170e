/** Two VPCs with the same addresses on three hosts, for tests of mapping and overlay. */
import {encodeFrame} from "kernel-lib/packet";
import {MappingService, VxlanOverlay} from "kernel-lib/vpc";
import type {Host, Mapping} from "kernel-lib/vpc";

export const VNIS: Readonly<Record<string, number>> = {"vpc-a": 0xabcde, "vpc-b": 7};

export function host(n: number): Host {
  return {address: `192.168.0.${n}`, mac: `02:aa:00:00:00:0${n}`};
}

/** The interface 10.0.1.N of a VPC, on a host. */
export function placed(vpcId: string, n: number, on: number): Mapping {
  return {host: host(on), eniId: `eni-${vpcId}-${n}`, mac: `02:00:00:00:00:0${n}`};
}

/** 10.0.1.5 on host 1 and 10.0.1.6 on host 2, in both VPCs, since time 0. */
export function twoVpcs(propagationDelayMs = 0): {mapping: MappingService; overlay: VxlanOverlay} {
  const mapping = new MappingService({propagationDelayMs});
  for (const vpcId of Object.keys(VNIS)) {
    mapping.addSubnet({vpcId, subnetId: `subnet-${vpcId}`, cidr: "10.0.1.0/24"});
    for (const [n, on] of [
      [5, 1],
      [6, 2],
    ] as const) {
      const at = {vpcId, address: `10.0.1.${n}`};
      mapping.register({...at, mapping: placed(vpcId, n, on)}, -propagationDelayMs);
    }
  }
  return {mapping, overlay: new VxlanOverlay({mapping, vnis: VNIS})};
}

/** A UDP packet from 10.0.1.FROM to 10.0.1.TO. */
export function frameBetween(from: number, to: number): Uint8Array {
  return encodeFrame({
    ethernet: {source: `02:00:00:00:00:0${from}`, destination: `02:00:00:00:00:0${to}`},
    ipv4: {source: `10.0.1.${from}`, destination: `10.0.1.${to}`},
    udp: {sourcePort: 40_000, destinationPort: 9},
    payload: Uint8Array.of(1, 2, 3),
  });
}
