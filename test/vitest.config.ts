import {fileURLToPath} from "node:url";
import {defineConfig} from "vitest/config";

/** `npm test` runs everything but test/long; `npm run test:long` runs only that. */
const long = process.env["GLASS_CLOUD_LONG"] === "1";

export default defineConfig({
  test: {
    // Not .pathname, which stays percent-encoded: a space in the path would hide every test.
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: long ? ["test/long/**/*.test.ts"] : ["test/**/*.test.ts"],
    exclude: long ? [] : ["test/long/**"],
    pool: "forks",
    maxWorkers: 2,
    // Tests start notebooks, browsers and servers; no assertion depends on how long that takes.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
