import {decodeFrame, encodeFrame} from "kernel-lib/packet";
import {answerArp, ROUTER_MAC} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {frameBetween, placed, twoVpcs} from "./two-vpcs.js";

const senderMac = "02:00:00:00:00:05";

function request(targetIp: string, senderIp = "10.0.1.5", operation = 1): Uint8Array {
  return encodeFrame({
    ethernet: {source: senderMac, destination: "ff:ff:ff:ff:ff:ff"},
    arp: {operation, senderMac, senderIp, targetMac: "00:00:00:00:00:00", targetIp},
  });
}

function answer(frame: Uint8Array, nowMs = 0): string | undefined {
  const reply = answerArp({vpcId: "vpc-a", frame}, twoVpcs(200).mapping, nowMs);
  if (reply === undefined) return undefined;
  const [ethernet, arp] = decodeFrame(reply).layers;
  if (ethernet?.name !== "ethernet" || arp?.name !== "arp") throw new Error("no ARP reply");
  expect(ethernet.header.destination).toBe(senderMac);
  expect(arp.header).toMatchObject({operation: 2, targetMac: senderMac});
  expect(ethernet.header.source).toBe(arp.header.senderMac);
  return `${arp.header.senderIp} is at ${arp.header.senderMac}`;
}

describe("answerArp", () => {
  it("answerArp() answers for a neighbour and for the router", () => {
    expect(answer(request("10.0.1.6"))).toBe("10.0.1.6 is at 02:00:00:00:00:06");
    expect(answer(request("10.0.1.1"))).toBe(`10.0.1.1 is at ${ROUTER_MAC}`);
  });

  it.each([
    ["an address that nobody has", request("10.0.1.7")],
    ["a reserved address", request("10.0.1.2")],
    ["another subnet", request("10.0.2.6")],
    ["a sender outside the subnet", request("10.0.1.6", "10.0.2.5")],
    ["an address of one's own", request("10.0.1.5")],
    ["a probe for an address of one's own", request("10.0.1.5", "0.0.0.0")],
    ["a reply", request("10.0.1.6", "10.0.1.5", 2)],
    ["a frame that is no ARP", frameBetween(5, 6)],
  ])("answerArp() keeps silent about %s", (_, frame) => {
    expect(answer(frame)).toBeUndefined();
  });

  it("answerArp() tells a prober that the address is taken", () => {
    expect(answer(request("10.0.1.6", "0.0.0.0"))).toBe("10.0.1.6 is at 02:00:00:00:00:06");
  });

  it("answerArp() knows what the host knows at that time", () => {
    const {mapping} = twoVpcs(200);
    const fresh = {vpcId: "vpc-a", address: "10.0.1.7", mapping: placed("vpc-a", 7, 2)};
    mapping.register(fresh, 1000);
    const question = {vpcId: "vpc-a", frame: request("10.0.1.7")};
    expect(answerArp(question, mapping, 1199)).toBeUndefined();
    expect(answerArp(question, mapping, 1200)).toBeDefined();
  });
});
