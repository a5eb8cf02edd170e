/** How numbers are written in descriptions. */

/** "0x1234": as many digits as asked for, or more if the number needs them. */
export function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, "0")}`;
}

/** "20 bytes", "1 byte". */
export function byteCount(count: number): string {
  return `${count} ${count === 1 ? "byte" : "bytes"}`;
}
