import type {MimeBundle} from "../plot/index.js";

/**
 * The key on `globalThis` under which a host that is not tslab offers its display function.
 * A host of our own sets it; tslab is found without.
 */
export const DISPLAY_HOOK: unique symbol = Symbol.for("glass-cloud.display") as never;

type Display = (bundle: MimeBundle) => void;

/** The function behind tslab's `display`: a whole message, shown anew or in place of an earlier one. */
export type WriteDisplayData = (
  content: {data: MimeBundle; metadata: object; transient: {display_id?: string}},
  update: boolean,
) => void;

/** What tslab's kernel puts on `globalThis` for the code of a cell. */
interface TslabGlobal {
  require(id: string): unknown;
}

/**
 * Sends a MIME bundle to whoever runs this cell; as plain text where nobody can show more.
 *
 * @example
 * import {emit} from "kernel-lib/lesson";
 * emit({"text/html": "<b>four</b>", "text/plain": "four"});
 */
export function emit(bundle: MimeBundle): void {
  const display = hostDisplay();
  if (display !== undefined) display(bundle);
  else console.log(bundle["text/plain"]);
}

function hostDisplay(): Display | undefined {
  const scope = globalThis as {[DISPLAY_HOOK]?: Display; __tslab__?: TslabGlobal};
  if (scope[DISPLAY_HOOK] !== undefined) return scope[DISPLAY_HOOK];
  return scope.__tslab__ === undefined ? undefined : tslabDisplay(scope.__tslab__);
}

/** As `emit`, where tslab's own function is missing: one MIME type a call. */
function tslabDisplay(tslab: TslabGlobal): Display {
  const write = displayDataWriter();
  if (write !== undefined) return (data) => write({data, metadata: {}, transient: {}}, false);
  const {display} = tslab.require("tslab") as {
    display: {html(s: string): void; text(s: string): void};
  };
  return (bundle) => {
    const html = bundle["text/html"];
    if (typeof html === "string") display.html(html);
    else display.text(String(bundle["text/plain"]));
  };
}

/**
 * tslab's public `display` sends one MIME type a call, so that a front end would show each of them.
 * The function behind it takes a whole bundle, and can replace what was shown. It is read at call
 * time, since the kernel replaces it for every cell, and from the kernel's own instance of the
 * module.
 *
 * @returns undefined outside tslab, and should a version of tslab lack it
 */
export function displayDataWriter(): WriteDisplayData | undefined {
  const tslab = (globalThis as {__tslab__?: TslabGlobal}).__tslab__;
  if (tslab === undefined) return undefined;
  const jupyter = tryRequire(tslab, "tslab/dist/jupyter.js") as
    {lastWriteDisplayData?: WriteDisplayData | null} | undefined;
  const write = jupyter?.lastWriteDisplayData;
  return typeof write === "function" ? write : undefined;
}

function tryRequire(tslab: TslabGlobal, id: string): unknown {
  try {
    return tslab.require(id);
  } catch {
    return undefined;
  }
}
