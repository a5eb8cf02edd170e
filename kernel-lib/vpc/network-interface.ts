import {formatIpv4Address, parseIpv4Address} from "../packet/index.js";
import type {PacketSummary} from "./packet-summary.js";

export interface NetworkInterfaceOptions {
  /** For example "eni-1". */
  id: string;
  /** "02:00:00:00:00:01". */
  mac: string;
  subnetId: string;
  /** Private IPv4 addresses, the primary one first; at least one. */
  privateAddresses: readonly string[];
  securityGroupIds: readonly string[];
  /** Default: true, as in EC2; false for whatever forwards packets of others. */
  sourceDestinationCheck?: boolean;
}

/** Whether a packet may leave or enter an interface, and why not. */
export interface InterfaceVerdict {
  readonly allowed: boolean;
  readonly reason: string;
}

/**
 * An elastic network interface: addresses, the groups that guard it, and the check that packets are
 * its own.
 *
 * The source/destination check drops what an instance sends from an address that is not its own and
 * what comes to it for another one. A NAT instance, router or firewall must switch it off. Which MAC
 * address it sends from is checked either way.
 *
 * Source: EC2 User Guide, "Elastic network interfaces"; Amazon VPC User Guide, "NAT instances",
 * "Disable source/destination checks". Fidelity: public; that the MAC address is always checked is
 * inferred from AWS's word that instances cannot spoof.
 *
 * @example
 * import {parseIpv4Address} from "kernel-lib/packet";
 * import {NetworkInterface} from "kernel-lib/vpc";
 * const eni = new NetworkInterface({
 *   id: "eni-1", mac: "02:00:00:00:00:01", subnetId: "subnet-1",
 *   privateAddresses: ["10.0.1.5"], securityGroupIds: ["sg-1"],
 * });
 * const [source, destination] = ["10.0.1.6", "10.0.2.10"].map(parseIpv4Address);
 * const packet = {protocol: 6, source, destination, sourcePort: 40000, destinationPort: 443};
 * eni.mayReceive(packet).reason // => '10.0.2.10 is not an address of eni-1'
 */
export class NetworkInterface {
  readonly id: string;
  readonly mac: string;
  readonly subnetId: string;
  readonly privateAddresses: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly sourceDestinationCheck: boolean;
  private readonly addresses: ReadonlySet<number>;

  /**
   * @throws SyntaxError if an address is none
   * @throws RangeError if there is no address or no group
   */
  constructor(options: NetworkInterfaceOptions) {
    const {privateAddresses, securityGroupIds} = options;
    if (privateAddresses.length === 0 || securityGroupIds.length === 0) {
      throw new RangeError(
        `Cannot make interface ${options.id}: need an address and a security group, ` +
          `got ${privateAddresses.length} and ${securityGroupIds.length}`,
      );
    }
    if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(options.mac)) {
      throw new SyntaxError(
        `Cannot make interface ${options.id}: need a MAC like "02:00:00:00:00:01", got "${options.mac}"`,
      );
    }
    this.id = options.id;
    this.mac = options.mac;
    this.subnetId = options.subnetId;
    this.privateAddresses = privateAddresses;
    this.securityGroupIds = securityGroupIds;
    this.sourceDestinationCheck = options.sourceDestinationCheck ?? true;
    this.addresses = new Set(privateAddresses.map(parseIpv4Address));
  }

  /** The one that flow logs show. */
  get primaryAddress(): string {
    return this.privateAddresses[0]!;
  }

  /** @param address as a number */
  hasAddress(address: number): boolean {
    return this.addresses.has(address);
  }

  /** Whether a packet may leave the instance here. @param sourceMac of the frame */
  maySend(packet: Pick<PacketSummary, "source">, sourceMac: string): InterfaceVerdict {
    if (sourceMac !== this.mac) {
      return {allowed: false, reason: `${sourceMac} is not the MAC address of ${this.id}`};
    }
    return this.checked(packet.source);
  }

  /** Whether a packet may enter the instance here. */
  mayReceive(packet: Pick<PacketSummary, "destination">): InterfaceVerdict {
    return this.checked(packet.destination);
  }

  private checked(address: number): InterfaceVerdict {
    const text = formatIpv4Address(address);
    if (this.hasAddress(address)) {
      return {allowed: true, reason: `${text} is an address of ${this.id}`};
    }
    if (!this.sourceDestinationCheck) {
      return {allowed: true, reason: `${this.id} has the source/destination check off`};
    }
    return {allowed: false, reason: `${text} is not an address of ${this.id}`};
  }

  /** "eni-1 10.0.1.5 02:00:00:00:00:01 in subnet-1, guarded by sg-1". */
  describe(): string {
    const {id, mac, subnetId, privateAddresses, securityGroupIds, sourceDestinationCheck} = this;
    const check = sourceDestinationCheck ? "" : ", source/destination check off";
    const guards = securityGroupIds.join(", ");
    return `${id} ${privateAddresses.join(" ")} ${mac} in ${subnetId}, guarded by ${guards}${check}`;
  }
}
