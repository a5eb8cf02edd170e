import type {Mutant} from "./mutant.js";

function slowest(name: string, body: string, fails: string[]): Mutant {
  const source = `const slowest1 = (latencies: number[]): number => {\n${body}\n};`;
  return {question: "q1", name, cell: "q1-solution", source, fails, points: 2 - fails.length};
}

function hex(name: string, body: string, fails: string[]): Mutant {
  const source = `const hex2 = (bytes: Uint8Array): string => {\n${body}\n};`;
  return {question: "q2", name, cell: "q2-solution", source, fails, points: 2 - fails.length};
}

function ring(name: string, body: string, fails: string[]): Mutant {
  const source = `const ring3 = (step: number, size: number): number => {\n${body}\n};`;
  return {question: "q3", name, cell: "q3-solution", source, fails, points: 2 - fails.length};
}

function double(name: string, body: string, fails: string[]): Mutant {
  const source = `const double4 = (byte: number): number[] => {\n${body}\n};`;
  return {question: "q4", name, cell: "q4-solution", source, fails, points: 2 - fails.length};
}

function deal(name: string, body: string, fails: string[]): Mutant {
  const source = `const deal5 = (from: number, shards: number): number[] => {\n${body}\n};`;
  return {question: "q5", name, cell: "q5-solution", source, fails, points: 2 - fails.length};
}

const WHOLE = ["deals every shard, and the same way each time"];
const PROTOCOL = ["draws each zone from one Random of that seed"];

/** The warm-up: each trap, stepped into. */
export const mutants: readonly Mutant[] = [
  slowest("sorts as text", "  return [...latencies].sort().at(-2);", ["finds the second largest"]),
  slowest("takes the largest", "  return Math.max(...latencies);", ["finds the second largest"]),
  slowest("sorts the list it was given", "  return latencies.sort((a, b) => a - b).at(-2);", [
    "leaves the list as it was",
  ]),
  slowest("returns nothing", "  latencies.sort();\n  return undefined;", [
    "finds the second largest",
    "leaves the list as it was",
  ]),
  hex("one digit", '  return [...bytes].map((byte) => byte.toString(16)).join(" ");', [
    "writes two digits for small bytes, too",
  ]),
  hex(
    "joins with commas",
    '  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join();',
    ["writes bytes from 16 on", "writes two digits for small bytes, too"],
  ),
  hex("upper case", '  return Buffer.from(bytes).toString("hex").toUpperCase();', [
    "writes bytes from 16 on",
    "writes two digits for small bytes, too",
  ]),
  ring("TypeScript's remainder", "  return step % size;", ["walks backward"]),
  ring("drops the sign", "  return Math.abs(step) % size;", ["walks backward"]),
  ring("one too far", "  return (((step + 1) % size) + size) % size;", [
    "walks forward",
    "walks backward",
  ]),
  double("keeps nine bits", "  return [2 * byte, (2 * byte) >> 8];", [
    "keeps the lower eight bits",
  ]),
  double("drops the ninth", "  return [Uint8Array.of(2 * byte)[0], 0];", ["gives the ninth bit"]),
  deal(
    "a Random for each shard",
    `  const counts = [0, 0, 0, 0];
  for (let i = 0; i < shards; i++) counts[new Random(from).integer({min: 1, max: 4}) - 1] += 1;
  return counts;`,
    PROTOCOL,
  ),
  deal(
    "one shard too few",
    `  const random = new Random(from);
  const counts = [0, 0, 0, 0];
  for (let i = 1; i < shards; i++) counts[random.integer({min: 1, max: 4}) - 1] += 1;
  return counts;`,
    [...WHOLE, ...PROTOCOL],
  ),
  deal("deals in turn", "  return [0, 1, 2, 3].map((zone) => (shards + 3 - zone) >> 2);", PROTOCOL),
];
