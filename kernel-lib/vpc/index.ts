/**
 * A virtual private cloud: the rules that decide what becomes of a packet, and the bytes that carry it.
 *
 * `RouteTable` says where a packet goes, `SecurityGroup` and `NetworkAcl` whether it may,
 * `NetworkInterface` whether it is its own, `MappingService` on which host the next hop is,
 * `VxlanOverlay` takes it there, `FlowLog` writes down what was seen. `ConnectionTracker` remembers
 * flows, `InternetGateway` and `NatGateway` translate addresses. Each answer says why.
 *
 * Sources: Amazon VPC and EC2 User Guides, named section by section in each file; RFC 7348 for the
 * overlay. Fidelity: what a customer can see is public; how AWS does it inside is inferred where it
 * is said at all. IPv4 only.
 */
export {PrefixTrie} from "./prefix-trie.js";
export {
  formatRoute,
  formatRouteTarget,
  ROUTE_LIMITS,
  ROUTE_PRIORITY,
  UNROUTABLE_BLOCK,
} from "./route.js";
export type {Route, RouteOrigin, RouteTarget, RouteTargetKind} from "./route.js";
export {RouteMatch} from "./route-match.js";
export type {LostRoute, RouteExplainer} from "./route-match.js";
export {RouteTable} from "./route-table.js";
export type {NewRoute, PrefixListRoute, RouteTableOptions} from "./route-table.js";
export {packetSummary} from "./packet-summary.js";
export type {PacketSummary} from "./packet-summary.js";
export type {Direction, Traffic} from "./traffic.js";
export {unfilteredService} from "./unfiltered.js";
export type {UnfilteredService} from "./unfiltered.js";
export {ALLOW_ALL_OUTBOUND, SECURITY_GROUP_LIMITS, SecurityGroup} from "./security-group.js";
export type {SecurityGroupOptions, SecurityGroupRule} from "./security-group.js";
export {evaluateSecurityGroups} from "./evaluate-security-groups.js";
export type {SecurityGroupRequest, SecurityGroupVerdict} from "./evaluate-security-groups.js";
export {NETWORK_ACL_LIMITS, NetworkAcl} from "./network-acl.js";
export type {
  NetworkAclOptions,
  NetworkAclRequest,
  NetworkAclRule,
  NetworkAclVerdict,
} from "./network-acl.js";
export {RESERVED_OFFSETS, reservedFor} from "./reserved-addresses.js";
export type {ReservedAddress} from "./reserved-addresses.js";
export {NetworkInterface} from "./network-interface.js";
export type {InterfaceVerdict, NetworkInterfaceOptions} from "./network-interface.js";
export {MappingService} from "./mapping-service.js";
export type {Host, Mapping, MappingServiceOptions, VpcAddress} from "./mapping-service.js";
export {answerArp, ROUTER_MAC} from "./answer-arp.js";
export type {ArpQuestion} from "./answer-arp.js";
export {VXLAN_OVERHEAD_BYTES, VxlanOverlay} from "./vxlan-overlay.js";
export type {
  Decapsulated,
  Encapsulated,
  OverlayDrop,
  OverlayDropped,
  VxlanOverlayOptions,
} from "./vxlan-overlay.js";
export {FLOW_LOG_FIELDS, flowLogRecord, parseFlowLogRecord} from "./flow-log-record.js";
export type {
  FlowLogData,
  FlowLogGap,
  FlowLogRecord,
  FlowLogRecordHeader,
} from "./flow-log-record.js";
export {FLOW_LOG_WINDOW_MS, FlowLog} from "./flow-log.js";
export type {FlowLogOptions, LoggedPacket} from "./flow-log.js";
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
export {routeTargetOf} from "./vpc-description.js";
export type {
  InterfaceDescription,
  NatGatewayDescription,
  RouteDescription,
  RouteTableDescription,
  SubnetDescription,
  VpcDescription,
} from "./vpc-description.js";
export {InterfaceFilter} from "./interface-filter.js";
export type {FilterRequest} from "./interface-filter.js";
export {VpcParts} from "./vpc-parts.js";
export type {VpcInterface, VpcNatGateway, VpcSubnet} from "./vpc-parts.js";
export {formatTrace} from "./vpc-trace.js";
export type {TraceStage, VpcResult, VpcStage} from "./vpc-trace.js";
export {Vpc} from "./vpc.js";
