import type {Mutant} from "./mutant.js";

/** Makes mutants of one question: a head, the body as given, and the points of each property. */
function mutantsOf(
  question: string,
  head: string,
  points: Readonly<Record<string, number>>,
): (name: string, body: string, fails: readonly string[]) => Mutant {
  const all = Object.values(points).reduce((sum, each) => sum + each, 0);
  return (name, body, fails) => ({
    ...{question, name, cell: `${question}-solution`, fails},
    source: `${head} => {\n${body}\n};`,
    points: fails.reduce((left, property) => left - points[property]!, all),
  });
}

const FULLEST = "counts the shards of the fullest zone";
const SPARE = "says how many may be lost after it";
const FATAL = "counts the fatal zones";
const count1 = mutantsOf("q1", "const count1 = ()", {[FULLEST]: 1, [SPARE]: 1, [FATAL]: 1});
const counts1 = `  const counts = [1, 2, 3, 4].map((zone) => layout1.filter((at) => at === zone).length);
  const fullest = Math.max(...counts);
  const fatal = counts.filter((count) => count > m1).length;`;

const DOUBLES = "doubles three times, with your polynomial";
const ADDS = "adds the multiples that the weight names";
const PRODUCT = "has the right product";
const product2 = mutantsOf("q2", "const product2 = ()", {[DOUBLES]: 1, [ADDS]: 1, [PRODUCT]: 1});
const multiples2 = (polynomial: string, weight: string): string =>
  `  const double = (byte) => (byte < 128 ? 2 * byte : (2 * byte) ^ ${polynomial});
  const multiples = [double(byte2), double(double(byte2)), double(double(double(byte2)))];
  const all = [byte2, ...multiples].filter((_, i) => (${weight}) & (1 << i));
  return [...multiples, all.reduce((sum, each) => sum ^ each, 0)];`;

const STEP = "names the wrong step";
const ROW = "puts the row right";
const wrongMove3 = mutantsOf("q3", "const wrongMove3 = ()", {[STEP]: 2, [ROW]: 1});
const search3 = (
  result: string,
): string => `  const entries = (text) => text.match(/\\d+/g).map(Number);
  const rowsAt = (at) => [trace3[at].row0, trace3[at].row1, trace3[at].row2].map(entries);
  for (let step = 1; step < trace3.length; step++) {
    const {move} = trace3[step];
    const [target, second, source] = entries(move);
    const before = rowsAt(step - 1);
    const printed = rowsAt(step)[target];
    const row = before[target].map((entry, i) => move.includes("↔") ? before[second][i]
      : move.includes("+=") ? entry ^ gfMultiply(second, before[source][i])
        : gfMultiply(second, entry));
    if (String(row) !== String(printed)) return ${result};
  }`;

const LINE = "names the wrong line";
const AT_HAND = "counts what is at hand at that line";
const wrongLine4 = mutantsOf("q4", "const wrongLine4 = ()", {[LINE]: 2, [AT_HAND]: 1});
const search4 = (result: string): string => `  const dead = new Set();
  let dark = -1;
  for (const {line, event, atHand, answer} of log4) {
    const number = Number(event.match(/\\d+/)) - 1;
    if (event.includes("dies")) dead.add(number);
    if (event.includes("rebuilt")) dead.delete(number);
    if (event.includes("dark")) dark = number;
    if (event.includes("back")) dark = -1;
    const present = layout4.map((zone, shard) => !dead.has(shard) && zone !== dark);
    const count = present.filter(Boolean).length;
    const data = present.slice(0, k4).every(Boolean);
    const right = count < k4 ? "refused" : data ? "read" : "decoded";
    if (event === "GET" ? answer !== right : atHand !== count) return ${result};
  }`;

const OUTLIVES = "outlives a zone and a disk, within the bound";
const CHEAPEST = "stores no more than it has to";
const LOSS = "loses a stripe as often as the model says, within 5 %";
const choose5 = mutantsOf("q5", "const choose5 = ()", {[OUTLIVES]: 1, [CHEAPEST]: 2, [LOSS]: 2});
const lossOf5 = (
  code: string,
  rates = "rates5",
): string => `  const [dataShards, parityShards] = ${code};
  const codes = [{dataShards, parityShards}];
  const [row] = zoneLoss({codes, zones: [3], seed: 1, ...${rates}});
  return {code: [dataShards, parityShards], loss: row.annualLoss};`;

const TRIVIAL = "multiplies by 0 and by 1";
const DOUBLE = "doubles every byte, with your polynomial";
const ANY = "multiplies every byte by any other";
const multiply6 = mutantsOf("q6", "const multiply6 = (a: number, b: number): number", {
  ...{[TRIVIAL]: 1, [DOUBLE]: 1, [ANY]: 2},
});

const KILLS = "kills with at most three shards";
const FEWEST = "takes as few shards as possible";
const kill7 = mutantsOf("q7", "const kill7 = ()", {[KILLS]: 2, [FEWEST]: 2});

const ZONES = "outlives the loss of any one zone, and fits the rooms";
const FEW_ZONES = "uses as few zones as possible";
const PROOF = "proves it: every zone's loss is listed, shard by shard";
const repair8 = mutantsOf("q8", "const repair8 = ()", {[ZONES]: 2, [FEW_ZONES]: 1, [PROOF]: 1});
const layout8 = (order: string, most: number, faults: string): string =>
  `  const zones = [1, 2, 3, 4, 5, 6].sort((a, b) => ${order});
  const slots = zones.flatMap((zone) => Array(Math.min(${most}, room8[zone - 1])).fill(zone));
  const layout = [...slots, ...slots].slice(0, 8);
  const used = zones.filter((zone) => layout.includes(zone));
  const faults = used.map((zone) => layout.flatMap((at, i) => (at === zone ? [i + 1] : [])));
  return {layout, faults: ${faults}};`;

const ONE = "restores any one lost shard";
const WITH_PARITY = "restores every pair with a parity shard in it";
const DATA_PAIRS = "restores every pair of data shards";
const REFUSES = "refuses with a RangeError when three are lost";
const SERVES = "serves 40 stripes from the store with two nodes down";
const restore9 = mutantsOf("q9", "const restore9 = (shards: Uint8Array[]): Uint8Array[]", {
  ...{[ONE]: 1, [WITH_PARITY]: 1, [DATA_PAIRS]: 1, [REFUSES]: 1, [SERVES]: 1},
});
const decode9 = (change: {refuse?: string; weight?: string; result?: string} = {}): string => {
  const {refuse = 'if (lost.length > 2) throw new RangeError("too many are lost");'} = change;
  const {weight = "[1, 2, 4, 8]", result = "[...data, ...parity9(data)]"} = change;
  return `  const lost = places9.filter((place) => shards[place] === undefined);
  const zeros = new Uint8Array(shards.find((shard) => shard !== undefined).length);
  ${refuse}
  const [x, y] = lost.filter((place) => place < 4);
  const data = shards.slice(0, 4).map((shard) => shard ?? zeros);
  const [p, q] = parity9(data);
  const sum = p.map((byte, i) => byte ^ (shards[4] ?? p)[i]);
  const weighted = q.map((byte, i) => byte ^ (shards[5] ?? q)[i]);
  const inverse = (of) => bytes6.find((byte) => multiply6(byte, of) === 1);
  const divide = (byte, by) => multiply6(byte, inverse(by));
  const weight = ${weight};
  if (y !== undefined) {
    const by = weight[x] ^ weight[y];
    data[y] = weighted.map((byte, i) => divide(byte ^ multiply6(weight[x], sum[i]), by));
    data[x] = sum.map((byte, i) => byte ^ data[y][i]);
  } else if (x !== undefined) {
    data[x] = shards[4] ? sum : weighted.map((byte) => divide(byte, weight[x]));
  }
  return ${result};`;
};

/**
 * Problem set 3: each wrong solution with the hidden properties that must catch it. Questions 10
 * and 11 are marked by a person. Each fails alike on every seed: none is right by chance.
 */
export const mutants: readonly Mutant[] = [
  count1(
    "counts the emptiest zone",
    `${counts1}\n  return [Math.min(...counts) - 1, m1 - fullest, fatal];`,
    [FULLEST],
  ),
  count1(
    "forgets that the last spare shard counts",
    `${counts1}\n  return [fullest, m1 - fullest - 1, fatal];`,
    [SPARE],
  ),
  count1("takes every zone for fatal", `${counts1}\n  return [fullest, m1 - fullest, 4];`, [FATAL]),
  product2("multiplies in the chapter's field", multiples2("0x11d", "weight2"), [DOUBLES, PRODUCT]),
  product2("adds every multiple", multiples2("polynomial", "15"), [ADDS, PRODUCT]),
  product2("forgets the ninth bit", multiples2("256", "weight2"), [DOUBLES, PRODUCT]),
  wrongMove3("names the step before", search3("{step: step - 1, row}"), [STEP]),
  wrongMove3("repeats the printed row", search3("{step, row: printed}"), [ROW]),
  wrongLine4("names the next line", search4("{line: (line % 11) + 1, atHand: count}"), [
    LINE,
    AT_HAND,
  ]),
  wrongLine4("counts one too many", search4("{line, atHand: count + 1}"), [AT_HAND]),
  choose5("keeps the drawn code", lossOf5("[6, 2]"), [OUTLIVES, CHEAPEST]),
  choose5(
    "takes as many shards as it may",
    lossOf5("[most5 - Math.ceil(most5 / 3) - 1, Math.ceil(most5 / 3) + 1]"),
    [CHEAPEST],
  ),
  choose5(
    "forgets that zones fail",
    lossOf5(
      "(most5 - (most5 % 3)) === 9 ? [5, 4] : most5 < 15 ? [7, 5] : [9, 6]",
      "{...rates5, zoneFailuresPerYear: 0}",
    ),
    [LOSS],
  ),
  multiply6("multiplies numbers", "  return (a * b) % 256;", [DOUBLE, ANY]),
  multiply6("multiplies in the chapter's field", "  return gfMultiply(a, b);", [DOUBLE, ANY]),
  multiply6("adds instead", "  return a ^ b;", [TRIVIAL, DOUBLE, ANY]),
  multiply6(
    "looks at two bits of b",
    "  const twice = a < 128 ? 2 * a : (2 * a) ^ polynomial;\n  return (b & 1 ? a : 0) ^ (b & 2 ? twice : 0);",
    [ANY],
  ),
  kill7("loses the parity", "  return [6, 7, 8];", [KILLS, FEWEST]),
  kill7("loses all but three", "  return [1, 2, 3, 4, 5];", [KILLS, FEWEST]),
  kill7(
    "loses one more than it needs",
    `  const shards = [0, 1, 2, 3, 4, 5, 6, 7];
  const fatal = combinations(shards, 2).find((lost) =>
    generator7.selectRows(shards.filter((shard) => !lost.includes(shard))).rank() < 5);
  return [...fatal.map((shard) => shard + 1), 8];`,
    [FEWEST],
  ),
  repair8("draws four and four", layout8("room8[b - 1] - room8[a - 1]", 4, "faults"), [
    ZONES,
    FEW_ZONES,
  ]),
  repair8("fills the smallest zones first", layout8("room8[a - 1] - room8[b - 1]", 2, "faults"), [
    FEW_ZONES,
  ]),
  repair8("leaves a fault out", layout8("room8[b - 1] - room8[a - 1]", 2, "faults.slice(1)"), [
    PROOF,
  ]),
  restore9("leaves lost parity lost", decode9({result: "[...data, shards[4], shards[5]]"}), [
    ONE,
    WITH_PARITY,
  ]),
  restore9("has the weights 1, 2, 3, 4", decode9({weight: "[1, 2, 3, 4]"}), [
    WITH_PARITY,
    DATA_PAIRS,
    SERVES,
  ]),
  restore9(
    "guesses when three are lost",
    decode9({refuse: "if (lost.length > 2) return shards.map((shard) => shard ?? zeros);"}),
    [REFUSES],
  ),
  restore9(
    "knows exclusive or alone, and gives up with an error",
    decode9({refuse: 'if (lost.length > 1) throw new Error("too many are lost");'}),
    [WITH_PARITY, DATA_PAIRS, REFUSES, SERVES],
  ),
];
