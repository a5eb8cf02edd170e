import {crc32c} from "../bytes/index.js";
import {FrameView} from "./frame-view.js";
import {write16, write32} from "./big-endian.js";

/**
 * The outer UDP source port of a tunnelled frame: a hash of the inner flow, so that routers that
 * spread traffic by ports spread flows, and keep each of them in order.
 *
 * Source: RFC 7348 §5, RFC 8926 §3.3. Fidelity: public; which hash is left open there, here it is
 * CRC32C of protocol, addresses and ports, or of the MAC addresses where there are none.
 *
 * @param inner the frame inside; bytes that are no frame give a port too
 * @returns in [49152, 65535], the dynamic ports (RFC 6335 §6)
 * @example
 * import {tunnelSourcePort} from "kernel-lib/packet";
 * tunnelSourcePort(new Uint8Array(14)) // => 62813
 */
export function tunnelSourcePort(inner: Uint8Array): number {
  return 49_152 + (crc32c(flowKey(inner)) % 16_384);
}

function flowKey(inner: Uint8Array): Uint8Array {
  const addresses = inner.subarray(0, 12);
  let view: FrameView;
  try {
    view = new FrameView().read(inner);
  } catch {
    return addresses;
  }
  if (view.ipv4At < 0) return addresses;
  const key = new Uint8Array(13);
  key[0] = view.protocol;
  write32(key, 1, view.source);
  write32(key, 5, view.destination);
  // Later fragments have no ports: all of a packet's pieces must take the same way.
  if (view.hasPorts && !view.isFragment) {
    write16(key, 9, view.sourcePort);
    write16(key, 11, view.destinationPort);
  }
  return key;
}
