import {NetworkInterface} from "kernel-lib/vpc";
import type {NetworkInterfaceOptions} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {packet} from "./packets.js";

const options: NetworkInterfaceOptions = {
  id: "eni-1",
  mac: "02:00:00:00:00:01",
  subnetId: "subnet-1",
  privateAddresses: ["10.0.1.5", "10.0.1.6"],
  securityGroupIds: ["sg-1"],
};
const eni = new NetworkInterface(options);
const router = new NetworkInterface({...options, sourceDestinationCheck: false});
const own = packet("10.0.1.6:1 > 8.8.8.8:2");
const others = packet("10.0.9.9:1 > 8.8.8.8:2");

describe("NetworkInterface", () => {
  it("NetworkInterface.maySend() lets out what comes from one of its addresses, and nothing else", () => {
    expect(eni.maySend(own, eni.mac).allowed).toBe(true);
    expect(eni.maySend(others, eni.mac)).toEqual({
      allowed: false,
      reason: "10.0.9.9 is not an address of eni-1",
    });
  });

  it("NetworkInterface.mayReceive() lets in what goes to one of its addresses, and nothing else", () => {
    expect(eni.mayReceive(packet("8.8.8.8:1 > 10.0.1.5:2")).allowed).toBe(true);
    expect(eni.mayReceive(own).allowed).toBe(false);
  });

  it("NetworkInterface forwards for others only with the source/destination check off", () => {
    expect(router.maySend(others, router.mac).reason).toBe(
      "eni-1 has the source/destination check off",
    );
    expect(router.mayReceive(others).allowed).toBe(true);
  });

  it("NetworkInterface.maySend() refuses another MAC address, check or no check", () => {
    const reason = "02:00:00:00:00:02 is not the MAC address of eni-1";
    for (const one of [eni, router]) {
      expect(one.maySend(own, "02:00:00:00:00:02")).toEqual({allowed: false, reason});
    }
  });

  it.each([
    ["no address", {privateAddresses: []}, RangeError],
    ["no group", {securityGroupIds: []}, RangeError],
    ["an address that is none", {privateAddresses: ["10.0.1"]}, SyntaxError],
    ["a MAC address that is none", {mac: "02-00-00-00-00-01"}, SyntaxError],
  ])("NetworkInterface refuses %s", (_, change, error) => {
    expect(() => new NetworkInterface({...options, ...change})).toThrow(error);
  });

  it("NetworkInterface.describe() says all in one line", () => {
    expect(router.describe()).toBe(
      "eni-1 10.0.1.5 10.0.1.6 02:00:00:00:00:01 in subnet-1, guarded by sg-1, source/destination check off",
    );
    expect(eni.primaryAddress).toBe("10.0.1.5");
  });
});
