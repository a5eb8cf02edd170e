/**
 * A value as JSON with the very bytes that Jupyter's server writes into a notebook file, so that
 * opening and saving a committed notebook changes nothing.
 *
 * Source: nbformat 5, `v4/nbjson.py`: Python's `json.dumps(sort_keys=True, indent=1,
 * ensure_ascii=False, separators=(",", ": "))`.
 */
export function jupyterJson(value: unknown): string {
  return written(JSON.parse(JSON.stringify(value)), "");
}

function written(value: unknown, indent: string): string {
  if (typeof value === "number") return pythonNumber(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent} `;
  const parts = Array.isArray(value)
    ? value.map((part) => written(part, inner))
    : Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, part]) => `${JSON.stringify(key)}: ${written(part, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return parts.length === 0
    ? `${open}${close}`
    : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** Python goes over to powers of ten below 1e-4, JavaScript below 1e-6; its exponents have two digits. */
function pythonNumber(value: number): string {
  const text = JSON.stringify(value);
  if (value === 0 || Math.abs(value) >= 1e-4) return text;
  return value.toExponential().replace(/e-(\d)$/, "e-0$1");
}
