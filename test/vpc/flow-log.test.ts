import {Cidr} from "kernel-lib/packet";
import {FLOW_LOG_WINDOW_MS, FlowLog, flowLogRecord} from "kernel-lib/vpc";
import type {FlowLogOptions, LoggedPacket} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";
import {icmp, packet, reply} from "./packets.js";

const options: FlowLogOptions = {
  accountId: "123456789010",
  interfaceId: "eni-1",
  primaryAddress: "10.0.1.5",
  startMs: 1_000_000,
  windowMs: FLOW_LOG_WINDOW_MS.shortest,
  vpcCidr: Cidr.parse("10.0.0.0/16"),
};
const asked: LoggedPacket = {
  packet: packet("10.0.1.5:40000 > 203.0.113.9:443"),
  direction: "outbound",
  sizeBytes: 60,
  action: "ACCEPT",
};
const answered: LoggedPacket = {...asked, packet: reply(asked.packet), direction: "inbound"};

describe("FlowLog", () => {
  it("FlowLog.flush() writes one record for each direction, action and window", () => {
    const log = new FlowLog(options);
    log.record(asked, 1_000_500);
    log.record(answered, 1_001_000);
    log.record({...asked, sizeBytes: 1500}, 1_059_999);
    log.record({...answered, action: "REJECT"}, 1_060_000);
    expect(log.flush(1_059_999)).toEqual([]);
    expect(log.flush(1_119_999).map(flowLogRecord)).toEqual([
      "2 123456789010 eni-1 10.0.1.5 203.0.113.9 40000 443 6 2 1560 1000 1059 ACCEPT OK",
      "2 123456789010 eni-1 203.0.113.9 10.0.1.5 443 40000 6 1 60 1001 1001 ACCEPT OK",
    ]);
    expect(log.flush(1_120_000).map(flowLogRecord)).toEqual([
      "2 123456789010 eni-1 203.0.113.9 10.0.1.5 443 40000 6 1 60 1060 1060 REJECT OK",
    ]);
    expect(log.flush(1_120_000)).toEqual([]);
  });

  it("FlowLog.flush() says of each window without traffic that there was none", () => {
    const log = new FlowLog(options);
    log.record(asked, 1_061_000);
    expect(log.flush(1_180_000).map(flowLogRecord)).toEqual([
      "2 123456789010 eni-1 - - - - - - - 1000 1060 - NODATA",
      "2 123456789010 eni-1 10.0.1.5 203.0.113.9 40000 443 6 1 60 1061 1061 ACCEPT OK",
      "2 123456789010 eni-1 - - - - - - - 1120 1180 - NODATA",
    ]);
  });

  it("FlowLog shows the interface's primary address for all of its own, and for foreign ones", () => {
    const log = new FlowLog(options);
    log.record({...asked, packet: packet("10.0.1.77:1 > 203.0.113.9:2")}, 1_000_000);
    log.record({...answered, packet: packet("203.0.113.9:2 > 10.0.1.77:1")}, 1_000_000);
    const ends = log.flush(1_060_000).map((record) => flowLogRecord(record).split(" ").slice(3, 5));
    expect(ends).toEqual([
      ["10.0.1.5", "203.0.113.9"],
      ["203.0.113.9", "10.0.1.5"],
    ]);
  });

  it("FlowLog writes 0 for the ports of ICMP: a ping that the reply of which is refused", () => {
    const log = new FlowLog(options);
    log.record({...answered, packet: icmp("203.0.113.9 > 10.0.1.5", 8, 0)}, 1_000_000);
    const echo = icmp("10.0.1.5 > 203.0.113.9", 0, 0);
    log.record({...asked, packet: echo, action: "REJECT"}, 1_000_000);
    expect(log.flush(1_060_000).map(flowLogRecord)).toEqual([
      "2 123456789010 eni-1 203.0.113.9 10.0.1.5 0 0 1 1 60 1000 1000 ACCEPT OK",
      "2 123456789010 eni-1 10.0.1.5 203.0.113.9 0 0 1 1 60 1000 1000 REJECT OK",
    ]);
  });

  it.each(["10.0.1.5:40000 > 10.0.0.2:53", "10.0.1.5:40000 > 169.254.169.254:80"])(
    "FlowLog leaves out %s, and says so",
    (flow) => {
      const log = new FlowLog(options);
      expect(log.record({...asked, packet: packet(flow)}, 1_000_000)).toBe(false);
      expect(log.record(asked, 1_000_000)).toBe(true);
      expect(log.flush(1_060_000)).toHaveLength(1);
    },
  );

  it("FlowLog counts every logged packet and byte exactly once", () => {
    const log = new FlowLog(options);
    let sentBytes = 0;
    for (let n = 0; n < 1000; n++) {
      const sizeBytes = 40 + (n % 7);
      sentBytes += sizeBytes;
      const flow = packet(`10.0.1.5:${n % 13} > 203.0.113.9:443`);
      log.record({...asked, packet: flow, sizeBytes}, 1_000_000 + 317 * n);
    }
    const records = log.flush(1_360_000).filter((record) => record.status === "OK");
    expect(records.reduce((sum, {packets}) => sum + packets, 0)).toBe(1000);
    expect(records.reduce((sum, {bytes}) => sum + bytes, 0)).toBe(sentBytes);
    // 317 s in windows of 60 s, 13 flows in each.
    expect(records).toHaveLength(6 * 13);
  });

  it("FlowLog.record() refuses a window that is written, and a size below 0", () => {
    const log = new FlowLog(options);
    log.flush(1_060_000);
    expect(() => log.record(asked, 1_059_999)).toThrow(RangeError);
    expect(() => log.record({...asked, sizeBytes: -1}, 1_060_000)).toThrow(RangeError);
  });

  it.each([{windowMs: 0}, {windowMs: Infinity}, {startMs: NaN}])("FlowLog refuses %j", (change) => {
    expect(() => new FlowLog({...options, ...change})).toThrow(RangeError);
  });
});
