import {csvColumns, csvRows} from "./csv.js";

/** One student as the course knows them; whatever the roster does not say is empty. */
export interface RosterRow {
  /** Name of the submissions' folder. */
  student: string;
  hubId: string;
  /** The LMS's own id: Canvas's or the SIS's number, Moodle's ID number. */
  lmsId: string;
  name: string;
  email: string;
  section: string;
}

const COLUMNS = ["student", "hub_id", "lms_id", "name", "email", "section"];

/**
 * Reads `roster.csv`: the columns student, hub_id, lms_id, name, email and section in any order, of
 * which only `student` is required.
 *
 * @throws SyntaxError if `student` is missing, a column is not known, or an id stands there twice
 */
export function parseRoster(text: string): RosterRow[] {
  const rows = csvRows(text);
  const columns = csvColumns(text);
  const stray = columns.find((column) => !COLUMNS.includes(column));
  if (stray !== undefined) {
    throw new SyntaxError(
      `Cannot read the roster: no column ${JSON.stringify(stray)}, only ${COLUMNS.join(", ")}`,
    );
  }
  if (!columns.includes("student")) {
    throw new SyntaxError("Cannot read the roster: need a column student");
  }
  const roster = rows.map((row) => ({
    student: row["student"]!,
    hubId: row["hub_id"] ?? "",
    lmsId: row["lms_id"] ?? "",
    name: row["name"] ?? "",
    email: row["email"] ?? "",
    section: row["section"] ?? "",
  }));
  for (const field of ["student", "hubId", "lmsId"] as const) refuseTwice(roster, field);
  return roster;
}

/**
 * The row of a student, by the folder's name or else by the hub's id. Two spellings of one letter
 * (an accent as part of it, or after it) are the same: file systems change the one into the other.
 */
export function rosterRowOf(roster: readonly RosterRow[], student: string): RosterRow | undefined {
  const id = student.normalize("NFC");
  if (id === "") return undefined;
  return (
    roster.find((row) => row.student.normalize("NFC") === id) ??
    roster.find((row) => row.hubId.normalize("NFC") === id)
  );
}

function refuseTwice(roster: readonly RosterRow[], field: "student" | "hubId" | "lmsId"): void {
  const seen = new Set<string>();
  roster.forEach((row, index) => {
    const id = row[field].normalize("NFC");
    if (id === "" && field !== "student") return;
    if (id === "")
      throw new SyntaxError(`Cannot read the roster: line ${index + 2} has no student`);
    if (seen.has(id)) {
      throw new SyntaxError(`Cannot read the roster: ${JSON.stringify(id)} stands there twice`);
    }
    seen.add(id);
  });
}
