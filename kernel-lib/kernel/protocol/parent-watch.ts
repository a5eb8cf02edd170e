/** Ends the kernel when the Jupyter server that started it is gone, as Jupyter's own kernels do. */

const POLL_MS = 1000;

/**
 * Watches the parent that the environment names (`JPY_PARENT_PID`, set by Jupyter). A kernel that
 * was started by hand has none, and lives on.
 *
 * @param onGone called once
 */
export function watchParent(
  env: Readonly<Record<string, string | undefined>>,
  onGone: () => void,
): void {
  // On Windows the variable holds a handle; the process id of the parent says the same.
  const parent = process.platform === "win32" ? process.ppid : Number(env["JPY_PARENT_PID"]);
  if (env["JPY_PARENT_PID"] === undefined || !(parent > 1) || !isAlive(parent)) return;
  const wasOurParent = process.ppid === parent;
  const timer = setInterval(() => {
    // An orphan is given another parent; its old one's number may be used again.
    const orphaned = wasOurParent && process.ppid !== parent;
    if (!orphaned && isAlive(parent)) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
