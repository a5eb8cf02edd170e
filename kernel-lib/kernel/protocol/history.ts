/** What the reader ran in this session, for Jupyter's `history_request`. */
import type {JsonObject} from "./wire.js";

interface Line {
  line: number;
  input: string;
  /** The result as text, or null. */
  output: string | null;
}

/** One answer: session, line, and the input alone or with its output. */
export type HistoryItem = [number, number, string | [string, string | null]];

/** There is one session: the life of the process. Jupyter also calls it 0, "the current one". */
const SESSION = 1;

export class History {
  readonly #lines: Line[] = [];

  add(line: number, input: string, output: string | null): void {
    this.#lines.push({line, input, output});
  }

  /** Answers `tail`, `range` and `search`, with the fields that the protocol gives each. */
  answer(content: JsonObject): HistoryItem[] {
    const withOutput = content["output"] === true;
    return this.#select(content).map(({line, input, output}) => [
      SESSION,
      line,
      withOutput ? [input, output] : input,
    ]);
  }

  #select(content: JsonObject): Line[] {
    const {hist_access_type: access, n, start, stop, session, pattern, unique} = content;
    const last = typeof n === "number" ? Math.max(0, n) : this.#lines.length;
    if (access === "tail") return takeLast(this.#lines, last);
    if (access === "range") {
      if (session !== 0 && session !== SESSION && session !== undefined) return [];
      const [from, to] = [Number(start ?? 0), Number(stop ?? Infinity)];
      return this.#lines.filter(({line}) => line >= from && line < to);
    }
    if (access !== "search") return [];
    const glob = globPattern(typeof pattern === "string" ? pattern : "*");
    const found = this.#lines.filter(({input}) => glob.test(input));
    return takeLast(unique === true ? latestOfEach(found) : found, last);
  }
}

function takeLast<T>(items: readonly T[], count: number): T[] {
  return items.slice(Math.max(0, items.length - count));
}

function latestOfEach(lines: readonly Line[]): Line[] {
  const latest = new Map(lines.map((line) => [line.input, line]));
  return lines.filter((line) => latest.get(line.input) === line);
}

/** `*` is any text and `?` one character; the whole input must match. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s");
}
