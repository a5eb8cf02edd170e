/** Asks V8 how much of its heap the main thread uses, also while that thread is in a loop. */
import {Session} from "node:inspector";

/**
 * Bytes of JavaScript objects, garbage not yet collected among them; settles when the main thread
 * has a moment for it. It does not collect: near its limit V8 takes that for the last straw.
 */
export async function usedHeapBytes(): Promise<number> {
  // Connected only meanwhile: a process with an open session waits for it at its end.
  const session = new Session();
  session.connectToMainThread();
  const bytes = await new Promise<number>((settle) => {
    session.post("Runtime.getHeapUsage", (_, usage) => {
      settle((usage as {usedSize: number} | undefined)?.usedSize ?? 0);
    });
  });
  session.disconnect();
  return bytes;
}
