/**
 * The worker of a page: takes cells and runs them. It is made from a text (see `page/session.ts`),
 * since a page opened from a file may load no worker from another file.
 */
import type {ImportRequest} from "../cells/import-names.js";
import {CellRunner} from "./cell-runner.js";
import type {LoadedScripts, PageMessage, WorkerMessage} from "./messages.js";
import {ModuleTable} from "./modules.js";

/** The parts of a worker's global scope that are used here; a cell may later hide their names. */
interface WorkerScope {
  postMessage(message: WorkerMessage): void;
  importScripts(url: string): void;
  addEventListener(type: "message", listener: (event: {data: PageMessage}) => void): void;
  addEventListener(
    type: "unhandledrejection",
    listener: (event: {preventDefault(): void; reason: unknown}) => void,
  ): void;
  addEventListener(
    type: "error",
    listener: (event: {preventDefault(): void; error: unknown}) => void,
  ): void;
  URL: {createObjectURL(blob: object): string; revokeObjectURL(url: string): void};
  Blob: new (parts: string[]) => object;
}

const scope = globalThis as unknown as WorkerScope;
const {URL: urls, Blob: TextBlob} = scope;
const post = scope.postMessage.bind(globalThis) as (message: WorkerMessage) => void;
const importScripts = scope.importScripts.bind(globalThis) as (url: string) => void;

interface Waiting {
  resolve(scripts: LoadedScripts): void;
  reject(error: Error): void;
}

const waiting = new Map<number, Waiting>();
let requests = 0;

const modules = new ModuleTable((imports: ImportRequest[]) => {
  const request = ++requests;
  post({kind: "need", request, imports});
  return new Promise((resolve, reject) => waiting.set(request, {resolve, reject}));
});

const runner = new CellRunner(modules, {
  runScript: (text) => {
    const url = urls.createObjectURL(new TextBlob([text]));
    try {
      importScripts(url);
    } finally {
      urls.revokeObjectURL(url);
    }
  },
  setDisplay: (display) => {
    (globalThis as Record<symbol, unknown>)[Symbol.for("glass-cloud.display")] = display;
  },
});

scope.addEventListener("message", ({data}) => {
  if (data.kind === "run") {
    const {run, label, source, compiled} = data;
    const send = (output: Parameters<Parameters<CellRunner["run"]>[1]>[0]): void =>
      post({kind: "output", run, output});
    void runner.run({label, source, compiled}, send).then((ok) => post({kind: "end", run, ok}));
    return;
  }
  const asked = waiting.get(data.request);
  waiting.delete(data.request);
  if (data.kind === "loaded") asked?.resolve(data.scripts);
  else asked?.reject(new Error(data.message));
});

// Shown where it belongs, which is not the browser's console.
scope.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  runner.failLate(event.reason);
});
scope.addEventListener("error", (event) => {
  event.preventDefault();
  runner.failLate(event.error);
});

post({kind: "ready"});
