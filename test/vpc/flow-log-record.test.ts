import fc from "fast-check";
import {FLOW_LOG_FIELDS, flowLogRecord, parseFlowLogRecord} from "kernel-lib/vpc";
import type {FlowLogRecord} from "kernel-lib/vpc";
import {describe, expect, it} from "vitest";

/** Amazon VPC User Guide, "Flow log record examples": accepted SSH, rejected RDP, no data, skipped. */
const EXAMPLES = [
  "2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK",
  "2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK",
  "2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA",
  "2 123456789010 eni-11111111aaaaaaaaa - - - - - - - 1431280876 1431280934 - SKIPDATA",
  "2 123456789010 eni-1235b8ca123456789 203.0.113.12 172.31.16.139 0 0 1 4 336 1432917027 1432917142 ACCEPT OK",
];

const header = {
  accountId: fc.constant("123456789010"),
  interfaceId: fc.constantFrom("eni-1", "eni-1235b8ca123456789"),
  startSeconds: fc.nat(2 ** 31 - 1),
  endSeconds: fc.nat(2 ** 31 - 1),
};
const port = fc.nat(65_535);
const address = fc.integer({min: 0, max: 2 ** 32 - 1});
const records: fc.Arbitrary<FlowLogRecord> = fc.oneof(
  fc.record({...header, status: fc.constantFrom("NODATA" as const, "SKIPDATA" as const)}),
  fc.record({
    ...header,
    status: fc.constant("OK" as const),
    ...{source: address, destination: address, sourcePort: port, destinationPort: port},
    ...{protocol: fc.nat(255), packets: fc.nat(), bytes: fc.nat()},
    action: fc.constantFrom("ACCEPT" as const, "REJECT" as const),
  }),
);

describe("flowLogRecord", () => {
  it.each(EXAMPLES)(
    "parseFlowLogRecord() and flowLogRecord() give AWS's example back: %s",
    (line) => {
      expect(line.split(" ")).toHaveLength(FLOW_LOG_FIELDS.length);
      expect(flowLogRecord(parseFlowLogRecord(line))).toBe(line);
    },
  );

  it("parseFlowLogRecord() gives every record back that flowLogRecord() writes", () => {
    fc.assert(
      fc.property(records, (record) => {
        expect(parseFlowLogRecord(flowLogRecord(record))).toEqual(record);
      }),
    );
  });

  it.each([
    ["nothing", ""],
    ["another version", EXAMPLES[0]!.replace(/^2/, "3")],
    ["a field too few", EXAMPLES[0]!.replace(" 22", "")],
    ["two spaces", EXAMPLES[0]!.replace(" ", "  ")],
    ["a number that is none", EXAMPLES[0]!.replace("4249", "4k")],
    ["a flow without data", EXAMPLES[2]!.replace("- NODATA", "- OK")],
    ["data in a gap", EXAMPLES[0]!.replace("ACCEPT OK", "- NODATA")],
    ["another action", EXAMPLES[0]!.replace("ACCEPT", "DROP")],
    ["an address that is none", EXAMPLES[0]!.replace("172.31.16.139", "host")],
    ["a time that is none", EXAMPLES[2]!.replace("1431280934", "-")],
  ])("parseFlowLogRecord() refuses %s", (_, line) => {
    expect(() => parseFlowLogRecord(line)).toThrow(SyntaxError);
  });
});
