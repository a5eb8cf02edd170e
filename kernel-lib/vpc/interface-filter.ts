import {FrameView, IP_PROTOCOL} from "../packet/index.js";
import type {ConnectionTracker} from "./connection-tracker.js";
import {evaluateSecurityGroups} from "./evaluate-security-groups.js";
import type {SecurityGroupRequest, SecurityGroupVerdict} from "./evaluate-security-groups.js";
import type {InterfaceVerdict} from "./network-interface.js";
import type {PacketSummary} from "./packet-summary.js";

/** A packet at an interface, and what the rules of its groups refer to. */
export interface FilterRequest extends SecurityGroupRequest {
  readonly frame: Uint8Array;
}

/**
 * The security groups of an interface at work: rules for what begins, a tracker for what goes on.
 *
 * ```
 * packet of a tracked flow ──▶ passes, whatever the rules say by now
 * any other ──▶ rules: denied ──▶ dropped
 *                      allowed, tracked   ──▶ passes and opens a flow
 *                      allowed, untracked ──▶ passes, and nothing is remembered
 * ```
 *
 * The reply of an untracked flow is untracked too: it opens no flow, so that the flow ends with its
 * rule.
 *
 * Source: EC2 User Guide, "Security group connection tracking"; "Network MTU for your instance" (an
 * ICMP error needs a rule of its own). Fidelity: public as to which flows outlive their rule.
 * Inferred: only a SYN opens a tracked TCP flow, since otherwise the answer to a packet that is no
 * longer let in would open the way again; a SYN on a closed flow is judged by the rules; what fits
 * no flow and is allowed passes. Simplified: later fragments have no ports, so only rules without
 * ports let them pass.
 */
export class InterfaceFilter {
  readonly tracker: ConnectionTracker;
  private readonly view = new FrameView();

  /** @param tracker of this interface alone, with `tcpLoose: false` */
  constructor(tracker: ConnectionTracker) {
    this.tracker = tracker;
  }

  /**
   * Decides about a packet with IPv4, and takes note of it if its flow is tracked.
   *
   * @throws CorruptionError if the frame cannot be read
   * @throws RangeError if time goes back
   */
  judge(request: FilterRequest, nowMs: number): InterfaceVerdict {
    const view = this.view.read(request.frame);
    const {tracker} = this;
    const flow = this.tracker.lookup(view, nowMs);
    const known = tracker.flowOf(view);
    if (known !== undefined && flow.kind !== "invalid" && !reopens(view, known.state)) {
      return {allowed: true, reason: `of a tracked flow: ${tracker.track(view, nowMs).reason}`};
    }
    const rules = evaluateSecurityGroups(request);
    if (!rules.allowed || !rules.tracked) return rules;
    if (!request.alwaysTracked && answersUntracked(request)) {
      return {allowed: true, reason: `${rules.reason.replace(/; tracked$/, "")}; ${UNTRACKED}`};
    }
    const {kind, reason} = tracker.track(view, nowMs);
    if (kind === "tableFull") return {allowed: false, reason: `${rules.reason}, but ${reason}`};
    if (kind === "new") return rules;
    return {allowed: true, reason: `${rules.reason} if it opened a flow: ${reason}`};
  }
}

const UNTRACKED = "untracked like the flow it answers";

/** States in which a SYN begins another connection. */
const CLOSED: ReadonlySet<string> = new Set(["TIME_WAIT", "CLOSE", "LAST_ACK"]);
const SYN_AND_ACK = 0x12;
const SYN = 0x02;

function reopens({tcpFlags}: FrameView, state: string): boolean {
  return (tcpFlags & SYN_AND_ACK) === SYN && CLOSED.has(state);
}

/** Whether the same packet the other way round would be of an untracked flow. */
function answersUntracked(request: FilterRequest): boolean {
  const {packet, direction} = request;
  if (packet.protocol !== IP_PROTOCOL.tcp && packet.protocol !== IP_PROTOCOL.udp) return false;
  const back: SecurityGroupVerdict = evaluateSecurityGroups({
    ...request,
    direction: direction === "inbound" ? "outbound" : "inbound",
    packet: turned(packet),
  });
  return back.allowed && !back.tracked;
}

function turned(packet: PacketSummary): PacketSummary {
  const {source, destination, sourcePort, destinationPort} = packet;
  return {
    protocol: packet.protocol,
    source: destination,
    destination: source,
    sourcePort: destinationPort,
    destinationPort: sourcePort,
  };
}
