import {SourceMap} from "node:module";
import type {SourceMapPayload} from "node:module";
import {sourceLines} from "../language/source-excerpt.js";

/** A place in a cell: line and column count from 1, as the reader's editor shows them. */
export interface CellPlace {
  /** Such as `cell [3]`. */
  label: string;
  line: number;
  column: number;
}

interface Source {
  label: string;
  code: string;
  /** Lines of the script; the last one calls the function around the cell. */
  scriptLines: number;
  /** As JSON: read when an error needs it. */
  sourceMap: string;
}

/** Cells whose scripts may still be in use; an older one's frames keep the script's own numbers. */
const MOST_SOURCES = 5000;

/** What the reader typed, by the file name under which the engine knows a cell's script. */
export class CellSources {
  private readonly sources = new Map<string, Source>();
  /** Source maps that an error has needed: a stack asks once a frame. */
  private readonly maps = new WeakMap<Source, SourceMap>();

  /** @returns the file name for the script */
  add(request: number, source: Source): string {
    const fileName = `tslab-cell-${request}`;
    this.sources.set(fileName, source);
    if (this.sources.size > MOST_SOURCES) {
      this.sources.delete(this.sources.keys().next().value!);
    }
    return fileName;
  }

  /**
   * @param line of the script, from 1
   * @param column of the script, from 1
   * @returns the place in the cell, or undefined for other files and for code that nobody typed
   */
  locate(fileName: string, line: number, column: number): CellPlace | undefined {
    const source = this.sources.get(fileName);
    if (source === undefined || line >= source.scriptLines) return undefined;
    // The function around the cell has a line of its own, and so has what tslab puts before the
    // cell; source maps count from 0.
    const entry = this.mapOf(source).findEntry(line - 2, column - 1);
    if (!("originalLine" in entry) || entry.originalLine < 1) return undefined;
    return {
      label: source.label,
      line: entry.originalLine,
      column: entry.originalColumn + 1,
    };
  }

  private mapOf(source: Source): SourceMap {
    let map = this.maps.get(source);
    if (map === undefined) {
      map = new SourceMap(JSON.parse(source.sourceMap) as SourceMapPayload);
      this.maps.set(source, map);
    }
    return map;
  }

  /** The lines that the reader typed into a cell. */
  linesOf(label: string): string[] | undefined {
    for (const source of this.sources.values()) {
      if (source.label === label) return sourceLines(source.code);
    }
    return undefined;
  }
}
