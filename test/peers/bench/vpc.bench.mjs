// Longest-prefix match in route tables, by number of routes, against npm's packages for it.
import assert from "node:assert/strict";
import {Cidr, formatIpv4Address} from "kernel-lib/packet";
import {Random} from "kernel-lib/random";
import {RouteTable} from "kernel-lib/vpc";
import {compare, inProcess} from "./harness.mjs";
import {openRoutePeers} from "./route-peers.mjs";

/** The goals, ours ÷ peer, at 100,000 routes: numbers against their texts, and texts against texts. */
const NUMBER_GOALS = {"arkime-iptrie": 40, "longest-prefix-match": 40};
const TEXT_GOALS = {"arkime-iptrie": 3, "longest-prefix-match": 3};
const SIZES = [50, 1000, 100_000];
const MOST_BYTES = 8e6;
/** A power of two. */
const LOOKUPS = 65_536;
const SEED = 7;

export const title = "route tables, look-ups per second";
export const unit =
  "Rates in look-ups a second of processor time, of 65,536 addresses in turn. Routes to blocks of " +
  "8 to 32 bits, drawn evenly; half of the addresses lie in one of the blocks, half anywhere.";
export const notes = [
  "All contestants are asserted to find the same route for 2,000 addresses.",
  "targetOf(number): what a forwarding plane asks; it gives the target, as the peers give the value " +
    "stored. lookup(number) makes an object that can also explain; lookup(text) reads the address " +
    "first. The peers take texts only, so the rows of numbers show what not writing texts saves.",
  "ipaddr.js has no table: its row is the loop over all blocks, the longest first.",
];

/**
 * Our doors, each in a loop of its own: in one that all contestants share the compiler could not put
 * a look-up into its place, which costs as much as the look-up. To the peers it makes no difference.
 */
const DOORS = [
  ["targetOf(number)", countTargets, NUMBER_GOALS],
  ["lookup(number)", countNumbers, {}],
  ["lookup(text)", countTexts, TEXT_GOALS],
];
let found = 0;

function countTargets(table, numbers, calls) {
  for (let i = 0; i < calls; i++) {
    if (table.targetOf(numbers[i & (LOOKUPS - 1)]) !== undefined) found++;
  }
}

function countNumbers(table, numbers, calls) {
  for (let i = 0; i < calls; i++) {
    if (table.lookup(numbers[i & (LOOKUPS - 1)])?.target !== undefined) found++;
  }
}

function countTexts(table, texts, calls) {
  for (let i = 0; i < calls; i++) {
    if (table.lookup(texts[i & (LOOKUPS - 1)])?.target !== undefined) found++;
  }
}

export async function run() {
  const peers = openRoutePeers();
  const rows = [];
  for (const size of SIZES) rows.push(...(await contests(size, peers)));
  notes.push(memoryNote());
  return {
    peers: peers.map(({label, missing}) => label ?? missing),
    tables: [{title: "Look-ups by number of routes", rows}],
  };
}

async function contests(size, peers) {
  const random = new Random(SEED);
  const routes = randomRoutes(size, random);
  const table = loadOurs(routes);
  const numbers = randomAddresses(routes, random);
  const texts = Array.from(numbers, formatIpv4Address);
  const finders = peers
    .filter(({load}) => load)
    .map(({name, load, asked = (text) => text}) => ({
      ...{name, find: load(routes)},
      texts: texts.map(asked),
    }));
  for (const finder of finders) assertAgree(table, texts, finder);
  const theirs = finders.map((finder) => inTurn(finder.name, finder.texts, finder.find));
  const isLargest = size === SIZES.at(-1);
  const rows = [];
  for (const [what, count, goals] of DOORS) {
    const asked = what.includes("text") ? texts : numbers;
    const ours = inProcess({
      name: "ours",
      work: 1,
      runCalls: (calls) => count(table, asked, calls),
    });
    const results = await compare([ours, ...theirs]);
    const label = `${size.toLocaleString("en-US")} routes, ${what}`;
    rows.push({label, results, goals: isLargest ? goals : {}});
  }
  return rows;
}

/** A peer, asked for one address after the other. */
function inTurn(name, asked, find) {
  const runCalls = (calls) => {
    for (let i = 0; i < calls; i++) {
      if (find(asked[i & (LOOKUPS - 1)]) !== undefined) found++;
    }
  };
  return inProcess({name, work: 1, runCalls});
}

function randomRoutes(size, random) {
  const routes = new Map();
  while (routes.size < size) {
    const length = random.integer({min: 8, max: 32});
    const block = new Cidr(random.integer({min: 0, max: 2 ** 32 - 1}), length);
    // What AWS keeps for itself, no table of ours takes.
    if (block.overlaps(Cidr.parse("169.254.168.0/22"))) continue;
    routes.set(String(block), block);
  }
  return [...routes.values()].map((block, value) => ({
    ...{text: String(block), address: formatIpv4Address(block.network)},
    ...{length: block.prefixLength, block, value: `eni-${value % 1000}`},
  }));
}

function randomAddresses(routes, random) {
  const numbers = new Uint32Array(LOOKUPS);
  for (const index of numbers.keys()) {
    const {block} = routes[random.integer({min: 0, max: routes.length - 1})];
    const anywhere = random.integer({min: 0, max: 2 ** 32 - 1});
    numbers[index] = index & 1 ? anywhere : block.network + (anywhere % block.size);
  }
  return numbers;
}

function loadOurs(routes) {
  const table = new RouteTable({maxRoutes: Infinity});
  for (const {block, value} of routes) {
    table.add({destination: block, target: {kind: "networkInterface", id: value}});
  }
  return table;
}

function assertAgree(table, texts, {name, find, texts: asked}) {
  for (let index = 0; index < (name === "ipaddr.js" ? 50 : 2000); index++) {
    const route = table.lookup(texts[index])?.route;
    if (route?.origin === "reserved") continue;
    assert.equal(
      find(asked[index]),
      route?.target.id,
      `${name}: another route for ${texts[index]}`,
    );
  }
}

/** Memory of the table alone, measured by the process's own account where it lets us collect. */
function memoryNote() {
  const routes = randomRoutes(SIZES.at(-1), new Random(SEED));
  globalThis.gc?.();
  const before = process.memoryUsage();
  const table = loadOurs(routes);
  globalThis.gc?.();
  const after = process.memoryUsage();
  const measured = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  const mb = (bytes) => (bytes / 1e6).toFixed(1);
  assert.ok(table.sizeBytes <= MOST_BYTES, `the table takes ${table.sizeBytes} bytes`);
  const process_ = globalThis.gc ? `, ${mb(measured)} MB by the process's own account` : "";
  return `100,000 routes take ${mb(table.sizeBytes)} MB of arrays${process_} (goal ≤ 8 MB).`;
}
