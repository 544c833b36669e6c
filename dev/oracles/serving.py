"""The conversation of a bench with its caller: `step N` on stdin, one JSON line with N times back, end at EOF."""

import json
import platform
import statistics
import sys
import time
from importlib import metadata
from pathlib import Path


def times(step, count):
    found = []
    for _ in range(count):
        begin = time.perf_counter()
        step()
        found.append((time.perf_counter() - begin) * 1000)
    return found


def peak():
    """Highest resident memory since forget_peak, in MB of 1,000,000 bytes (Linux; getrusage's is inherited from the process that started us)."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) * 1024 / 1e6


def forget_peak():
    Path("/proc/self/clear_refs").write_text("5")  # the high-water mark becomes what is resident now
    return peak()


def versions():
    return ", ".join([f"torch {metadata.version('torch')}", f"torchvision {metadata.version('torchvision')}",
                      f"Pillow {metadata.version('pillow')}", f"Python {platform.python_version()}"])


def serve(step, extra=lambda: {}, peer=versions):
    print(json.dumps({"ready": True, "peer": peer()}), flush=True)
    for line in sys.stdin:
        words = line.split()
        if not words:
            continue
        if len(words) != 2 or words[0] != "step" or not words[1].isdigit():
            print(json.dumps({"error": f"not `step N`: {line.strip()}"}), flush=True)
            continue
        print(json.dumps({"ms": [round(ms, 4) for ms in times(step, int(words[1]))], **extra()}), flush=True)


def summary(found):
    return {"medianMs": round(statistics.median(found), 3), "minMs": round(min(found), 3), "maxMs": round(max(found), 3), "steps": len(found)}
