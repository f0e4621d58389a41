#!/usr/bin/env bash
# Versions: Python 3.11 to 3.13 (subprocess, resource), Linux 6.18
# Guess: a fresh process knows nothing of the one that started it, so resource.getrusage(RUSAGE_SELF).ru_maxrss is
#   its own peak: start each method in a process of its own, and compare.
# Behaviour seen: at exec Linux takes over the peak of the memory that is replaced, which is still the parent's.
#   A child of a process that holds 400 MB reports 400 MB, however little it takes itself, and every method measured
#   from a big program looks alike. VmHWM in /proc/self/status belongs to the memory, and begins anew.
# Output seen (MB; a little more or less):
#   ru_maxrss 413, VmHWM 13
set -euo pipefail
python3 - <<'PY'
import re, subprocess, sys

held = bytearray(400 * 2**20)  # what the parent holds
child = """
import re, resource
own = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, own // 1024)
"""
made = subprocess.run([sys.executable, "-c", child], capture_output=True, text=True, check=True)
inherited, own = map(int, made.stdout.split())
print(f"ru_maxrss {inherited}, VmHWM {own}")
assert inherited > 380 and own < 50, "a child's ru_maxrss is its own now"
PY
