import {Cidr} from "kernel-lib/packet";
import {reservedFor} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";

describe("reservedFor", () => {
  it("reservedFor() names the five addresses of the User Guide's 10.0.0.0/24, and no other", () => {
    const subnet = Cidr.parse("10.0.0.0/24");
    const kept = Array.from({length: 256}, (_, index) => subnet.address(index))
      .map((address) => [address, reservedFor(subnet, address)])
      .filter(([, use]) => use !== undefined);
    expect(kept).toEqual([
      ["10.0.0.0", "network"],
      ["10.0.0.1", "router"],
      ["10.0.0.2", "dns"],
      ["10.0.0.3", "future use"],
      ["10.0.0.255", "broadcast"],
    ]);
  });

  it("reservedFor() knows nothing of addresses outside the subnet", () => {
    const subnet = Cidr.parse("10.0.1.0/24");
    for (const address of ["10.0.0.255", "10.0.2.0", "10.0.0.1"]) {
      expect(reservedFor(subnet, address)).toBeUndefined();
    }
  });
});
