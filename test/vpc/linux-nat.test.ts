import {afterAll, beforeAll, describe, expect} from "vitest";
import {LINUX_6_TIMEOUTS, NatGateway, withTimeouts} from "kernel-lib/vpc";
import {Random} from "kernel-lib/random";
import {itNeeds} from "../support/needs.js";
import {canRouteWithLinux, INSTALL, LinuxRouter, OUTSIDE} from "./linux-router.js";
import {exhaust, NatContest} from "./linux-translations.js";
import {everyTcpProbe, freshEnds, playBoth, randomSchedule} from "./linux-schedules.js";

const can = canRouteWithLinux();
const judged = (name: string, fn: () => Promise<void>): void =>
  itNeeds(can, "Linux with nftables and conntrack", INSTALL, name, fn);

/** Opened before each block's tests and closed after, whatever they do. */
function routerFor(options: Parameters<typeof LinuxRouter.open>[0]): () => LinuxRouter {
  let router: LinuxRouter | undefined;
  beforeAll(async () => {
    if (can) router = await LinuxRouter.open(options);
  });
  afterAll(() => router?.close());
  return () => router!;
}

describe("Linux as the judge: tracking", () => {
  const router = routerFor({});

  judged("ConnectionTracker agrees for every state, direction and kind of TCP packet", async () => {
    const differences: string[] = [];
    let probes = 0;
    for (const probe of everyTcpProbe()) {
      differences.push(...(await playBoth(router(), probe, {timeouts: LINUX_6_TIMEOUTS})));
      probes++;
    }
    expect(probes).toBe(260);
    expect(differences).toEqual([]);
  });

  judged("ConnectionTracker agrees after each step of random schedules", async () => {
    const random = new Random(1);
    const differences: string[] = [];
    for (let run = 0; run < 60; run++) {
      const schedule = randomSchedule(random, run);
      const options = {timeouts: LINUX_6_TIMEOUTS, look: "each"} as const;
      differences.push(...(await playBoth(router(), schedule, options)));
    }
    expect(differences).toEqual([]);
  });
});

describe("Linux as the judge: no pick-up", () => {
  const router = routerFor({settings: {"netfilter/nf_conntrack_tcp_loose": 0}});

  judged("ConnectionTracker with tcpLoose: false picks up nothing in mid-flow either", async () => {
    const differences: string[] = [];
    for (const probe of everyTcpProbe(["NONE", "picked up"])) {
      const options = {timeouts: LINUX_6_TIMEOUTS, tcpLoose: false};
      differences.push(...(await playBoth(router(), probe, options)));
    }
    expect(differences).toEqual([]);
  });
});

describe("Linux as the judge: timeouts", () => {
  /** All different, so that one taken for another shows. */
  const seconds = {
    SYN_SENT: 31,
    SYN_SENT2: 31,
    SYN_RECV: 34,
    ESTABLISHED: 37,
    FIN_WAIT: 40,
    CLOSE_WAIT: 43,
    LAST_ACK: 46,
    TIME_WAIT: 49,
    CLOSE: 52,
    UDP: 55,
    UDP_STREAM: 58,
    ICMP: 61,
  };
  const names = Object.entries(seconds).filter(([name]) => name !== "SYN_SENT2");
  const settings = Object.fromEntries(
    names.map(([name, value]) => {
      const isTcp = !/UDP|ICMP/.test(name);
      const key = {UDP: "udp_timeout", UDP_STREAM: "udp_timeout_stream", ICMP: "icmp_timeout"}[
        name
      ];
      const file = isTcp ? `tcp_timeout_${name.toLowerCase()}` : key!;
      return [`netfilter/nf_conntrack_${file}`, value];
    }),
  );
  const router = routerFor({settings});
  const timeouts = withTimeouts(
    LINUX_6_TIMEOUTS,
    Object.fromEntries(Object.entries(seconds).map(([name, value]) => [name, 1000 * value])),
  );

  judged(
    "ConnectionTracker forgets each state after the time that sysctl sets for it",
    async () => {
      const differences: string[] = [];
      for (const probe of everyTcpProbe(undefined, ["ACK", "RST"])) {
        differences.push(...(await playBoth(router(), probe, {timeouts, look: "each"})));
      }
      for (const steps of [
        ["C udp", "S udp", "C udp"],
        ["C ping", "S pong", "C ping"],
      ] as const) {
        const schedule = {name: steps.join(), ends: freshEnds(), steps};
        differences.push(...(await playBoth(router(), schedule, {timeouts, look: "each"})));
      }
      expect(differences).toEqual([]);
    },
  );
});

describe("Linux as the judge: expiry", () => {
  const settings = {
    "netfilter/nf_conntrack_udp_timeout": 1,
    "netfilter/nf_conntrack_tcp_timeout_syn_sent": 1,
  };
  const router = routerFor({settings});

  judged(
    "ConnectionTracker lets a flow of 1 s expire as Linux does, and keeps one of 30 s",
    async () => {
      const timeouts = withTimeouts(LINUX_6_TIMEOUTS, {UDP: 1000, SYN_SENT: 1000});
      for (const way of ["C udp", "C SYN", "C ping"] as const) {
        const schedule = {name: way, ends: freshEnds(), steps: [way, "wait 2.1", way] as const};
        expect(await playBoth(router(), schedule, {timeouts, look: "each"})).toEqual([]);
      }
    },
  );
});

describe("Linux as the judge: translation", () => {
  const router = routerFor({
    translate: "masquerade",
    settings: {"netfilter/nf_conntrack_tcp_loose": 0},
  });

  judged(
    "NatGateway translates conversations as masquerade does, up to the choice of port",
    async () => {
      const contest = new NatContest(router(), new NatGateway({addresses: [OUTSIDE]}));
      await contest.playAll(new Random(2), 12);
      expect(contest.differences).toEqual([]);
      expect(contest.forwarded).toBeGreaterThan(100);
      expect(contest.dropped).toBeGreaterThan(10);
      expect(contest.errors).toBeGreaterThan(5);
    },
  );
});

describe("Linux as the judge: exhaustion", () => {
  const router = routerFor({
    translate: "meta l4proto { tcp, udp } masquerade to :1024-1033",
    settings: {"netfilter/nf_conntrack_tcp_loose": 0},
  });

  judged("NatGateway runs out of ports per destination just where Linux does", async () => {
    const ports = {first: 1024, last: 1033, perDestination: 10};
    const gateway = new NatGateway({addresses: [OUTSIDE], ports});
    const found = await exhaust(router(), gateway);
    expect(found.linux).toEqual({
      "tcp 52.0.0.9:443": 10,
      "tcp 52.0.0.9:8443": 10,
      "tcp 52.0.0.10:443": 10,
      "udp 52.0.0.9:443": 10,
    });
    expect(found.ours).toEqual(found.linux);
    expect(gateway.counters.errorPortAllocation).toBe(8);
  });
});
