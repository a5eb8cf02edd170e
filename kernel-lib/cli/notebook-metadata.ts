/**
 * What a notebook says of its kernel, exactly as JupyterLab writes it when it opens the notebook:
 * the kernelspec by its name, and the language as our kernel's own answer to `kernel_info` has it.
 * So opening changes nothing. `test/cli/notebook-metadata.test.ts` holds it to what the kernel says.
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
