"""M/M/1 queues in SimPy, and how fast it runs them.

Arguments: file of doubles, first the times between arrivals, then as many service times; stride.
On standard input, one line a request:
  load QUEUES UNTIL_MS   Runs once. Reply: arrivals + departures, and the sum of waits in ms.
  time MILLISECONDS      Runs again until that much processor time has passed. Reply: events
                         a second of it.
On start it writes one line: the versions of SimPy and Python.
"""

import platform
import sys
import time
from array import array

import simpy


def main():
    draws = array("d")
    with open(sys.argv[1], "rb") as file:
        draws.frombytes(file.read())
    half = len(draws) // 2
    arrivals, services, stride = draws[:half].tolist(), draws[half:].tolist(), int(sys.argv[2])
    print(f"{simpy.__version__}, Python {platform.python_version()}", flush=True)
    queues, until_ms = 1, 1.0
    for line in sys.stdin:
        command, *numbers = line.split()
        if command == "load":
            queues, until_ms = int(numbers[0]), float(numbers[1])
            events, wait_ms = run(queues, until_ms, arrivals, services, stride)
            print(events, repr(wait_ms), flush=True)
        else:
            print(rate(float(numbers[0]), queues, until_ms, arrivals, services, stride), flush=True)


def rate(milliseconds, *model):
    start, events = time.process_time(), 0
    while True:
        events += run(*model)[0]
        elapsed = time.process_time() - start
        if elapsed * 1000 >= milliseconds:
            return events / elapsed


def run(queues, until_ms, arrivals, services, stride):
    env = simpy.Environment()
    mask = len(arrivals) - 1
    events, waits = 0, 0.0

    def customer(server, service_ms):
        nonlocal events, waits
        arrived_ms = env.now
        with server.request() as place:
            yield place
            waits += env.now - arrived_ms
            yield env.timeout(service_ms)
        events += 1

    def source(at):
        nonlocal events
        server = simpy.Resource(env, capacity=1)
        while True:
            yield env.timeout(arrivals[at & mask])
            events += 1
            env.process(customer(server, services[at & mask]))
            at += 1

    for queue in range(queues):
        env.process(source(queue * stride))
    env.run(until=until_ms)
    return events, waits


main()
