/**
 * Colours of a traceback, as terminals write them.
 *
 * Always written, also under `NO_COLOR`: a traceback is not a terminal's output but a part of the
 * message that Jupyter's own kernels colour; every front end renders the codes, and the tools that
 * cannot (nbconvert to LaTeX, nbval) take them out. Nothing may be said by colour alone,
 * and of colours there is one: JupyterLab's cyan and green are hard to read in its light error box.
 */

export function red(text: string): string {
  return `\x1b[31m${text}\x1b[39m`;
}

export function bold(text: string): string {
  return `\x1b[1m${text}\x1b[22m`;
}

/** The text without its colours. */
export function stripAnsi(text: string): string {
  return text.replace(/\x1b\[[0-9;]*m/g, "");
}
