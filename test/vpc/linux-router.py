"""A Linux router between two wires, driven by lines of JSON on standard input.

Three network namespaces without names: client, router, server. They end with this process, however
it ends, and an alarm ends it. Frames go in and come out through packet sockets at the ends of the two
wires; no host stands there, so nothing answers by itself. The router knows its neighbours beforehand.

Behind each frame goes a marker that the router does not track. Packets of one wire stay in order, so
once the marker has arrived, the frame has been delivered or dropped: no waiting for silence.
"""
import ctypes
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time

CLONE_NEWNET = 0x40000000
IPV4 = 0x0800
PACKET_OUTGOING = 4
libc = ctypes.CDLL(None, use_errno=True)


def check(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def new_namespace():
    check(libc.unshare(CLONE_NEWNET))
    return os.open("/proc/self/ns/net", os.O_RDONLY)


def enter(namespace):
    check(libc.setns(namespace, CLONE_NEWNET))


def run(*words, text=None):
    done = subprocess.run(words, input=text, capture_output=True, text=True, timeout=20)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


def set_value(name, value):
    with open("/proc/sys/net/" + name, "w") as file:
        file.write(str(value))


def quiet():
    run("ip", "link", "set", "lo", "up")
    for which in ("all", "default"):
        set_value(f"ipv6/conf/{which}/disable_ipv6", 1)


def wire(name, namespace, router, address, neighbours):
    """A wire from the router to the namespace; returns a packet socket at its far end."""
    enter(router)
    run("ip", "link", "add", "name", name, "type", "veth", "peer", "name", "far")
    run("ip", "link", "set", "far", "netns", f"/proc/{os.getpid()}/fd/{namespace}")
    run("ip", "link", "set", name, "address", "02:00:00:00:00:01", "mtu", "9001", "up")
    run("ip", "addr", "add", address, "dev", name)
    enter(namespace)
    run("ip", "link", "set", "far", "address", "02:00:00:00:00:02", "mtu", "9001", "up")
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(IPV4))
    end.bind(("far", IPV4))
    enter(router)
    for neighbour in neighbours:
        run("ip", "neigh", "add", neighbour, "lladdr", "02:00:00:00:00:02", "dev", name, "nud", "permanent")
    return end


def checksum(header):
    total = sum(struct.unpack(f"!{len(header) // 2}H", header))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def marker(source, destination):
    ends = socket.inet_aton(source) + socket.inet_aton(destination)
    header = struct.pack("!BBHHHBBH", 0x45, 0, 28, 0, 0, 64, 17, 0) + ends
    header = header[:10] + struct.pack("!H", checksum(header)) + header[12:]
    udp = struct.pack("!HHHH", 9, 9, 8, 0)
    return bytes.fromhex("020000000001020000000002") + b"\x08\x00" + header + udp


class Router:
    def __init__(self, rules, settings, clients, servers):
        self.router = new_namespace()
        quiet()
        client, server = new_namespace(), None
        quiet()
        server = new_namespace()
        quiet()
        enter(self.router)
        near = wire("inside", client, self.router, "10.0.2.1/24", [*clients, "10.0.2.99"])
        far = wire("outside", server, self.router, "52.0.0.1/24", [*servers, "52.0.0.99"])
        self.ends = {"client": near, "server": far}
        self.markers = {
            "client": marker("10.0.2.99", "52.0.0.99"),
            "server": marker("52.0.0.99", "10.0.2.99"),
        }
        set_value("ipv4/ip_forward", 1)
        run("nft", "-f", "-", text=rules)
        for name, value in settings.items():
            set_value(name, value)

    def send(self, side, frame):
        other = "server" if side == "client" else "client"
        self.ends[side].send(bytes.fromhex(frame))
        self.ends[side].send(self.markers[side])
        received = {"client": [], "server": []}
        until = time.monotonic() + 5
        marked = False
        while not marked:
            left = until - time.monotonic()
            ready, _, _ = select.select(list(self.ends.values()), [], [], max(0, left))
            if not ready:
                raise RuntimeError("the marker did not arrive in 5 s")
            for name, end in self.ends.items():
                if end not in ready:
                    continue
                data, about = end.recvfrom(65536)
                if about[2] == PACKET_OUTGOING:
                    continue
                if name == other and data[26:34] == self.markers[side][26:34]:
                    marked = True
                else:
                    received[name].append(data.hex())
        return received

    def answer(self, request):
        kind = request["do"]
        if kind == "send":
            return self.send(request["side"], request["frame"])
        if kind == "flows":
            return {"text": run("conntrack", "-L", "-o", "extended")}
        if kind == "forget":
            run("conntrack", "-F")
            return {}
        if kind == "wait":
            time.sleep(request["seconds"])
            return {}
        raise ValueError(kind)


def main():
    setup = json.loads(sys.stdin.readline())
    signal.alarm(setup["seconds"])
    # All packets on one processor stay in order.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    router = Router(setup["rules"], setup["settings"], setup["clients"], setup["servers"])
    print("{}", flush=True)
    for line in sys.stdin:
        print(json.dumps(router.answer(json.loads(line))), flush=True)


main()
