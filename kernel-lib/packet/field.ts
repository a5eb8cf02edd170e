/**
 * The table behind a format: its fixed fields in the order of the bytes. Codec, description and
 * drawing all read it, so that none can disagree with the others.
 *
 * All fields are big-endian, bit 0 the most significant, as the RFCs draw them (RFC 791, appendix
 * B). Fidelity: public.
 */

/** One field of a format. Fields follow each other without a gap. */
export interface Field<Name extends string = string> {
  /** The property of the decoded value; for a `fixed` field, the word of the RFC. */
  readonly name: Name;
  /** Width in bits. */
  readonly bits: number;
  /** What it says, in a few words. */
  readonly meaning: string;
  /** The only legal content of a field that the value leaves out. */
  readonly fixed?: number;
}

/** Where each field begins, in whole bytes; a field inside a byte has that byte's offset. */
export function byteOffsets<Name extends string>(
  fields: readonly Field<Name>[],
): Readonly<Record<Name, number>> {
  const offsets = {} as Record<Name, number>;
  let bits = 0;
  for (const field of fields) {
    offsets[field.name] = bits >> 3;
    bits += field.bits;
  }
  return offsets;
}

/** The bytes that all fields take together. */
export function fixedBytes(fields: readonly Field[]): number {
  return fields.reduce((bits, field) => bits + field.bits, 0) / 8;
}

/**
 * Draws a table as the RFCs do: 32 bits to a row, one character pair a bit. A field of more than
 * one row keeps its name in the first; longer ones are cut to two rows.
 *
 * @example
 * import {formatFields, UDP_HEADER_FIELDS} from "kernel-lib/packet";
 * formatFields(UDP_HEADER_FIELDS).split("\n")[1]
 * // => '|          sourcePort           |        destinationPort        |'
 */
export function formatFields(fields: readonly Field[]): string {
  const rule = `+${"-+".repeat(32)}`;
  const rows: string[] = [];
  let row = "|";
  const add = (text: string, bits: number): void => {
    row += `${centred(text, 2 * bits - 1)}|`;
    if (row.length === 65) [rows[rows.length], row] = [row, "|"];
  };
  for (const {name, bits} of fields) {
    const first = Math.min(bits, 32 - (row.length - 1) / 2);
    add(name, first);
    let left = bits - first;
    if (left > 64) {
      add(`(${bits / 8} bytes)`, 32);
      left = left % 32;
    }
    for (; left > 0; left -= 32) add("", Math.min(32, left));
  }
  return [rule, ...rows.flatMap((line) => [line, rule])].join("\n");
}

/** Cut where it does not fit: a flag of one bit has room for one letter. */
function centred(text: string, width: number): string {
  const cut = text.slice(0, width);
  return cut.padStart((width + cut.length) >> 1).padEnd(width);
}
