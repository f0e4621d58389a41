"""Two builds of the same sources are the same byte for byte: in other folders, at other times, under other settings."""

import os
import subprocess
import sys

from conftest import ROOT, SITE_URL, copied

LATER = """
import runpy, sys, time_machine
time_machine.travel("2031-02-03 04:05:06", tick=True).start()
sys.argv = ["mkdocs", *sys.argv[1:]]
runpy.run_module("mkdocs", run_name="__main__")
"""


def contents(folder):
    """Every file below a folder, hidden ones too, with its bytes."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def differences(one, other):
    return sorted(name for name in {**one, **other} if one.get(name) != other.get(name))


def built_otherwise(tmp_path, *options):
    """A build of a copy, years later, by another locale, time zone and seed of hashes, and without what the first one left behind."""
    tree = copied(tmp_path / "elsewhere" / "the tree")
    site = tmp_path / "out" / "another name"
    environment = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPO_URL", "SOURCE_DATE_EPOCH", "LC_ALL")}
    environment |= {
        "SITE_URL": SITE_URL, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LANG": "C",
        "LC_ALL": "C", "PYTHONUTF8": "0", "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        [sys.executable, "-c", LATER, "build", "--strict", "--site-dir", str(site), *options], cwd=tree, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
    assert result.returncode == 0, result.stdout
    return site


def test_two_builds_are_the_same_byte_for_byte(published, tmp_path):
    site = built_otherwise(tmp_path)
    one, other = contents(published), contents(site)
    assert len(one) > 300 and ".htaccess" in one and "en/search/search_index.json" in one
    assert not differences(one, other)
    assert not differences(contents(published.with_name("published-headers")), contents(site.with_name("another name-headers")))


def test_nothing_that_is_built_tells_of_the_machine(published):
    for name, data in contents(published).items():
        for secret in (str(ROOT), str(published), os.path.expanduser("~") + "/"):
            assert secret.encode() not in data, f"{name} names {secret}"
