import {existsSync, lstatSync, readlinkSync, realpathSync} from "node:fs";
import {dirname, join, sep} from "node:path";
import {PROJECT} from "./project-paths.js";

/** What a sandbox shows of this machine, and nothing else: all of it public, none of it writable. */
export interface VisibleFiles {
  /** Folders, by the path that they have outside and inside. */
  folders: string[];
  /** Programs and devices: single files. */
  programs: string[];
  devices: string[];
  /** Small files, which are copied. */
  copies: string[];
  /** Symbolic links and their targets, such as `/lib` to `usr/lib`. */
  links: {path: string; target: string}[];
}

/** Folders of shared libraries; Debian's Node keeps parts of itself in the last one. */
const LIBRARIES = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/nodejs"];
const PROGRAM_FOLDERS = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/**
 * The allow-list: shared libraries, Node, the program that drops privileges, the packages, and the
 * built library. Sources of problem sets, submissions, homes and /etc are not on it; neither is
 * /proc, which Node does without, nor a shell.
 *
 * @param project its root
 * @throws Error if the project lies below a folder that would be shown whole
 */
export function visibleFiles(project: string = PROJECT): VisibleFiles {
  const present = LIBRARIES.filter((path) => existsSync(path));
  const isLink = (path: string): boolean => lstatSync(path).isSymbolicLink();
  const libraries = present.filter((path) => !isLink(path));
  const around = libraries.find((folder) => `${project}${sep}`.startsWith(`${folder}/`));
  if (around !== undefined) {
    throw new Error(`Cannot isolate: need the project outside ${around}, got ${project}`);
  }
  // npm puts a package into the second folder if two versions of it are needed.
  const packages = ["node_modules", "kernel-lib/node_modules", "kernel-lib/dist"].map((path) =>
    join(project, path),
  );
  return {
    folders: [...libraries, ...packages.filter((path) => existsSync(path))],
    programs: [...new Set([nodeProgram(), systemProgram("setpriv")])],
    devices: ["/dev/null", "/dev/zero", "/dev/urandom"],
    copies: [join(project, "package.json"), join(project, "kernel-lib", "package.json")],
    links: present.filter(isLink).map((path) => ({path, target: readlinkSync(path)})),
  };
}

/** Node's own binary, not a link to it: a version manager puts links into a home. */
export function nodeProgram(): string {
  return realpathSync(process.execPath);
}

/**
 * A program of the system, whatever PATH says.
 *
 * @throws Error if it is not there
 */
export function systemProgram(name: string): string {
  const found = PROGRAM_FOLDERS.map((folder) => join(folder, name)).find((p) => existsSync(p));
  if (found === undefined) {
    throw new Error(`Cannot isolate: need ${name} in ${PROGRAM_FOLDERS.join(", ")}, got none`);
  }
  return found;
}

/** The folders that have to be made for these files. */
export function foldersFor({folders, programs, devices, copies, links}: VisibleFiles): string[] {
  const files = [...programs, ...devices, ...copies, ...links.map(({path}) => path)];
  return [...new Set([...folders, ...files.map((path) => dirname(path))])];
}
