import {readPcap, writePcap} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {CorruptionError} from "kernel-lib/bytes";
import {describe, expect, it} from "vitest";
import {guardedBytes} from "./guarded-bytes.js";

/** A file written apart from the library: any byte order, any unit. */
function makeFile(littleEndian: boolean, magic: number, fraction: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(24 + 16 + 3));
  const numbers = [magic, 0, 0, 0, 65535, 1, 5, fraction, 3, 60];
  numbers.forEach((number, index) => view.setUint32(4 * index, number, littleEndian));
  view.setUint16(4, 2, littleEndian);
  view.setUint16(6, 4, littleEndian);
  [7, 8, 9].forEach((byte, index) => view.setUint8(40 + index, byte));
  return new Uint8Array(view.buffer);
}

describe("pcap", () => {
  it("readPcap() gives back what writePcap() wrote, to the microsecond", () => {
    const random = new Random(91);
    const packets = Array.from({length: 500}, () => ({
      timeMs: random.integer({min: 0, max: 2 ** 41}) / 1000,
      bytes: random.bytes(random.integer({min: 0, max: 100})),
    }));
    const capture = readPcap(writePcap(packets));
    expect(capture.packets).toEqual(packets);
    expect(capture).toMatchObject({linkType: 1, snapLength: 262_144});
  });

  it.each([
    ["little-endian microseconds", true, 0xa1b2c3d4, 250_000],
    ["big-endian microseconds", false, 0xa1b2c3d4, 250_000],
    ["little-endian nanoseconds", true, 0xa1b23c4d, 250_000_000],
    ["big-endian nanoseconds", false, 0xa1b23c4d, 250_000_000],
  ])("readPcap() reads %s", (_, littleEndian, magic, fraction) => {
    const file = makeFile(littleEndian, magic, fraction);
    expect(readPcap(file)).toEqual({
      linkType: 1,
      snapLength: 65535,
      packets: [{timeMs: 5250, bytes: Uint8Array.of(7, 8, 9), originalLength: 60}],
    });
  });

  it("writePcap() begins with the published header (draft-ietf-opsawg-pcap §4)", () => {
    expect([...writePcap([])]).toEqual([
      ...[0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0],
    ]);
  });

  it("writePcap() rounds up into the next second, and keeps the length before cutting", () => {
    const packet = {timeMs: 999.9999, bytes: Uint8Array.of(1), originalLength: 1500};
    expect(readPcap(writePcap([packet])).packets).toEqual([{...packet, timeMs: 1000}]);
  });

  it("readPcap() gives views into the file", () => {
    const file = writePcap([{timeMs: 0, bytes: Uint8Array.of(1, 2)}]);
    expect(readPcap(file).packets[0]!.bytes.buffer).toBe(file.buffer);
    const inside = new Uint8Array(100);
    inside.set(file, 50);
    expect(readPcap(inside.subarray(50, 50 + file.length)).packets).toHaveLength(1);
  });

  it("readPcap() of every truncated prefix throws CorruptionError or ends between packets", () => {
    const file = writePcap([1, 2].map((n) => ({timeMs: n, bytes: new Uint8Array(n)})));
    const whole = [24, 41];
    for (let length = 0; length < file.length; length++) {
      const read = (): unknown => readPcap(file.slice(0, length));
      if (whole.includes(length)) expect(read).not.toThrow();
      else expect(read).toThrow(CorruptionError);
    }
    expect(() => guardedBytes(file)[file.length]).toThrow("read at");
  });

  it("readPcap() says where the damage is", () => {
    const damaged = (at: number, byte: number): Uint8Array => {
      const file = writePcap([{timeMs: 0, bytes: new Uint8Array(4)}]);
      file[at] = byte;
      return file;
    };
    expect(() => readPcap(damaged(0, 0))).toThrow(expect.objectContaining({offset: 0}));
    expect(() => readPcap(damaged(4, 3))).toThrow(expect.objectContaining({offset: 4}));
    expect(() => readPcap(damaged(30, 255))).toThrow(expect.objectContaining({offset: 28}));
    expect(() => readPcap(damaged(32, 5))).toThrow(expect.objectContaining({offset: 44}));
    expect(() => readPcap("file" as never)).toThrow(TypeError);
  });

  it("writePcap() refuses times, packets and lengths that do not fit", () => {
    const bytes = new Uint8Array(2);
    for (const packet of [
      {timeMs: -1, bytes},
      {timeMs: NaN, bytes},
      {timeMs: 2 ** 32 * 1000, bytes},
      {timeMs: 0, bytes: new Uint8Array(262_145)},
      {timeMs: 0, bytes, originalLength: 1},
      {timeMs: 0, bytes, originalLength: 2.5},
    ]) {
      expect(() => writePcap([packet])).toThrow(RangeError);
    }
  });
});
