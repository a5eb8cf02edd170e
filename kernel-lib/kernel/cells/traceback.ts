import {inspect, types} from "node:util";
import {bold, red} from "../language/ansi.js";
import type {CellPlace, CellSources} from "./cell-sources.js";
import type {ErrorReport} from "../messages.js";
import {clampSpan, readerColumn, sourceExcerpt} from "../language/source-excerpt.js";

/**
 * Makes V8 write stacks in the reader's own lines: frames of a cell name the cell, line and column
 * that were typed, and what called the cell is left out. Applies to every error of the process, so
 * `console.log(error)` tells the same story as the red box.
 */
export function writeStacksInCells(sources: CellSources): void {
  Error.prepareStackTrace = (error: unknown, frames: NodeJS.CallSite[]) => {
    const cells = frames.map((frame) => placeOf(frame, sources));
    const outermost = cells.map((place) => place !== undefined).lastIndexOf(true);
    const shown = outermost < 0 ? frames : frames.slice(0, outermost + 1);
    const lines = shown.map((frame, index) => `\n    at ${frameText(frame, cells[index])}`);
    return headOf(error) + lines.join("");
  };
}

function placeOf(frame: NodeJS.CallSite, sources: CellSources): CellPlace | undefined {
  const [file, line] = [frame.getFileName(), frame.getLineNumber()];
  if (!file || line === null) return undefined;
  return sources.locate(file, line, frame.getColumnNumber() ?? 1);
}

function frameText(frame: NodeJS.CallSite, place: CellPlace | undefined): string {
  if (place === undefined) return String(frame);
  const where = `${place.label}:${place.line}:${place.column}`;
  const name = frame.getFunctionName();
  // The function around a cell has none.
  if (!name) return where;
  const type = frame.isConstructor() ? "new " : frame.isAsync() ? "async " : "";
  return `${type}${name} (${where})`;
}

function headOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

/**
 * What a thrown value tells the reader: class, message, the line that was typed, then the frames,
 * those of libraries folded, then what caused it.
 *
 * @param error anything: JavaScript can throw every value
 */
export function errorReport(error: unknown, sources: CellSources): ErrorReport {
  if (!isError(error)) {
    const evalue = safely(() => inspect(error, {depth: 2, colors: false}));
    const ename = "Thrown value";
    return {ename, evalue, traceback: [`${red(bold(ename))}: ${evalue}`]};
  }
  return {...titleOf(error), traceback: story(error, sources, 0)};
}

function titleOf(error: Error): {ename: string; evalue: string} {
  return {
    ename: safely(() => String(error.name || error.constructor.name)),
    evalue: safely(() => String(error.message)),
  };
}

const MOST_CAUSES = 5;
const MOST_FRAMES = 12;

function story(error: Error, sources: CellSources, depth: number): string[] {
  const {ename, evalue} = titleOf(error);
  const lines = [`${red(bold(ename))}: ${evalue}`];
  const frames = framesOf(error);
  const first = frames.find((frame) => frame.place !== undefined)?.place;
  if (first) lines.push(...excerpt(first, sources));
  // A single frame is the place that was just shown.
  if (first === undefined || frames.length > 1) lines.push(...foldFrames(frames));
  const inner = safely(() => error.cause) as unknown;
  if (depth >= MOST_CAUSES) return lines;
  if (isError(inner)) lines.push("Caused by:", ...story(inner, sources, depth + 1));
  for (const each of errorsOf(error)) lines.push("One of:", ...story(each, sources, depth + 1));
  return lines;
}

type FramePlace = {label: string; line: number; column: number};

interface Frame {
  text: string;
  /** Cell and line, where the reader typed it. */
  place: FramePlace | undefined;
  /** Package or part of Node to which it belongs, otherwise. */
  library: string | undefined;
}

const CELL_FRAME = /(cell \[[^\]]*\]):(\d+):(\d+)(?=\)?$)/;

function framesOf(error: Error): Frame[] {
  const stack = safely(() => String(error.stack ?? ""));
  const lines = stack.split("\n").filter((line) => /^ {4}at /.test(line));
  return lines.map((line) => {
    const match = CELL_FRAME.exec(line);
    const place = match && {label: match[1]!, line: Number(match[2]), column: Number(match[3])};
    return {text: line, place: place ?? undefined, library: place ? undefined : libraryOf(line)};
  });
}

function libraryOf(line: string): string {
  const inPackage = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/g;
  const name = [...line.matchAll(inPackage)].at(-1)?.[1];
  if (name) return name.replace("\\", "/");
  const ours = /kernel-lib[\\/](?:dist[\\/])?(.+)[\\/][^\\/]+\.js/.exec(line)?.[1];
  if (ours) return `kernel-lib/${ours.replaceAll("\\", "/")}`;
  return /node:/.test(line) ? "Node" : "other code";
}

/** A library's frames in a row become one line: the reader's own lines are what can be mended. */
function foldFrames(frames: readonly Frame[]): string[] {
  const lines: string[] = [];
  let folded: Frame[] = [];
  const fold = (): void => {
    const names = [...new Set(folded.map(({library}) => library))].join(", ");
    if (folded.length > 0) lines.push(`    … ${folded.length} in ${names}`);
    folded = [];
  };
  for (const frame of frames) {
    if (frame.place === undefined) {
      folded.push(frame);
      continue;
    }
    fold();
    lines.push(frame.text.replace(CELL_FRAME, bold));
  }
  fold();
  if (lines.length <= MOST_FRAMES) return lines;
  const left = lines.length - MOST_FRAMES;
  return [...lines.slice(0, MOST_FRAMES), `    … ${left} more`];
}

/** Where it happened: the cell, and the line as it was typed. */
function excerpt(place: FramePlace, sources: CellSources): string[] {
  const lines = sources.linesOf(place.label);
  if (lines === undefined) return [];
  const column = place.column - 1;
  const span = {line: place.line - 1, column, endLine: place.line - 1, endColumn: column + 1};
  const where = `${place.label}, line ${place.line}, column ${readerColumn(lines, span)}`;
  return [bold(where), ...sourceExcerpt(lines, clampSpan(span, lines))];
}

/** Also of another realm (vm, worker); asked of the engine, since a proxy answers anything. */
function isError(value: unknown): value is Error {
  return types.isNativeError(value);
}

function errorsOf(error: Error): Error[] {
  const errors = safely(() => (error as {errors?: unknown}).errors) as unknown;
  return Array.isArray(errors) ? errors.filter(isError).slice(0, MOST_CAUSES) : [];
}

/** Getters and `toString` of a reader's error class may throw as well. */
function safely<T>(read: () => T): T | string {
  try {
    return read();
  } catch {
    return "(unreadable)";
  }
}
