// The peers of the packet benchmark. pcap and cap capture with native addons, which are not compiled
// here: their decoders are plain JavaScript, and are loaded by path.
import {createRequire} from "node:module";

const require = createRequire(import.meta.url);

/** Each peer, or {missing} with the reason. */
export function openPacketPeers() {
  return {pcap: openPcap(), cap: openCap(), ipPacket: openIpPacket()};
}

/** The decoder of npm's pcap: objects for all layers, addresses as objects over bytes. */
function openPcap() {
  return open("pcap", "pcap/decode/ethernet_packet.js", (EthernetPacket) => ({
    decode: (frame) => new EthernetPacket().decode(frame, 0),
    read: (packet) => {
      const ipv4 = packet.payload;
      const {sport, dport} = ipv4.payload;
      return [ipv4.saddr.toString(), ipv4.daddr.toString(), sport, dport];
    },
  }));
}

/** The decoders of npm's cap, called layer by layer as its manual shows; addresses as text. */
function openCap() {
  return open("cap", "cap/lib/Decoders.js", ({Ethernet, IPV4, TCP}) => ({
    decode: (frame) => {
      const ethernet = Ethernet(frame);
      const ipv4 = IPV4(frame, ethernet.offset);
      return {ethernet, ipv4, tcp: TCP(frame, ipv4.offset)};
    },
    read: ({ipv4, tcp}) => [
      ...[ipv4.info.srcaddr, ipv4.info.dstaddr, tcp.info.srcport, tcp.info.dstport],
    ],
  }));
}

/** Encodes IPv4 headers, and computes their checksum in a second step. */
function openIpPacket() {
  return open("ip-packet", "ip-packet", (ipPacket) => ({
    encode: (state, packet) => {
      state.start = 0;
      ipPacket.encode(state, packet);
      ipPacket.checksum(state.buffer);
      return state.buffer;
    },
    decode: (state) => {
      state.start = 0;
      return ipPacket.decode(state);
    },
  }));
}

function open(name, path, make) {
  try {
    const {version} = require(`../node_modules/${name}/package.json`);
    return {label: `${name} ${version}`, ...make(require(`../node_modules/${path}`))};
  } catch (error) {
    console.error(`${name} cannot be loaded: ${error.message.split("\n")[0]}`);
    return {missing: `${name} left out (npm ci in test/peers)`};
  }
}
