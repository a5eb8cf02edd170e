const ENTITIES: Record<string, string> = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"};

/**
 * Text made safe for HTML content and for attributes in double quotes.
 *
 * @example
 * import {escapeHtml} from "kernel-lib/plot";
 * escapeHtml("a < b") // => 'a &lt; b'
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
