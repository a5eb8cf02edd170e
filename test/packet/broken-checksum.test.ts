import {updateChecksum, updateChecksumRfc1141} from "kernel-lib/packet";
import {expect, it} from "vitest";
import {VECTORS} from "./packet-vectors.js";

it("updateChecksumRfc1141() gives the wrong answer that RFC 1624 §4 shows", () => {
  const {checksum, oldWord, newWord, rfc1141} = VECTORS.checksum.rfc1624;
  const change = {oldWord: parseInt(oldWord, 16), newWord: parseInt(newWord, 16)};
  expect(updateChecksumRfc1141(parseInt(checksum, 16), change)).toBe(parseInt(rfc1141, 16));
});

it("updateChecksumRfc1141() differs from updateChecksum() just where the right answer is 0", () => {
  let wrong = 0;
  for (let newWord = 0; newWord <= 0xffff; newWord++) {
    const change = {oldWord: 0x5555, newWord};
    const [right, old] = [updateChecksum(0xdd2f, change), updateChecksumRfc1141(0xdd2f, change)];
    if (right === old) continue;
    wrong++;
    expect([right, old]).toEqual([0, 0xffff]);
  }
  expect(wrong).toBe(1);
});
