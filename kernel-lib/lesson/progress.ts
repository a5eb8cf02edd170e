import {displayDataWriter} from "./display.js";

/** A line that is there while something runs. */
export interface Progress {
  /** Shows another text in place of the last. */
  say(text: string): void;
  /** Takes the line away. */
  end(): void;
}

/**
 * Opens a line of progress in the output of the cell. When it ends, its place is empty, so that
 * nothing of it is saved. Outside a kernel nobody watches, and nothing is shown.
 */
export function openProgress(): Progress {
  const write = displayDataWriter();
  if (write === undefined) return {say: () => undefined, end: () => undefined};
  const transient = {display_id: `glass-cloud-progress-${globalThis.crypto.randomUUID()}`};
  let shown = false;
  const send = (data: Record<string, unknown>): void => {
    write({data, metadata: {}, transient}, shown);
    shown = true;
  };
  return {
    say: (text) => send({"text/plain": text}),
    end: () => {
      if (shown) send({});
    },
  };
}
