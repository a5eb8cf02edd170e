/** Linux as the judge, at length: random schedules by seed, and conversations through NAT. */
import {describe, expect} from "vitest";
import {Random} from "kernel-lib/random";
import {LINUX_6_TIMEOUTS, NatGateway} from "kernel-lib/vpc";
import {recordMeasured} from "../support/measured.js";
import {itNeeds} from "../support/needs.js";
import {canRouteWithLinux, INSTALL, LinuxRouter, OUTSIDE} from "../vpc/linux-router.js";
import {playBoth, randomSchedule, WITHOUT_SYN} from "../vpc/linux-schedules.js";
import {NatContest} from "../vpc/linux-translations.js";

const can = canRouteWithLinux();
const NEEDS = "Linux with nftables and conntrack";
const SCHEDULES = 1500;

describe("Linux as the judge, at length", () => {
  const tracks = "ConnectionTracker agrees after each step of random schedules";
  itNeeds(can, NEEDS, INSTALL, tracks, async (context) => {
    const router = await LinuxRouter.open();
    const random = new Random(100);
    const differences: string[] = [];
    let steps = 0;
    try {
      for (let run = 0; run < SCHEDULES; run++) {
        const schedule = randomSchedule(random, run, WITHOUT_SYN);
        steps += schedule.steps.length;
        const options = {timeouts: LINUX_6_TIMEOUTS, look: "each"} as const;
        differences.push(...(await playBoth(router, schedule, options)));
        // Keeps the list of flows short, which is read after each step.
        if (run % 50 === 0) await router.forget();
      }
    } finally {
      await router.close();
    }
    recordMeasured(
      context,
      `${SCHEDULES} schedules, ${steps} packets, ${differences.length} differences; seed 100`,
    );
    expect(differences).toEqual([]);
  });

  const translates = "NatGateway translates as masquerade does, up to the choice of port";
  itNeeds(can, NEEDS, INSTALL, translates, async (context) => {
    const settings = {"netfilter/nf_conntrack_tcp_loose": 0};
    const router = await LinuxRouter.open({translate: "masquerade", settings});
    const contest = new NatContest(router, new NatGateway({addresses: [OUTSIDE]}));
    try {
      await contest.playAll(new Random(101), 1000);
    } finally {
      await router.close();
    }
    const {forwarded, dropped, errors, differences} = contest;
    recordMeasured(
      context,
      `${forwarded} packets forwarded by both, byte for byte (${errors} of them ICMP errors), ` +
        `${dropped} dropped by both, ${differences.length} differences; seed 101`,
    );
    expect(differences).toEqual([]);
    expect(forwarded).toBeGreaterThan(10_000);
  });
});
