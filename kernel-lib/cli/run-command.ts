/**
 * Runs a command. What goes wrong is one line on stderr and exit code 1: whoever typed it needs the
 * sentence, not our stack.
 */
export async function runCommand(work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
