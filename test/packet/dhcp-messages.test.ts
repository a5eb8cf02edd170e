import {
  decodeDhcpMessage,
  describeDhcpMessage,
  DHCP_MESSAGE_TYPE,
  DHCP_OPTION,
  dhcpAddresses,
  dhcpNumber,
  dhcpReply,
  dhcpRequest,
  encodeDhcpMessage,
} from "kernel-lib/packet";
import {expect, it} from "vitest";

const {discover, offer} = DHCP_MESSAGE_TYPE;
const question = dhcpRequest({
  mac: "02:00:00:00:00:01",
  transactionId: 0xdeadbeef,
  options: [dhcpNumber(DHCP_OPTION.messageType, discover, 1)],
});

it("dhcpRequest() and dhcpReply() make messages that come back from their bytes", () => {
  const answer = dhcpReply(question, {
    yourAddress: "10.0.1.5",
    options: [
      dhcpNumber(DHCP_OPTION.messageType, offer, 1),
      dhcpAddresses(DHCP_OPTION.subnetMask, ["255.255.255.0"]),
      dhcpAddresses(DHCP_OPTION.nameServer, ["10.0.0.2", "169.254.169.253"]),
      dhcpNumber(DHCP_OPTION.interfaceMtu, 9001, 2),
      dhcpNumber(DHCP_OPTION.leaseSeconds, 3600, 4),
    ],
  });
  expect(decodeDhcpMessage(encodeDhcpMessage(question))).toEqual(question);
  expect(decodeDhcpMessage(encodeDhcpMessage(answer))).toEqual(answer);
  expect(describeDhcpMessage(answer)).toBe(
    "DHCP to client 02 00 00 00 00 01, transaction 0xdeadbeef, your address 10.0.1.5, " +
      "message type offer, subnet mask 255.255.255.0, name server 10.0.0.2, 169.254.169.253, " +
      "interface mtu 9001, lease seconds 3600",
  );
});

it("dhcpReply() keeps what belongs to the question (RFC 2131 §4.3.1)", () => {
  const answer = dhcpReply(
    {...question, flags: 0x8000, seconds: 3},
    {yourAddress: "10.0.1.5", options: []},
  );
  const {transactionId, clientHardware} = question;
  expect(answer).toMatchObject({op: 2, transactionId, clientHardware, flags: 0x8000, seconds: 0});
});

it("dhcpNumber() and dhcpAddresses() refuse what does not fit", () => {
  expect(() => dhcpNumber(53, 256, 1)).toThrow(RangeError);
  expect(() => dhcpNumber(51, 2 ** 32, 4)).toThrow(RangeError);
  expect(() => dhcpNumber(51, -1, 4)).toThrow(RangeError);
  expect(() => dhcpAddresses(3, ["10.0.1"])).toThrow(SyntaxError);
  expect(() => dhcpRequest({mac: "02", transactionId: 1, options: []})).toThrow(SyntaxError);
});
