// A worker that takes one job and never ends it: killed by the test in the middle of it.
import {startWorker} from "kernel-lib/course/grading";

startWorker(process.argv[2], {
  jobs: 1,
  grade: () => {
    console.log("begun");
    return new Promise(() => setInterval(() => undefined, 1000));
  },
});
