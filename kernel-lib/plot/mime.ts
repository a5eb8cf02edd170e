/** What a notebook front end chooses from: one representation per MIME type. */
export type MimeBundle = Record<string, unknown>;

/** Anything that `show` can show. */
export interface Displayable {
  /** All representations; `text/plain` is always among them. */
  mimeBundle(): MimeBundle;
}

/**
 * Lets the instances of a class show themselves in any kernel that looks for the method
 * `Symbol.for("Jupyter.display")`, the convention of Deno's Jupyter kernel.
 */
export function showsItself(constructor: {readonly prototype: Displayable}): void {
  Object.defineProperty(constructor.prototype, Symbol.for("Jupyter.display"), {
    value(this: Displayable): MimeBundle {
      return this.mimeBundle();
    },
  });
}
