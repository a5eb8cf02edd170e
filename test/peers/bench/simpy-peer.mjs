// The peer SimPy, Python's simulation library, as a child process: see simpy-bench.py.
import {spawn} from "node:child_process";
import {mkdirSync, writeFileSync} from "node:fs";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";
import {installPythonPeers} from "../set-up-peers.mjs";

const SOURCE = fileURLToPath(new URL("simpy-bench.py", import.meta.url));
const BUILD = fileURLToPath(new URL("../build/", import.meta.url));

/**
 * Installs and starts the peer.
 *
 * @returns the peer, or {missing} with what to do about it
 */
export async function openSimpy({arrivals, services, stride}) {
  const {python, problem} = installPythonPeers();
  if (problem) {
    console.error(`SimPy cannot be installed: ${problem}`);
    return {missing: "SimPy left out (npm run setup, then pip must reach a package index)"};
  }
  mkdirSync(BUILD, {recursive: true});
  const draws = `${BUILD}draws.f64`;
  writeFileSync(draws, new Uint8Array(Float64Array.from([...arrivals, ...services]).buffer));
  const child = spawn(python, [SOURCE, draws, String(stride)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  const ask = async (request) => {
    if (request) child.stdin.write(`${request}\n`);
    const {value, done} = await lines.next();
    if (done) throw new Error("SimPy's program ended before it had replied");
    return value;
  };
  return {
    label: `SimPy ${await ask()}`,

    /** Runs the model once. @returns what it came to */
    async load({queues, untilMs}) {
      const [events, waitMs] = (await ask(`load ${queues} ${untilMs}`)).split(" ").map(Number);
      return {events, waitMs};
    },

    /** The contestant that runs what was loaded last; rate: events a second. */
    contestant: {
      name: "SimPy",
      round: async (milliseconds) => Number(await ask(`time ${milliseconds}`)),
    },

    close: () => child.stdin.end(),
  };
}
