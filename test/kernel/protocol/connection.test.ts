import {describe, expect, it} from "vitest";
import {parseConnection} from "../../../kernel-lib/dist/kernel/protocol/connection.js";

const FILE = {
  ...{transport: "tcp", ip: "127.0.0.1", key: "k", signature_scheme: "hmac-sha256"},
  ...{shell_port: 1, control_port: 2, stdin_port: 3, iopub_port: 4, hb_port: 5},
};

describe("parseConnection()", () => {
  it("gives the address of each channel, over tcp and over ipc", () => {
    expect(parseConnection(FILE).addresses.control).toBe("tcp://127.0.0.1:2");
    const ipc = parseConnection({...FILE, transport: "ipc", ip: "/run/kernel"});
    expect(ipc.addresses.hb).toBe("ipc:///run/kernel-5");
  });

  it("refuses what it cannot bind or sign", () => {
    expect(() => parseConnection({...FILE, transport: "udp"})).toThrow(
      "Cannot connect: need transport tcp or ipc, got udp",
    );
    expect(() => parseConnection({...FILE, hb_port: "5"})).toThrow(
      "Cannot connect: hb_port must be an integer, got 5",
    );
    expect(() => parseConnection({...FILE, key: 3})).toThrow(TypeError);
  });
});
