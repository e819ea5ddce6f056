"""Is it known what this process may use of the machine?"""

import os

import pytest

from helpers import limits
from helpers.coursework.backends.local import count_jobs
from helpers.coursework.isolation.budgets import MEMORY

GB = 1_000_000_000
MACHINE = 20_000_000 * 1024


@pytest.mark.parametrize(
    ("own", "files", "cores", "memory"),
    [
        ("0::/", {"cpu.max": "max 100000", "memory.max": "max"}, 64, None),
        ("0::/", {"cpu.max": "250000 100000", "memory.max": f"{3 * GB}"}, 2, 3 * GB),
        ("0::/", {"cpu.max": "50000 100000"}, 1, None),
        ("0::/pods/mine", {"pods/cpu.max": "300000 100000", "pods/mine/memory.max": f"{9 * GB}",
                           "pods/memory.max": f"{5 * GB}"}, 3, 5 * GB),
        ("0::/not/mounted/here", {"cpu.max": "200000 100000"}, 2, None),
        ("5:cpu,cpuacct:/a\n4:memory:/a",
         {"cpu/a/cpu.cfs_quota_us": "400000", "cpu/a/cpu.cfs_period_us": "100000",
          "cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000",
          "memory/a/memory.limit_in_bytes": f"{7 * GB}"}, 4, 7 * GB),
        ("", {}, 64, None),
    ],
)  # fmt: skip
def test_cgroups(tmp_path, monkeypatch, own, files, cores, memory):
    """Do jobs follow the limits of control groups, of both versions and of those that contain them?"""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "own").write_text(own)
    (tmp_path / "machine").write_text(f"MemTotal: 99 kB\nMemAvailable: {MACHINE // 1024} kB\n")
    monkeypatch.setattr(limits, "_MACHINE", tmp_path / "machine")
    monkeypatch.setattr(limits, "_CGROUPS", tmp_path)
    monkeypatch.setattr(limits, "_OWN_CGROUPS", tmp_path / "own")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 64, raising=False)
    assert limits.count_cores() == cores
    assert limits.available_memory() == (memory or MACHINE)
    assert count_jobs() == max(min(cores, (memory or MACHINE) // MEMORY), 1)


@pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity"), reason="Only Linux restricts a process to some cores."
)
def test_affinity():
    """Do jobs follow the cores to which this process is restricted?"""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert limits.count_cores() == 1 == count_jobs()
    finally:
        os.sched_setaffinity(0, before)
