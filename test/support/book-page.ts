/** The book in a browser: made once for a test file, opened page by page, watched all the time. */
import {createReadStream, existsSync} from "node:fs";
import {createServer} from "node:http";
import type {Server} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, normalize} from "node:path";
import {pathToFileURL} from "node:url";
import type {Output} from "kernel-lib/kernel";
import type {Browser, BrowserContextOptions, Page} from "playwright-core";

/** What a page must not do. */
export interface Watched {
  page: Page;
  /** Errors on the console and in scripts, failed requests, requests to other hosts. */
  complaints: string[];
  /** Addresses that were asked for, in order. */
  requests: string[];
}

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/** Serves a folder on a free port of loopback, as any static server would. */
export async function serveFolder(folder: string): Promise<{server: Server; address: string}> {
  const server = createServer(({url = "/"}, response) => {
    const path = join(folder, normalize(decodeURIComponent(new URL(url, "http://x").pathname)));
    if (!path.startsWith(folder) || !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {"content-type": TYPES[extname(path)] ?? "application/octet-stream"});
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`};
}

/** Address of a page of the book by double click. */
export function fileAddress(folder: string): string {
  return pathToFileURL(folder).href;
}

/**
 * Opens a page and watches it from its first request on. Messages of its worker are kept in
 * `globalThis.workerMessages`.
 */
export async function openBookPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  const watched: Watched = {page, complaints: [], requests: []};
  const home = new URL(address);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) watched.complaints.push(message.text());
  });
  page.on("pageerror", (error) => watched.complaints.push(error.message));
  page.on("requestfailed", (request) => watched.complaints.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    watched.requests.push(url.href);
    const isOwn = ["data:", "blob:"].includes(url.protocol) || url.host === home.host;
    if (!isOwn) watched.complaints.push(`foreign: ${url.href}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400)
      watched.complaints.push(`${response.status()}: ${response.url()}`);
  });
  await page.addInitScript(keepWorkerMessages);
  await page.goto(address);
  return watched;
}

/** The messages that the page's workers have sent so far. */
export interface SeenMessage {
  kind: string;
  run?: number;
  output?: Output;
  ok?: boolean;
}

export async function workerMessages(page: Page): Promise<SeenMessage[]> {
  return page.evaluate(
    () => (globalThis as unknown as {workerMessages: SeenMessage[]}).workerMessages,
  );
}

/** Waits until so many runs have ended. */
export async function runsEnded(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      (globalThis as unknown as {workerMessages: SeenMessage[]}).workerMessages.filter(
        ({kind}) => kind === "end",
      ).length >= wanted,
    count,
    {timeout: 60_000},
  );
}

/** Outputs by run, in the order of runs. */
export async function outputsByRun(page: Page): Promise<Output[][]> {
  const messages = await workerMessages(page);
  const ended = messages.filter(({kind}) => kind === "end").map(({run}) => run);
  return ended.map((run) =>
    messages.flatMap((message) =>
      message.kind === "output" && message.run === run ? [message.output!] : [],
    ),
  );
}

function keepWorkerMessages(): void {
  const scope = globalThis as unknown as {
    workerMessages: unknown[];
    Worker: new (url: string) => {
      addEventListener(type: string, listener: (event: {data: unknown}) => void): void;
    };
  };
  const {Worker} = scope;
  scope.workerMessages = [];
  scope.Worker = class extends Worker {
    constructor(url: string) {
      super(url);
      this.addEventListener("message", ({data}) => scope.workerMessages.push(data));
    }
  };
}
