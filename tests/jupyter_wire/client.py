"""A front end made of libzmq, for tests: prints one JSON line a result.

Usage: client.py CONNECTION_JSON COMMAND [ARGUMENT...]
"""
import hashlib
import hmac
import json
import os
import signal
import sys
import time
import uuid

import zmq

info = json.loads(sys.argv[1])
context = zmq.Context()
TIMEOUT_MS = 30_000


def url(port_name, connection=info):
    separator = ":" if connection["transport"] == "tcp" else "-"
    port = connection[port_name]
    return f"{connection['transport']}://{connection['ip']}{separator}{port}"


def connect(kind, port_name, **options):
    socket = context.socket(kind)
    socket.linger = 0
    socket.rcvtimeo = TIMEOUT_MS
    socket.sndhwm = 0
    socket.rcvhwm = 0
    for name, value in options.items():
        setattr(socket, name, value)
    if kind == zmq.SUB and "subscribe" not in options:
        socket.subscribe = b""
    socket.connect(url(port_name))
    return socket


def sign(parts, key=None):
    key = info["key"] if key is None else key
    mac = hmac.new(key.encode(), digestmod=hashlib.sha256)
    for part in parts:
        mac.update(part)
    return mac.hexdigest().encode() if info["key"] else b""


def request(msg_type, content, key=None, buffers=()):
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": msg_type,
        "session": "s",
        "username": "u",
        "date": "2026-01-01T00:00:00Z",
        "version": "5.5",
    }
    parts = [json.dumps(p).encode() for p in (header, {}, {}, content)]
    return [b"<IDS|MSG>", sign(parts, key), *parts, *buffers]


def reply(socket):
    frames = socket.recv_multipart()
    at = frames.index(b"<IDS|MSG>")
    parts = frames[at + 2 : at + 6]
    assert frames[at + 1] == sign(parts), "signature"
    header, parent, metadata, content = map(json.loads, parts)
    return {
        "topic": [f.decode("latin1") for f in frames[:at]],
        "type": header["msg_type"],
        "parent": parent,
        "content": content,
        "buffers": frames[at + 6 :],
    }


def say(**result):
    print(json.dumps(result, default=lambda b: b.hex()), flush=True)


def echo():
    """Every channel once, with binary data both ways."""
    sub = connect(zmq.SUB, "iopub_port")
    welcome = reply(sub)
    heartbeat = connect(zmq.REQ, "hb_port")
    heartbeat.send(b"ping")
    shell = connect(zmq.DEALER, "shell_port", identity=b"front-end")
    stdin = connect(zmq.DEALER, "stdin_port", identity=b"front-end")
    control = connect(zmq.DEALER, "control_port")
    # So that the prompt finds its way, stdin must be there before.
    stdin.send_multipart(request("input_reply", {"value": "early"}))
    early = reply(sub)
    buffers = [b"\x00\xff" * 10, b""]
    shell.send_multipart(request("echo", {"text": "ü"}, buffers=buffers))
    answer = reply(shell)
    published = reply(sub)
    control.send_multipart(request("echo", {"text": "control"}))
    shell.send_multipart(request("ask", {}))
    prompt = reply(stdin)
    stdin.send_multipart(request("input_reply", {"value": "typed"}))
    typed = [reply(sub)["content"] for _ in range(2)]
    say(
        heartbeat=heartbeat.recv().decode(),
        welcome=[welcome["topic"], welcome["type"], welcome["parent"], welcome["content"]],
        early=early["content"],
        shell=[answer["type"], answer["content"], answer["buffers"]],
        iopub=[published["topic"], published["type"], published["buffers"]],
        control=reply(control)["content"],
        prompt=[prompt["type"], prompt["content"]],
        typed=typed,
    )


def flood(count):
    """Asks for many messages on iopub, and checks their order."""
    sub = connect(zmq.SUB, "iopub_port")
    reply(sub)
    shell = connect(zmq.DEALER, "shell_port")
    started = time.perf_counter()
    shell.send_multipart(request("flood", {"count": int(count)}))
    first = sub.recv_multipart()
    frames = [first] + [sub.recv_multipart() for _ in range(int(count) - 1)]
    elapsed = time.perf_counter() - started
    numbers = [json.loads(f[-1])["number"] for f in frames]
    say(in_order=numbers == list(range(int(count))), seconds=elapsed)


def big(mebibytes):
    """Sends and gets one long frame on shell."""
    shell = connect(zmq.DEALER, "shell_port")
    data = os.urandom(1024 * 1024) * int(mebibytes)
    times = []
    for _ in range(3):
        started = time.perf_counter()
        shell.send_multipart(request("echo", {}, buffers=[data]))
        frames = shell.recv_multipart()
        times.append(time.perf_counter() - started)
        assert frames[-1] == data
    say(bytes=len(frames[-1]), seconds=min(times))


def reconnect(count):
    """The same identity, over and over, each time on a new connection."""
    good = 0
    for number in range(int(count)):
        shell = connect(zmq.DEALER, "shell_port", identity=b"same")
        shell.send_multipart(request("echo", {"number": number}))
        good += reply(shell)["content"] == {"number": number}
        if number % 2:
            shell.close()  # Else it is still there when the next one comes.
    say(good=good)


def many(count):
    """Clients at once, each with its own answers."""
    clients = [connect(zmq.DEALER, "shell_port") for _ in range(int(count))]
    subs = [connect(zmq.SUB, "iopub_port") for _ in range(int(count))]
    for sub in subs:
        reply(sub)
    for turn in range(10):
        for number, client in enumerate(clients):
            client.send_multipart(request("echo", {"me": [number, turn]}))
    good = sum(
        reply(client)["content"] == {"me": [number, turn]}
        for turn in range(10)
        for number, client in enumerate(clients)
    )
    seen = [
        sorted(reply(sub)["content"]["me"] for _ in range(10 * int(count)))
        for sub in subs
    ]
    say(good=good, all_saw_all=all(s == seen[0] for s in seen), saw=len(seen[0]))


def stop():
    """Subscribes, says so, and stops itself until somebody continues it."""
    sub = connect(zmq.SUB, "iopub_port", rcvhwm=1)
    reply(sub)
    say(ready=True)
    os.kill(os.getpid(), signal.SIGSTOP)


def ping(milliseconds):
    """Lets libzmq send PING; a missing PONG would break the connection."""
    shell = connect(
        zmq.DEALER, "shell_port",
        heartbeat_ivl=20, heartbeat_timeout=1000, heartbeat_ttl=2000,
    )
    monitor = shell.get_monitor_socket(zmq.EVENT_DISCONNECTED)
    shell.send_multipart(request("echo", {}))
    reply(shell)
    broken = monitor.poll(int(milliseconds))
    shell.send_multipart(request("echo", {"after": True}))
    say(broken=broken, after=reply(shell)["content"])


def wrong():
    """Messages that must be refused, then one that must not."""
    shell = connect(zmq.DEALER, "shell_port")
    good = request("echo", {"number": 1})
    shell.send_multipart(request("echo", {}, key="wrong"))
    shell.send_multipart([b"no", b"envelope"])
    shell.send_multipart(good[:4])
    shell.send_multipart(request("fail", {}))
    shell.send_multipart(good)
    shell.send_multipart(good)
    shell.send_multipart(request("echo", {"number": 2}))
    sub = connect(zmq.DEALER, "iopub_port")  # Not a kind that fits.
    sub.send(b"x")
    say(answers=[reply(shell)["content"] for _ in range(2)],
        more=shell.poll(200))


def topics():
    """Subscriptions by prefix, made twice, cancelled once."""
    sub = connect(zmq.XSUB, "iopub_port")
    shell = connect(zmq.DEALER, "shell_port")
    topic = b"kernel.k.echo"
    for command in (b"\1", b"\1", b"\0"):
        sub.send(command + topic)
    first = reply(sub)
    shell.send_multipart(request("echo", {"number": 1}))
    second = reply(sub)
    sub.send(b"\0" + topic)
    sub.send(b"\1other")
    third = reply(sub)
    shell.send_multipart(request("echo", {"number": 2}))
    reply(shell), reply(shell)
    say(welcome=[first["topic"], first["content"]], second=second["content"],
        third=third["content"], more=sub.poll(200))


def latency(count):
    """Round trips on shell, without JSON in the way, and on the heartbeat."""
    result = {}
    for name, kind, port in (
        ("router", zmq.DEALER, "shell_port"), ("rep", zmq.REQ, "hb_port"),
    ):
        socket = connect(kind, port)
        times = []
        for _ in range(int(count)):
            frames = request("echo", {}) if name == "router" else [b"ping"]
            started = time.perf_counter()
            socket.send_multipart(frames)
            socket.recv_multipart()
            times.append((time.perf_counter() - started) * 1000)
        times.sort()
        at = lambda share: round(times[int(len(times) * share)], 3)
        result[name] = {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99)}
    say(**result)


def launch():
    """Plays the launcher of JEP 66."""
    router = context.socket(zmq.ROUTER)
    router.linger = 1000
    router.rcvtimeo = TIMEOUT_MS
    port = router.bind_to_random_port("tcp://127.0.0.1")
    say(port=port)
    identity, delimiter, signature, content = router.recv_multipart()
    assert (delimiter, signature) == (b"<IDS|MSG>", sign([content]))
    router.send_multipart([identity, delimiter, sign([b'"ACK"']), b'"ACK"'])
    ports = json.loads(content)
    info.update(ip="127.0.0.1", transport="tcp", **ports)
    heartbeat = connect(zmq.REQ, "hb_port")
    heartbeat.send(b"alive")
    say(content=ports, heartbeat=heartbeat.recv().decode())


globals()[sys.argv[2]](*sys.argv[3:])
context.destroy(linger=1000)
