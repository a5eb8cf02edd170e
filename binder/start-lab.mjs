// npm start: sets up what is missing, then opens JupyterLab at the first notebook.
//
//   npm start                     opens the browser
//   npm start -- --no-browser     prints the address with its token instead
//   npm start -- --port 9000      that port or none
import {spawn, spawnSync} from "node:child_process";
import {randomBytes} from "node:crypto";
import {closeSync, mkdirSync, openSync, readFileSync} from "node:fs";
import {createServer} from "node:net";
import {join} from "node:path";
// As a whole, since an old Node lacks parseArgs and must still get as far as our message.
import util from "node:util";
import {checkNode, reportAndExit, ROOT, setup, SetupError} from "./setup.mjs";

const FIRST_PORT = 8888;
const START_PAGE = "lab/tree/notebooks/00-start-here.ipynb";
const GRACE_MS = 20_000;
const LOG = join(ROOT, "build", "jupyterlab.log");
/** Whether the reader has been told that JupyterLab runs. */
let ready = false;

try {
  checkNode(process.versions.node);
  await main();
} catch (error) {
  reportAndExit(error);
}

async function main() {
  const options = readOptions();
  console.log("Starting Glass Cloud:");
  const python = await setup();
  const port = await choosePort(options.port);
  const token = randomBytes(24).toString("hex");
  const server = launch(python, port, token, options.browser);
  stopWithUs(server);
  await whenReady(port, token);
  ready = true;
  console.log(`\nGlass Cloud is ready: http://127.0.0.1:${port}/${START_PAGE}?token=${token}`);
  console.log("Press Ctrl-C here to stop it.");
}

function readOptions() {
  try {
    const {values} = util.parseArgs({
      options: {"no-browser": {type: "boolean"}, port: {type: "string"}},
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
      throw new SetupError(`Port ${values.port} is no port: give a number from 1 to 65535.`);
    }
    return {port, browser: !values["no-browser"]};
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(`${error.message}. Known options: --no-browser, --port NUMBER.`);
  }
}

/** The port asked for, or the first free one from 8888 on. */
async function choosePort(asked) {
  if (asked !== undefined) {
    if (await isFree(asked)) return asked;
    throw new SetupError(
      `Port ${asked} is in use. Stop the program that uses it, or choose another with \`npm start -- --port ${asked + 1}\`.`,
    );
  }
  for (let port = FIRST_PORT; port < FIRST_PORT + 50; port++) {
    if (await isFree(port)) return port;
  }
  throw new SetupError(
    "Ports 8888 to 8937 are all in use. Choose another with `npm start -- --port NUMBER`.",
  );
}

function isFree(port) {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once("error", () => settle(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => settle(true)));
  });
}

function launch(python, port, token, browser) {
  mkdirSync(join(ROOT, "build"), {recursive: true});
  const log = openSync(LOG, "w");
  const args = [
    "-m",
    "jupyterlab",
    `--ServerApp.root_dir=${ROOT}`,
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.port=${port}`,
    "--ServerApp.port_retries=0",
    `--ServerApp.default_url=/${START_PAGE}`,
    ...(browser ? [] : ["--no-browser"]),
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
  // The token travels by environment: arguments can be read by every user of the machine.
  const env = {
    ...process.env,
    JUPYTER_TOKEN: token,
    // Its own list of open tabs: not those of another project of this user, and none of ours there.
    // Who names another folder, as tests do, gets it.
    JUPYTERLAB_WORKSPACES_DIR:
      process.env.JUPYTERLAB_WORKSPACES_DIR ?? join(ROOT, ".venv", "workspaces"),
  };
  // A process group of its own, so that Ctrl-C in the terminal reaches it through us, and once.
  const detached = process.platform !== "win32";
  const server = spawn(python, args, {cwd: ROOT, env, detached, stdio: ["ignore", log, log]});
  closeSync(log);
  return server;
}

/** Ctrl-C and a polite kill end the server, which ends its kernels; then we end. */
function stopWithUs(server) {
  let stopping = false;
  const stop = () => {
    // Once: a second signal would end the server before it has ended its kernels.
    if (stopping) return;
    stopping = true;
    console.log("\nStopping …");
    // Windows has no signals: end the process tree.
    if (process.platform === "win32")
      spawnSync("taskkill", ["/pid", String(server.pid), "/T", "/F"]);
    else server.kill("SIGTERM");
    // Kernels get their time; a server that hangs does not get for ever.
    setTimeout(() => server.kill("SIGKILL"), GRACE_MS).unref();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  // Whatever ends us, an error of ours included, must not leave a server behind.
  process.on("exit", () => server.exitCode === null && server.kill("SIGTERM"));
  server.on("error", (error) =>
    reportAndExit(new SetupError(`JupyterLab did not start: ${error.message}.`)),
  );
  server.on("exit", (code) => {
    if (stopping) {
      console.log("Glass Cloud has stopped.");
      process.exit(0);
    }
    const lastWords = readFileSync(LOG, "utf8").trim().split("\n").at(-1);
    const message = `JupyterLab stopped ${ready ? "by itself" : "at once"}: ${lastWords} Its log is ${LOG}.`;
    if (!ready) reportAndExit(new SetupError(message));
    console.error(message);
    process.exit(code || 1);
  });
}

async function whenReady(port, token) {
  for (let attempt = 0; attempt < 240; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/status?token=${token}`).catch(
      () => undefined,
    );
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new SetupError(`JupyterLab did not answer within 60 s. Its log is ${LOG}.`);
}
