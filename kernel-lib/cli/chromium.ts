import {accessSync} from "node:fs";
import {chromium} from "playwright-core";
import type {Browser} from "playwright-core";

/** Where a Chromium usually lies. `CHROMIUM=/path` in the environment comes first. */
const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** How to get one, for a message. */
export const CHROMIUM_ADVICE =
  "Chromium is not installed: `apt install chromium`, or set CHROMIUM to the path of a browser";

/** Path of a Chromium, or undefined. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const places = [environment["CHROMIUM"] ?? "", ...USUAL_PLACES];
  return places.find((path) => path !== "" && exists(path));
}

/**
 * Starts a headless Chromium that talks to nobody by itself, with a profile of its own.
 *
 * @throws Error if there is none
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(CHROMIUM_ADVICE);
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--disable-quic",
    ],
  });
}

function exists(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}
