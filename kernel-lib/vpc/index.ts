/** A virtual private cloud: connection tracking, the two gateways, and path MTU. */
export {ConnectionTracker} from "./connection-tracker.js";
export type {ConnectionTrackerOptions} from "./connection-tracker.js";
export type {TrackedFlows, TrackerCounters} from "./connection-tracker-flows.js";
export type {FlowTable} from "./connection-tracker-table.js";
export type {FlowTuple, TrackedFlow} from "./connection-tracker-flow.js";
export type {TrackVerdict} from "./connection-tracker-verdict.js";
export {stepTcp, TCP_STATES, tcpEvent} from "./tcp-state.js";
export type {FlowDirection, TcpEvent, TcpState, TcpStep} from "./tcp-state.js";
export {
  LINUX_6_TIMEOUTS,
  NAT_GATEWAY_TIMEOUTS,
  NITRO_5_TIMEOUTS,
  NITRO_6_TIMEOUTS,
  withTimeouts,
} from "./timeout-profiles.js";
export type {TimeoutName, TimeoutProfile} from "./timeout-profiles.js";
export {icmpError, isIcmpError, MAX_ICMP_ERROR_BYTES, readQuote} from "./icmp-errors.js";
export type {IcmpErrorParts, QuotedPacket} from "./icmp-errors.js";
export {NatGateway} from "./nat-gateway.js";
export type {NatCounters, NatGatewayOptions, NatVerdict} from "./nat-gateway.js";
export type {NatAddresses} from "./nat-gateway-addresses.js";
export type {Destination, PortAllocator, PortRange} from "./nat-gateway-ports.js";
export {MAX_ADDRESSES, NAT_PORTS} from "./nat-gateway-ports.js";
export {InternetGateway} from "./internet-gateway.js";
export type {GatewayVerdict, PublicAddress} from "./internet-gateway.js";
export {fragmentFrame, INTERNET_GATEWAY_MTU, limitToMtu, PathMtu, VPC_MTU} from "./path-mtu.js";
export type {MtuVerdict} from "./path-mtu.js";
