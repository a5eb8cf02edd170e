/** No file system takes a longer name, in bytes. */
const MOST_BYTES = 200;

/** Separators, what Windows forbids, control characters, and marks that turn the text's direction. */
const FORBIDDEN = /[/\\:*?"<>|\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * The name of a student's folder, which is the id itself. An id comes from outside, so whatever
 * could lead out of the folder above, or name two files by one text, is refused.
 *
 * @param student any text that a file system takes as one name
 * @throws RangeError if it is empty, "." or "..", longer than 200 bytes, begins or ends with a
 *   space, ends with a dot, or has a separator or a control character
 */
export function studentFolder(student: string): string {
  const wrong = problemOf(student);
  if (wrong !== undefined) {
    throw new RangeError(`Cannot use ${JSON.stringify(student)} as a folder: ${wrong}`);
  }
  return student;
}

/** The name of a problem set's files, as in "ps03". @throws RangeError if it is none */
export function problemSetName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)) {
    throw new RangeError(
      `Cannot use ${JSON.stringify(name)} as a problem set: need letters, digits, "-" and "_"`,
    );
  }
  return name;
}

function problemOf(student: string): string | undefined {
  if (student === "") return "it is empty";
  if (student === "." || student === "..") return "it names another folder";
  if (student.trim() !== student) return "it begins or ends with a space";
  if (student.endsWith(".")) return "it ends with a dot, which Windows drops";
  const found = FORBIDDEN.exec(student)?.[0];
  if (found !== undefined) return `it contains ${JSON.stringify(found)}`;
  if (Buffer.byteLength(student) > MOST_BYTES) return `it is longer than ${MOST_BYTES} bytes`;
  return undefined;
}
