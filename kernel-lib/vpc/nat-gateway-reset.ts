/**
 * The reset with which a NAT gateway answers a TCP packet of a flow it has forgotten.
 *
 * Source: RFC 9293 §3.10.7.1 (the answer of a closed port, which this imitates); VPC User Guide,
 * "Troubleshoot NAT gateways": after 350 s a NAT gateway sends RST, not FIN, to the sender behind it.
 * Fidelity: public; that the sequence numbers are those of RFC 9293 is inferred.
 */
import {
  decodeTcpHeader,
  encodeFrame,
  formatIpv4Address,
  FrameView,
  TCP_FLAG,
} from "../packet/index.js";
import {turnedEthernet} from "./icmp-errors.js";

/**
 * @param frame with a TCP packet
 * @returns a frame to its sender, as if from its destination; `undefined` if it is a reset itself
 */
export function resetAnswer(frame: Uint8Array): Uint8Array | undefined {
  const view = new FrameView().read(frame);
  const {syn, fin, rst, ack} = TCP_FLAG;
  if ((view.tcpFlags & rst) !== 0) return undefined;
  const header = decodeTcpHeader(frame, view.transportAt);
  const headerBytes = (frame[view.transportAt + 12]! >> 4) << 2;
  const dataBytes = view.ipv4At + view.totalLength - view.transportAt - headerBytes;
  const isSynchronizing = (view.tcpFlags & (syn | fin)) !== 0 ? 1 : 0;
  const acknowledges = (view.tcpFlags & ack) !== 0;
  const numbers = acknowledges
    ? {sequence: header.acknowledgment, acknowledgment: 0, flags: rst}
    : {
        sequence: 0,
        acknowledgment: (header.sequence + dataBytes + isSynchronizing) >>> 0,
        flags: rst | ack,
      };
  return encodeFrame({
    ethernet: turnedEthernet(frame),
    ipv4: {
      source: formatIpv4Address(view.destination),
      destination: formatIpv4Address(view.source),
    },
    tcp: {
      sourcePort: view.destinationPort,
      destinationPort: view.sourcePort,
      window: 0,
      ...numbers,
    },
  });
}
