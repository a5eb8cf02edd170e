import {MappingService} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {placed, twoVpcs} from "./two-vpcs.js";

const at = {vpcId: "vpc-a", address: "10.0.1.5"};

describe("MappingService", () => {
  it("MappingService.lookup() is per VPC: both have 10.0.1.5", () => {
    const {mapping} = twoVpcs();
    expect(mapping.lookup(at, 0)).toEqual(placed("vpc-a", 5, 1));
    expect(mapping.lookup({...at, vpcId: "vpc-b"}, 0)).toEqual(placed("vpc-b", 5, 1));
    expect(mapping.lookup({...at, vpcId: "vpc-c"}, 0)).toBeUndefined();
    expect(mapping.lookup({...at, address: 0x0a00_0105}, 0)).toEqual(placed("vpc-a", 5, 1));
  });

  it("MappingService.lookup() sees a move after the propagation delay, to the millisecond", () => {
    const {mapping} = twoVpcs(200);
    mapping.register({...at, mapping: placed("vpc-a", 5, 3)}, 1000);
    expect(mapping.current(at)?.host.address).toBe("192.168.0.3");
    expect(mapping.lookup(at, 1199.9)?.host.address).toBe("192.168.0.1");
    expect(mapping.lookup(at, 1200)?.host.address).toBe("192.168.0.3");
  });

  it("MappingService.remove() is seen after the delay too, and says whether there was one", () => {
    const {mapping} = twoVpcs(200);
    expect(mapping.remove(at, 1000)).toBe(true);
    expect(mapping.remove(at, 1000)).toBe(false);
    expect(mapping.current(at)).toBeUndefined();
    expect(mapping.lookup(at, 1199)).toBeDefined();
    expect(mapping.lookup(at, 1200)).toBeUndefined();
  });

  it("MappingService.currentInterface() follows an interface with two addresses", () => {
    const {mapping} = twoVpcs();
    const two = {vpcId: "vpc-a", address: "10.0.1.15"};
    const mac = "02:00:00:00:00:05";
    mapping.register({...two, mapping: placed("vpc-a", 5, 1)}, 1);
    mapping.remove(at, 2);
    expect(mapping.currentInterface({vpcId: "vpc-a", mac})?.eniId).toBe("eni-vpc-a-5");
    mapping.remove(two, 3);
    expect(mapping.currentInterface({vpcId: "vpc-a", mac})).toBeUndefined();
    expect(mapping.currentInterface({vpcId: "vpc-b", mac})?.eniId).toBe("eni-vpc-b-5");
  });

  it.each(["10.0.1.0", "10.0.1.1", "10.0.1.2", "10.0.1.3", "10.0.1.255", "10.0.2.5"])(
    "MappingService.register() refuses %s, which no interface can have",
    (address) => {
      const {mapping} = twoVpcs();
      const register = (): void =>
        mapping.register({vpcId: "vpc-a", address, mapping: placed("vpc-a", 5, 1)}, 1);
      expect(register).toThrow(RangeError);
    },
  );

  it("MappingService refuses a change before the last one", () => {
    const {mapping} = twoVpcs();
    mapping.register({...at, mapping: placed("vpc-a", 5, 3)}, 1000);
    expect(() => mapping.remove(at, 999)).toThrow(RangeError);
    expect(() => mapping.register({...at, mapping: placed("vpc-a", 5, 1)}, NaN)).toThrow(
      RangeError,
    );
  });

  it.each(["10.0.0.0/15", "10.0.2.0/29", "10.0.1.128/25"])(
    "MappingService.addSubnet() refuses %s beside 10.0.1.0/24",
    (cidr) => {
      const {mapping} = twoVpcs();
      expect(() => mapping.addSubnet({vpcId: "vpc-a", subnetId: "s", cidr})).toThrow(RangeError);
    },
  );

  it.each([-1, NaN])("MappingService refuses a delay of %d ms", (propagationDelayMs) => {
    expect(() => new MappingService({propagationDelayMs})).toThrow(RangeError);
  });
});
