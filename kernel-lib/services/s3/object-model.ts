import {keyedRegisterModel} from "../../replication/index.js";
import type {SequentialModel, StepResult} from "../../replication/index.js";
import type {PutCondition} from "./object-record.js";

/** A request for one object, as the check of a history sees it. */
export type ObjectInput =
  | ({kind: "put"; key: string; etag: string} & PutCondition)
  | {kind: "get"; key: string}
  | {kind: "delete"; key: string};

/** `put`: 200, 404 or 412. `get`: the ETag, or null where there is no object. `delete`: not looked at. */
export type ObjectOutput = number | string | null | undefined;

/**
 * What S3 promises for one key since December 2020, as a sequential object: a register of the ETag
 * with conditional writes. Hand it to `checkLinearizable`.
 *
 * Source: Amazon S3 User Guide, "Amazon S3 data consistency model"; "Conditional requests".
 * Fidelity: public.
 *
 * @example
 * import {checkLinearizable} from "kernel-lib/replication";
 * import {objectModel} from "kernel-lib/services/s3";
 * const history = [
 *   {input: {kind: "put", key: "k", etag: "a", ifNoneMatch: "*"}, output: 200, callMs: 0, returnMs: 9},
 *   {input: {kind: "put", key: "k", etag: "b", ifNoneMatch: "*"}, output: 200, callMs: 1, returnMs: 8},
 * ];
 * checkLinearizable(objectModel(), history).linearizable // => false
 */
export function objectModel(): SequentialModel<string | null, ObjectInput, ObjectOutput> {
  return keyedRegisterModel<string | null, ObjectInput, ObjectOutput>({
    initial: null,
    write,
    describe,
  });
}

function write(
  state: string | null,
  input: Exclude<ObjectInput, {kind: "get"}>,
  output: ObjectOutput,
): StepResult<string | null> {
  if (input.kind === "delete") return {ok: true, state: null};
  const status = expectedStatus(state, input);
  return {
    ok: output === undefined || output === status,
    state: status === 200 ? input.etag : state,
  };
}

function expectedStatus(state: string | null, {ifNoneMatch, ifMatch}: PutCondition): number {
  if (ifNoneMatch !== undefined && state !== null) return 412;
  if (ifMatch === undefined) return 200;
  if (state === null) return 404;
  return ifMatch === state ? 200 : 412;
}

function describe(input: ObjectInput, output: ObjectOutput): string {
  const answer = output === null ? "404" : (output ?? "?");
  if (input.kind !== "put") return `${input.kind}(${input.key}) → ${answer}`;
  const {key, etag, ifNoneMatch, ifMatch} = input;
  const condition = ifMatch ?? ifNoneMatch;
  const header = ifMatch !== undefined ? "if-match" : "if-none-match";
  return `put(${key}, ${etag}${condition ? `, ${header}: ${condition}` : ""}) → ${answer}`;
}
