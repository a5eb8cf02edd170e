import {formatTrace, Vpc} from "kernel-lib/vpc";
import {expect, it} from "vitest";
import {smallVpc, tcp} from "./small-vpc.js";

it("formatTrace() tells a packet's way, a line for each stage", () => {
  const ways = {source: "10.0.1.5", sourcePort: 1, destination: "10.0.1.6", destinationPort: 443};
  const frame = tcp(ways, "SYN", {eniId: "eni-a"});
  const {trace} = new Vpc(smallVpc()).forward({eniId: "eni-a", frame}, 0);
  expect(formatTrace(trace).split("\n")).toEqual([
    "1 source/destination check at eni-a: pass, 10.0.1.5 is an address of eni-a",
    "2 security group outbound at eni-a: pass, sg-web allows all 0.0.0.0/0; tracked",
    "3 route at rtb-public: pass, 10.0.1.6 is in subnet-public itself",
    "4 encapsulation at 192.168.0.2: change, 10.0.1.6 is on 192.168.0.3",
    "5 decapsulation at 192.168.0.3: change, 10.0.1.5 is on 192.168.0.2, eni-a2 is here",
    "6 security group inbound at eni-a2: pass, sg-web allows tcp 443 0.0.0.0/0; untracked",
    "7 source/destination check at eni-a2: pass, 10.0.1.6 is an address of eni-a2",
  ]);
});
