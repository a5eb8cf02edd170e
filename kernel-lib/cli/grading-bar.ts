import {SingleBar} from "cli-progress";

export interface GradingBar {
  done(count: number, student: string): void;
  close(): void;
}

/** Shows how far a class is: a bar in a terminal, elsewhere a line for each tenth. */
export function openGradingBar(total: number): GradingBar {
  if (!process.stderr.isTTY) return lineByLine(total);
  const bar = new SingleBar({
    format: "grading {bar} {value} of {total}  {eta_formatted} left  {student}",
    hideCursor: true,
    // SIGINT is the command's own: it ends after the submissions under way.
    gracefulExit: false,
  });
  bar.start(total, 0, {student: ""});
  return {
    done: (count, student) => bar.update(count, {student}),
    close: () => bar.stop(),
  };
}

function lineByLine(total: number): GradingBar {
  let told = 0;
  return {
    done(count) {
      const tenths = Math.floor((10 * count) / total);
      if (tenths === told) return;
      told = tenths;
      console.error(`graded ${count} of ${total}`);
    },
    close: () => undefined,
  };
}
