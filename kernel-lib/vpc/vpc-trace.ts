/**
 * What became of a packet in a VPC, stage by stage, with the reason of each.
 *
 * Fidelity: the stages a customer can configure are public; that of the overlay is inferred.
 */

/** A place at which something is decided about a packet, or done to it. */
export type VpcStage =
  | "headers"
  | "arp"
  | "source/destination check"
  | "service of AWS"
  | "security group outbound"
  | "network ACL outbound"
  | "route"
  | "mtu"
  | "encapsulation"
  | "decapsulation"
  | "internet gateway"
  | "nat gateway"
  | "network ACL inbound"
  | "security group inbound";

/** One stage of a packet's way. */
export interface TraceStage {
  readonly stage: VpcStage;
  /** What decided: an interface, subnet, route table or gateway by its id, a host by its address. */
  readonly at: string;
  readonly decision: "pass" | "drop" | "change";
  readonly reason: string;
  /** The bytes before and after a change: copies. */
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
}

/**
 * What became of a frame.
 *
 * * delivered: it came to an interface of the VPC, `eniId`, as `frame`
 * * sent: it left the VPC by `via`, as `frame`; cut into `fragments` if it was too long
 * * answered: in place of its destination the network answered, and `answer` came to `eniId`
 * * dropped: the last stage that says "drop" tells why
 */
export interface VpcResult {
  readonly verdict: "delivered" | "sent" | "dropped" | "answered";
  /** That of the stage that settled it. */
  readonly reason: string;
  readonly trace: readonly TraceStage[];
  readonly frame?: Uint8Array;
  readonly fragments?: readonly Uint8Array[];
  /** The interface that the frame, or its answer, came to. */
  readonly eniId?: string;
  /** The gateway, or the service of AWS. */
  readonly via?: string;
  readonly answer?: Uint8Array;
}

/** Where a stage is, and what is said there. */
export interface TraceNote {
  readonly stage: VpcStage;
  readonly at: string;
  readonly reason: string;
}

/** A trace while it is written. */
export class VpcTrace {
  readonly stages: TraceStage[] = [];

  pass(note: TraceNote): void {
    this.stages.push({...note, decision: "pass"});
  }

  /** @returns the result: nothing comes after a drop */
  drop(note: TraceNote): VpcResult {
    this.stages.push({...note, decision: "drop"});
    return {verdict: "dropped", reason: note.reason, trace: this.stages};
  }

  /** Notes a drop if `allowed` is false, else a pass. @returns the result of a drop */
  judge(note: TraceNote, allowed: boolean): VpcResult | undefined {
    if (!allowed) return this.drop(note);
    this.pass(note);
    return undefined;
  }

  change(note: TraceNote, before: Uint8Array, after: Uint8Array): void {
    this.stages.push({...note, decision: "change", before: before.slice(), after: after.slice()});
  }

  /** @param more frame, interface or gateway */
  end(verdict: "delivered" | "sent" | "answered", more: Partial<VpcResult>): VpcResult {
    const reason = this.stages.at(-1)?.reason ?? "";
    return {...more, verdict, reason, trace: this.stages};
  }
}

/**
 * A trace as text, a line for each stage.
 *
 * @example
 * import {formatTrace} from "kernel-lib/vpc";
 * formatTrace([{stage: "route", at: "rtb-1", decision: "drop", reason: "no route to 192.0.2.1"}])
 * // => '1 route at rtb-1: drop, no route to 192.0.2.1'
 */
export function formatTrace(trace: readonly TraceStage[]): string {
  return trace
    .map(({stage, at, decision, reason}, n) => `${n + 1} ${stage} at ${at}: ${decision}, ${reason}`)
    .join("\n");
}
