import {evaluateSecurityGroups, SecurityGroup} from "kernel-lib/vpc";
import type {PacketSummary, Traffic} from "kernel-lib/vpc";

/** Whether a group with this one inbound rule lets the packet in. */
export function allows(traffic: Traffic, packet: PacketSummary): boolean {
  const groups = [new SecurityGroup({id: "sg-1", inbound: [{...traffic, peer: "0.0.0.0/0"}]})];
  return evaluateSecurityGroups({direction: "inbound", packet, groups}).allowed;
}
