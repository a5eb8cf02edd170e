import type {Notebook, NotebookCell} from "../kernel/index.js";

/**
 * What a notebook says of its kernel, exactly as JupyterLab writes it when it opens the notebook:
 * the kernelspec by its name, and the language as our kernel's own answer to `kernel_info` has it.
 * `test/cli/notebook-metadata.test.ts` holds it to what the kernel says.
 */
export const KERNEL_METADATA: Readonly<Record<"kernelspec" | "language_info", object>> = {
  kernelspec: {display_name: "TypeScript (tslab)", language: "typescript", name: "tslab"},
  language_info: {
    codemirror_mode: {mode: "typescript", name: "javascript", typescript: true},
    file_extension: ".ts",
    mimetype: "text/typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
    version: "5.0.4",
  },
};

/** The notebook with all that JupyterLab adds by itself, so that opening and saving changes nothing. */
export function withJupyterMetadata(notebook: Notebook): Notebook {
  const cells = notebook.cells.map(withCollapsed);
  return {...notebook, cells, metadata: {...notebook.metadata, ...KERNEL_METADATA}};
}

/** JupyterLab keeps the older name of a folded output beside `outputs_hidden`. */
function withCollapsed(cell: NotebookCell): NotebookCell {
  const {collapsed: _, ...metadata} = cell.metadata;
  const jupyter = metadata["jupyter"] as {outputs_hidden?: boolean} | undefined;
  const isFolded = jupyter?.outputs_hidden === true;
  return {...cell, metadata: isFolded ? {...metadata, collapsed: true} : metadata};
}
