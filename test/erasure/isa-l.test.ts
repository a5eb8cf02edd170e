/**
 * Agreement with Intel's ISA-L, an independent implementation in C of the same field: its parity
 * bytes on our matrices, and its own matrices against ours.
 */
import {spawnSync} from "node:child_process";
import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {
  cauchyParity,
  isaLParity,
  pqParity,
  ReedSolomon,
  vandermondeParity,
} from "kernel-lib/erasure";
import {Random} from "kernel-lib/random";
import {describe, expect} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {itNeeds} from "../support/needs.js";

const SOURCE = fileURLToPath(new URL("isa-l.c", import.meta.url));
const INSTALL = "apt install libisal-dev gcc";
const program = compile();

/** @returns path of the program, or undefined where compiler or library is missing */
function compile(): string | undefined {
  const folder = join(ROOT, "build", "isa-l");
  mkdirSync(folder, {recursive: true});
  const path = join(folder, "isa-l");
  const {status} = spawnSync("cc", ["-O2", "-o", path, SOURCE, "-lisal"]);
  return status === 0 ? path : undefined;
}

/** One reply in hexadecimal per request. */
function ask(requests: readonly string[]): string[] {
  const {status, stdout} = spawnSync(program!, {
    input: requests.join("\n"),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect(status).toBe(0);
  return stdout.trimEnd().split("\n");
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

const sizes = [2, 3, 5, 6, 9, 10, 17, 20, 64].flatMap((dataShards) =>
  [1, 2, 3, 4, 6].map((parityShards) => ({dataShards, parityShards})),
);

describe("ISA-L", () => {
  itNeeds(program, "ISA-L", INSTALL, "cauchyParity() is its gf_gen_cauchy1_matrix", () => {
    const rows = ask(sizes.map((size) => `cauchy ${size.dataShards} ${size.parityShards}`));
    expect(rows).toEqual(sizes.map((size) => hex(cauchyParity(size).data)));
  });

  itNeeds(program, "ISA-L", INSTALL, "isaLParity() is its gf_gen_rs_matrix, faults and all", () => {
    const rows = ask(sizes.map((size) => `rs ${size.dataShards} ${size.parityShards}`));
    expect(rows).toEqual(sizes.map((size) => hex(isaLParity(size).data)));
  });

  itNeeds(program, "ISA-L", INSTALL, "ReedSolomon.encode() gives its parity bytes", () => {
    const random = new Random(64);
    const cases = sizes.flatMap((size) =>
      [vandermondeParity, cauchyParity, ...(size.parityShards <= 2 ? [pqParity] : [])].map(
        (makeParity) => {
          const matrix = makeParity(size);
          const length = random.integer({min: 1, max: 700});
          const data = Array.from({length: size.dataShards}, () => random.bytes(length));
          return {...size, matrix, length, data};
        },
      ),
    );
    const replies = ask(
      cases.map(({dataShards, parityShards, matrix, length, data}) =>
        [
          ...["code", parityShards, dataShards, length, hex(matrix.data)],
          data.map((shard) => hex(shard)).join(""),
        ].join(" "),
      ),
    );
    cases.forEach(({dataShards, parityShards, matrix, length, data}, index) => {
      for (const implementation of ["textbook", "plain", "simd"] as const) {
        const code = new ReedSolomon({dataShards, parityShards, matrix, implementation});
        const expected = Uint8Array.from(Buffer.from(replies[index]!, "hex"));
        code.encode(data).forEach((shard, row) => {
          expect(shard).toEqual(expected.subarray(row * length, (row + 1) * length));
        });
      }
    });
  });
});
