/**
 * The published histories of porcupine (A. Athalye, MIT licence, commit 55508eb): 102 Jepsen runs
 * against etcd and six runs of a key-value store, with the verdicts in its porcupine_test.go. The
 * data is not ours, so it is not committed; the verdicts are facts.
 */
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {checkLinearizable, keyValueModel, registerModel} from "kernel-lib/replication";
import type {
  KeyValueInput,
  KeyValueOutput,
  Operation,
  RegisterInput,
  RegisterOutput,
  RegisterValue,
  SequentialModel,
} from "kernel-lib/replication";
import {describe, expect} from "vitest";
import {ROOT} from "../../binder/setup.mjs";
import {recordMeasured} from "../support/measured.js";
import {itNeeds} from "../support/needs.js";

const DATA = join(ROOT, "build", "judges", "porcupine", "test_data");
const INSTALL = "git clone https://github.com/anishathalye/porcupine build/judges/porcupine";
const found = existsSync(DATA);

/** The logs that are linearizable; every other number in 0…102 is not. Log 95 is empty: no verdict. */
const LINEARIZABLE_LOGS = [
  ...[2, 5, 7, 18, 25, 31, 38, 45, 48, 49, 51, 53, 56, 67, 75, 76, 80, 87, 92, 98, 100, 101, 102],
];
const LOGS = Array.from({length: 103}, (_, log) => log).filter((log) => log !== 95);

describe("checkLinearizable() on porcupine's histories", () => {
  itNeeds(
    found,
    "porcupine's test_data",
    INSTALL,
    "agrees on all Jepsen runs of etcd",
    (context) => {
      const model = registerModel();
      const verdicts = LOGS.map((log) => {
        const path = join(DATA, "jepsen", `etcd_${String(log).padStart(3, "0")}.log`);
        return checkLinearizable(model, readEtcdLog(readFileSync(path, "utf8"))).linearizable;
      });
      recordMeasured(context, `${verdicts.length} runs; log 95 is empty, without a verdict`);
      expect(verdicts).toEqual(LOGS.map((log) => LINEARIZABLE_LOGS.includes(log)));
    },
  );

  const kvLogs = ["c01", "c10", "c50"].flatMap((clients) =>
    ["ok", "bad"].map((verdict) => ({name: `${clients}-${verdict}`, verdict: verdict === "ok"})),
  );
  for (const {name, verdict} of kvLogs) {
    itNeeds(found, "porcupine's test_data", INSTALL, `agrees on the store's log ${name}`, () => {
      const history = readKeyValueLog(readFileSync(join(DATA, "kv", `${name}.txt`), "utf8"));
      const result = checkLinearizable(keyValueModel({missing: ""}), history);
      expect(result.linearizable, result.explanation).toBe(verdict);
    });
    if (name.startsWith("c50")) continue;
    itNeeds(found, "porcupine's test_data", INSTALL, `agrees on ${name} not cut by key`, () => {
      const history = readKeyValueLog(readFileSync(join(DATA, "kv", `${name}.txt`), "utf8"));
      const result = checkLinearizable(wholeStore, history, {maxSteps: 50_000_000});
      expect(result.linearizable, result.explanation).toBe(verdict);
    });
  }
});

/** All keys in one state, as text: much harder, since the parts are searched together. */
const oneKey = keyValueModel({missing: ""});
const wholeStore: SequentialModel<ReadonlyMap<string, string>, KeyValueInput, KeyValueOutput> = {
  init: () => new Map(),
  step(state, input, output) {
    const before = state.get(input.key) ?? "";
    const {ok, state: after} = oneKey.step(before, input, output);
    return {ok, state: after === before ? state : new Map(state).set(input.key, after ?? "")};
  },
  readOnly: ({kind}) => kind === "get",
  equal: (left, right) =>
    left.size === right.size && [...left].every(([key, value]) => right.get(key) === value),
  hash: (state) => [...state.values()].reduce((sum, value) => sum + value.length, 0),
};

type Call = Operation<RegisterInput, RegisterOutput>;

/** `INFO  jepsen.util - 3 :invoke :cas [1 2]`; time is the number of the line. */
function readEtcdLog(text: string): Call[] {
  const open = new Map<string, Call>();
  const history: Call[] = [];
  text.split("\n").forEach((line, callMs) => {
    const [, client, type, kind, value] =
      /^INFO\s+jepsen\.util\s+-\s+(\d+)\s+:(invoke|ok|fail)\s+:(read|write|cas)\s+(.*)$/.exec(
        line,
      ) ?? [];
    if (client === undefined) return;
    if (type === "invoke") {
      const call = {input: readInput(kind!, value!), callMs, client};
      open.set(client, call);
      history.push(call);
      return;
    }
    // A read that timed out may have read anything, and others that time out never return.
    const timedOut = value!.includes(":timed-out");
    if (timedOut && kind !== "read") return;
    const call = open.get(client)!;
    open.delete(client);
    call.returnMs = callMs;
    if (kind === "read" && !timedOut) call.output = value === "nil" ? null : Number(value);
    if (kind === "cas") call.output = type === "ok";
  });
  return history;
}

function readInput(kind: string, value: string): RegisterInput {
  if (kind === "read") return {kind};
  if (kind === "write") return {kind, value: Number(value)};
  const [from, to] = /\d+ \d+/.exec(value)![0].split(" ").map(Number) as [
    RegisterValue,
    RegisterValue,
  ];
  return {kind: "cas", from, to};
}

/** `{:process 5, :type :invoke, :f :append, :key "9", :value "x 5 0 y"}` */
function readKeyValueLog(text: string): Operation<KeyValueInput, KeyValueOutput>[] {
  const open = new Map<string, Operation<KeyValueInput, KeyValueOutput>>();
  const history: Operation<KeyValueInput, KeyValueOutput>[] = [];
  text.split("\n").forEach((line, callMs) => {
    const [, client, type, kind, key, value] =
      /^\{:process (\d+), :type :(\w+), :f :(\w+), :key "(.*)", :value (?:nil|"(.*)")\}$/.exec(
        line,
      ) ?? [];
    if (client === undefined) return;
    if (type === "invoke") {
      const input = kind === "get" ? {kind, key} : {kind, key, value};
      const call = {input: input as KeyValueInput, callMs, client};
      open.set(client, call);
      history.push(call);
      return;
    }
    const call = open.get(client)!;
    call.returnMs = callMs;
    if (kind === "get") call.output = value!;
  });
  return history;
}
