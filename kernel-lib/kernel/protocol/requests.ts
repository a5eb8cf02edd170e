/** What each request of a client is answered with, on the channels shell and control. */
import type {CellClient} from "./cell-client.js";
import type {Connection} from "./connection.js";
import {publishStatus} from "./executions.js";
import type {Executions} from "./executions.js";
import type {History} from "./history.js";
import {completeReply, errorContent, inspectReply, isCompleteReply, kernelInfo} from "./replies.js";
import type {AskingChannel, KernelSockets, Log} from "./sockets.js";
import type {JsonObject, WireMessage} from "./wire.js";

export interface RequestParts {
  connection: Connection;
  sockets: KernelSockets;
  cell: CellClient;
  executions: Executions;
  history: History;
  interrupt(): void;
  /** Called after the reply to `shutdown_request` is under way. */
  shutdown(): void;
  log: Log;
}

type Answer = (message: WireMessage, parts: RequestParts) => JsonObject | Promise<JsonObject>;

/** By type of request, without `_request`; the reply has the same name with `_reply`. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  kernel_info: () => kernelInfo(),
  connect: (_, {connection}) =>
    Object.fromEntries(
      Object.entries(connection.ports).map(([name, port]) => [`${name}_port`, port]),
    ),
  // There are no comms, so no list of them is long.
  comm_info: () => ({status: "ok", comms: {}}),
  history: ({content}, {history}) => ({status: "ok", history: history.answer(content)}),
  complete: ({content}, {cell}) => completeReply(cell, content),
  inspect: ({content}, {cell}) => inspectReply(cell, content),
  is_complete: ({content}, {cell}) => isCompleteReply(cell, content),
  interrupt: (_, {interrupt}) => {
    interrupt();
    return {status: "ok"};
  },
  shutdown: ({content}) => ({status: "ok", restart: content["restart"] === true}),
};

/** Messages that ask for no reply; a comm with us never exists. */
const ACKNOWLEDGED: readonly string[] = ["comm_msg", "comm_close"];

export async function handleRequest(
  channel: AskingChannel,
  message: WireMessage,
  parts: RequestParts,
): Promise<void> {
  const {sockets, executions, log} = parts;
  const {header} = message;
  const type = header.msg_type;
  if (type === "execute_request" && channel === "shell") {
    executions.add(message);
    return;
  }
  publishStatus(sockets, "busy", header);
  if (type === "comm_open") refuseComm(message, sockets);
  else if (type.endsWith("_request")) await reply(channel, message, parts);
  else if (!ACKNOWLEDGED.includes(type)) log(`A message of unknown type ${type} was ignored`);
  publishStatus(sockets, "idle", header);
  // Clients show the last state that they heard, and the cell still runs.
  if (executions.parent !== undefined) publishStatus(sockets, "busy", executions.parent);
  if (type === "shutdown_request") parts.shutdown();
}

async function reply(
  channel: AskingChannel,
  message: WireMessage,
  parts: RequestParts,
): Promise<void> {
  const {sockets, log} = parts;
  const name = message.header.msg_type.replace(/_request$/, "");
  const answer = Object.hasOwn(ANSWERS, name) ? ANSWERS[name] : undefined;
  let content: JsonObject;
  try {
    content = answer ? await answer(message, parts) : unknownRequest(message.header.msg_type, log);
  } catch (error) {
    const {name: ename, message: evalue} = error as Error;
    content = errorContent({ename, evalue, traceback: [`${ename}: ${evalue}`]});
  }
  sockets.reply(channel, message, `${name}_reply`, content);
  if (name === "shutdown") {
    // The other clients hear of it too.
    sockets.publish({type: "shutdown_reply", content, parent: message.header});
  }
}

function unknownRequest(type: string, log: Log): JsonObject {
  const evalue = `This kernel does not know ${type}`;
  log(evalue);
  return errorContent({ename: "NotSupportedError", evalue, traceback: [evalue]});
}

/** The protocol's way to say that nobody here knows the target: the comm is closed again. */
function refuseComm({content, header}: WireMessage, sockets: KernelSockets): void {
  const close = {comm_id: content["comm_id"], data: {}};
  sockets.publish({type: "comm_close", content: close, parent: header});
}
