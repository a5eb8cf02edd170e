/**
 * The parts of a VPC, made from its description and connected to each other.
 *
 * Every interface and gateway lives on a host of the provider. The Internet gateway has no address
 * in the VPC, so in the mapping it stands under a link-local one: `invented for teaching`.
 */
import {Cidr} from "../packet/index.js";
import {ConnectionTracker} from "./connection-tracker.js";
import {InterfaceFilter} from "./interface-filter.js";
import {InternetGateway} from "./internet-gateway.js";
import {MappingService} from "./mapping-service.js";
import type {Host} from "./mapping-service.js";
import {NatGateway} from "./nat-gateway.js";
import {NetworkAcl} from "./network-acl.js";
import {NetworkInterface} from "./network-interface.js";
import {RouteTable} from "./route-table.js";
import {SecurityGroup} from "./security-group.js";
import {NITRO_6_TIMEOUTS} from "./timeout-profiles.js";
import {routeTargetOf} from "./vpc-description.js";
import type {
  InterfaceDescription,
  NatGatewayDescription,
  RouteTableDescription,
  SubnetDescription,
  VpcDescription,
} from "./vpc-description.js";
import {VxlanOverlay} from "./vxlan-overlay.js";

/** A subnet with what decides about its packets. */
export interface VpcSubnet {
  readonly id: string;
  readonly cidr: Cidr;
  readonly routeTableId: string;
  readonly routeTable: RouteTable;
  readonly networkAcl: NetworkAcl;
}

/** An interface of a VPC with its filter, on its host. */
export interface VpcInterface {
  readonly eni: NetworkInterface;
  readonly groups: readonly SecurityGroup[];
  readonly filter: InterfaceFilter;
  readonly subnet: VpcSubnet;
  readonly host: Host;
}

/** A NAT gateway of a VPC in its subnet, on its host. */
export interface VpcNatGateway {
  readonly id: string;
  readonly gateway: NatGateway;
  /** Its first private address. */
  readonly address: string;
  readonly subnet: VpcSubnet;
  readonly host: Host;
}

/** The address that stands for the Internet gateway in the mapping. */
export const INTERNET_GATEWAY_ADDRESS = "169.254.0.4";
/** The host at which frames enter and leave the VPC. */
export const EDGE_HOST: Host = {address: "192.168.255.254", mac: "02:aa:00:00:ff:fe"};
const EDGE_MAC = "02:00:00:00:ff:fe";

/** See the head of the file. */
export class VpcParts {
  readonly cidr: Cidr;
  readonly securityGroups: ReadonlyMap<string, SecurityGroup>;
  readonly networkAcls: ReadonlyMap<string, NetworkAcl>;
  readonly prefixLists: ReadonlyMap<string, readonly Cidr[]>;
  readonly routeTables: ReadonlyMap<string, RouteTable>;
  readonly subnets: ReadonlyMap<string, VpcSubnet>;
  readonly interfaces: ReadonlyMap<string, VpcInterface>;
  readonly natGateways: ReadonlyMap<string, VpcNatGateway>;
  readonly internetGateway: InternetGateway | undefined;
  readonly mapping: MappingService;
  readonly overlay: VxlanOverlay;

  /**
   * @throws TypeError if something names what is not there
   * @throws RangeError or SyntaxError as the parts
   */
  constructor(readonly description: VpcDescription) {
    const {id, internetGateway, propagationDelayMs = 0, vni = 0xabcde} = description;
    this.cidr = Cidr.parse(description.cidr);
    const acls = [{id: DEFAULT_ACL}, ...(description.networkAcls ?? [])];
    this.networkAcls = byId(acls, (acl) =>
      acl.id === DEFAULT_ACL ? NetworkAcl.default(acl.id) : new NetworkAcl(acl),
    );
    this.securityGroups = byId(description.securityGroups, (group) => new SecurityGroup(group));
    this.prefixLists = new Map(
      Object.entries(description.prefixLists ?? {}).map(([list, entries]) => [
        list,
        entries.map((entry) => Cidr.parse(entry)),
      ]),
    );
    this.routeTables = byId(description.routeTables, (table) => this.routeTable(table));
    this.mapping = new MappingService({propagationDelayMs});
    this.subnets = byId(description.subnets, (subnet) => this.subnet(subnet));
    let hosts = 0;
    const nextHost = (): Host => numberedHost(++hosts);
    this.interfaces = byId(description.interfaces, (eni, n) => this.interface(eni, n, nextHost));
    this.natGateways = byId(description.natGateways ?? [], (nat, n) =>
      this.natGateway(nat, n, nextHost()),
    );
    this.internetGateway = internetGateway && new InternetGateway(internetGateway.addresses);
    if (internetGateway !== undefined) this.placeInternetGateway(internetGateway.id);
    this.overlay = new VxlanOverlay({
      mapping: this.mapping,
      vnis: {[id]: vni},
      gatewayHosts: this.gatewayHosts(),
    });
  }

  /** Whether an address is one of an interface of a group. */
  readonly isMember = (groupId: string, address: number): boolean =>
    [...this.interfaces.values()].some(
      ({eni}) => eni.securityGroupIds.includes(groupId) && eni.hasAddress(address),
    );

  private routeTable({id, routes = []}: RouteTableDescription): RouteTable {
    const table = new RouteTable({localCidrs: [this.cidr]});
    for (const {destination, target: targetId} of routes) {
      this.needTarget(targetId, id);
      const target = routeTargetOf(targetId);
      const isList = destination.startsWith("pl-");
      if (!isList) table.add({destination, target});
      else {
        const entries = get(this.prefixLists, destination, `route table ${id}`);
        table.addPrefixList({prefixListId: destination, entries, target});
      }
    }
    return table;
  }

  private needTarget(id: string, tableId: string): void {
    const {internetGateway, natGateways = [], interfaces, attachments = []} = this.description;
    const there = [...natGateways, ...interfaces, ...(internetGateway ? [internetGateway] : [])];
    const ids = [...there.map((one) => one.id), ...attachments, "blackhole"];
    if (ids.includes(id)) return;
    throw new TypeError(
      `Cannot make route table ${tableId}: need a target ${ids.join(", ")}, got ${id}`,
    );
  }

  private subnet(subnet: SubnetDescription): VpcSubnet {
    const {id, routeTableId, networkAclId = DEFAULT_ACL} = subnet;
    const cidr = Cidr.parse(subnet.cidr);
    if (!this.cidr.covers(cidr)) {
      throw new RangeError(`Cannot make subnet ${id}: need a part of ${this.cidr}, got ${cidr}`);
    }
    this.mapping.addSubnet({vpcId: this.description.id, subnetId: id, cidr});
    const routeTable = get(this.routeTables, routeTableId, `subnet ${id}`);
    const networkAcl = get(this.networkAcls, networkAclId, `subnet ${id}`);
    return {id, cidr, routeTableId, routeTable, networkAcl};
  }

  private interface(one: InterfaceDescription, n: number, nextHost: () => Host): VpcInterface {
    const {mac = `02:00:00:00:00:${hexByte(n + 1)}`, timeouts = NITRO_6_TIMEOUTS, maxFlows} = one;
    const eni = new NetworkInterface({...one, mac});
    const subnet = get(this.subnets, eni.subnetId, `interface ${eni.id}`);
    const groups = eni.securityGroupIds.map((group) =>
      get(this.securityGroups, group, `interface ${eni.id}`),
    );
    const tracker = new ConnectionTracker({
      timeouts,
      tcpLoose: false,
      ...(maxFlows === undefined ? {} : {maxFlows}),
    });
    const host = one.host ?? nextHost();
    this.register(eni.id, mac, eni.privateAddresses, subnet, host);
    return {eni, groups, filter: new InterfaceFilter(tracker), subnet, host};
  }

  private natGateway(nat: NatGatewayDescription, n: number, host: Host): VpcNatGateway {
    const {id, subnetId, addresses} = nat;
    const subnet = get(this.subnets, subnetId, `NAT gateway ${id}`);
    const gateway = new NatGateway(nat);
    this.register(id, `02:00:00:00:01:${hexByte(n + 1)}`, addresses, subnet, host);
    return {id, gateway, address: addresses[0]!, subnet, host};
  }

  private register(
    eniId: string,
    mac: string,
    addresses: readonly string[],
    subnet: VpcSubnet,
    host: Host,
  ): void {
    for (const address of addresses) {
      const at = {vpcId: this.description.id, address};
      if (!subnet.cidr.contains(address) || this.mapping.current(at) !== undefined) {
        throw new RangeError(
          `Cannot place ${eniId}: need a free address of ${subnet.cidr}, got ${address}`,
        );
      }
      this.mapping.register({...at, mapping: {host, eniId, mac}}, -this.mapping.propagationDelayMs);
    }
  }

  private placeInternetGateway(eniId: string): void {
    const vpcId = this.description.id;
    this.mapping.addSubnet({vpcId, subnetId: eniId, cidr: "169.254.0.0/28"});
    const at = {vpcId, address: INTERNET_GATEWAY_ADDRESS};
    const mapping = {host: EDGE_HOST, eniId, mac: EDGE_MAC};
    this.mapping.register({...at, mapping}, -this.mapping.propagationDelayMs);
  }

  /** Hosts of whoever may send from addresses of others. */
  private gatewayHosts(): string[] {
    const routers = [...this.interfaces.values()].filter(({eni}) => !eni.sourceDestinationCheck);
    const hosts = [EDGE_HOST, ...[...routers, ...this.natGateways.values()].map((one) => one.host)];
    return hosts.map(({address}) => address);
  }
}

const DEFAULT_ACL = "acl-default";

function byId<From extends {id: string}, To>(
  list: readonly From[],
  make: (one: From, n: number) => To,
): Map<string, To> {
  const map = new Map<string, To>();
  for (const [n, one] of list.entries()) {
    if (map.has(one.id)) throw new RangeError(`Cannot make VPC: need each id once, got ${one.id}`);
    map.set(one.id, make(one, n));
  }
  return map;
}

/** @throws TypeError if there is none */
function get<Value>(map: ReadonlyMap<string, Value>, id: string, what: string): Value {
  const value = map.get(id);
  if (value !== undefined) return value;
  throw new TypeError(`Cannot make ${what}: need one of ${[...map.keys()].join(", ")}, got ${id}`);
}

/** Room for 62,500 hosts. */
function numberedHost(n: number): Host {
  const [high, low] = [Math.floor(n / 250), (n % 250) + 1];
  return {
    address: `192.168.${high}.${low}`,
    mac: `02:aa:00:00:${hexByte(high)}:${hexByte(low)}`,
  };
}

function hexByte(value: number): string {
  if (value > 0xff) throw new RangeError(`Cannot make VPC: need a MAC of its own, got none`);
  return value.toString(16).padStart(2, "0");
}
