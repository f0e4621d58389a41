"""Puts a built site on a server's disk as a release, and back.

    python -m publish.release site /srv/handbook [--keep 5] [--reload "nginx -s reload"]
    python -m publish.release --rollback /srv/handbook

    /srv/handbook/releases/20261125-103000.000000-1a2b3c4d/   time (UTC) and hash of the content
    /srv/handbook/current -> releases/…                  what the server serves
    /srv/handbook/headers.conf                           for nginx, of site-headers/ beside the site

A release is copied completely and then shown by renaming a link, which is one step: no request meets half of it. Files whose name holds
the hash of their content are taken along from the release that was shown, since a page that a reader opened a minute ago still asks for
them. Nothing that is served is ever changed. A rollback does the same the other way.

The Content-Security-Policy names the scripts of one build. A server reads it when it is reloaded, not at the moment of the renaming, so
headers.conf allows the scripts of the new release and of the one before, and the server is reloaded (`--reload`) before the new one is shown.
"""

import argparse
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

POLICY = re.compile(r'(?<=add_header Content-Security-Policy ")[^"]*')
HASHED = re.compile(r"\.[0-9a-f]{8}\.(?:js|css)(?:\.gz|\.br)?$")
NAME = re.compile(r"\d{8}-\d{6}\.\d{6}-[0-9a-f]{8}$")


class Refused(Exception):
    """Why nothing was changed, in one line."""


def publish(site: Path, target: Path, keep: int = 5, reload: str = "", now: datetime | None = None) -> Path:
    """Make a release of a built site and show it; gives its folder.

    reload: the command by which the server reads headers.conf again. Raises Refused, and then what is served stays as it was.
    """
    if keep < 2:
        raise Refused("--keep must be at least 2: the release that is shown and one to go back to")
    if not (site / "index.html").is_file():
        raise Refused(f"{site} holds no built site (no index.html); run `make build` first")
    if target.exists() and any(target.iterdir()) and not (target / "releases").is_dir():
        raise Refused(f"{target} holds something else than releases; name an empty folder, or one that this command has made")
    with locked(target):
        for left in (target / "releases").glob("*.part"):  # of a command that was stopped
            shutil.rmtree(left)
        before = shown(target)
        name = f"{now or datetime.now(UTC):%Y%m%d-%H%M%S.%f}-{digest(site)}"
        release, part = target / "releases" / name, target / "releases" / f"{name}.part"
        if before is not None and before.name.rpartition("-")[2] == name.rpartition("-")[2]:
            raise Refused(f"this very site is shown already: {before.name}")
        if (older := releases(target)) and name <= older[-1].name:
            raise Refused(f"the clock is behind the newest release, {older[-1].name}")
        try:
            shutil.copytree(site, part)
            if before is not None:
                carry_over(before, part)
            part.rename(release)
        except OSError as error:  # a full disk, as a rule
            shutil.rmtree(part, ignore_errors=True)
            raise Refused(f"the release could not be copied: {error}") from error
        write_headers(target, site.with_name(site.name + "-headers") / "nginx.conf", before, release)
        if reload and (done := subprocess.run(shlex.split(reload), capture_output=True, text=True)).returncode:
            raise Refused(f"{reload} failed, so the release {name} is there and not shown: {done.stderr.strip()[-300:]}")
        show(target, release)
        drop_old(target, keep)
    return release


def roll_back(target: Path) -> Path:
    """Show the release before the one that is shown; gives its folder. Raises Refused."""
    if not (target / "releases").is_dir():
        raise Refused(f"{target} holds no releases")
    with locked(target):
        now = shown(target)
        older = [release for release in releases(target) if now is None or release.name < now.name]
        if not older:
            raise Refused("there is no older release to go back to")
        if now is not None:
            carry_over(now, older[-1])
        show(target, older[-1])
    return older[-1]


def releases(target: Path) -> list[Path]:
    """All releases, oldest first."""
    return sorted(path for path in (target / "releases").iterdir() if path.is_dir() and NAME.fullmatch(path.name))


def shown(target: Path) -> Path | None:
    """The release that is served."""
    link = target / "current"
    if not link.is_symlink():
        if link.exists():
            raise Refused(f"{link} is no link; move it away first")
        return None
    release = target / os.readlink(link)
    return release if release.is_dir() else None


def show(target: Path, release: Path) -> None:
    """Serve a release, in one step."""
    new = target / ".next"
    new.unlink(missing_ok=True)
    new.symlink_to(Path("releases") / release.name)
    os.replace(new, target / "current")


def carry_over(before: Path, release: Path) -> None:
    """Take along what pages of the release before may still ask for."""
    for file in before.rglob("*"):
        there = release / file.relative_to(before)
        if HASHED.search(file.name) and not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, there)


def drop_old(target: Path, keep: int) -> None:
    """Delete the oldest releases; the one that is shown stays."""
    now = shown(target)
    for release in releases(target)[:-keep]:
        if release != now:
            shutil.rmtree(release)
            headers_of(release).unlink(missing_ok=True)


def headers_of(release: Path) -> Path:
    """Where a release's own header file is kept."""
    return release.with_name(release.name + ".headers.conf")


def write_headers(target: Path, made: Path, before: Path | None, release: Path) -> None:
    """Write headers.conf for a release and the one before it; a site that was built without header files has none."""
    if not made.is_file():
        return
    text = made.read_text(encoding="utf-8")
    headers_of(release).write_text(text, encoding="utf-8")
    if before is not None and headers_of(before).is_file():
        text = both(headers_of(before).read_text(encoding="utf-8"), text)
    new = target / ".headers.conf"
    new.write_text(text, encoding="utf-8")
    os.replace(new, target / "headers.conf")


def both(old: str, new: str) -> str:
    """The new header file, with a policy that allows what either allows."""
    found = POLICY.search(old)
    before = dict(directive.split(" ", 1) for directive in found[0].split("; ")) if found else {}

    def joined(match: re.Match) -> str:
        directives = dict(directive.split(" ", 1) for directive in match[0].split("; "))
        for name, sources in directives.items():
            more = [] if "'none'" in sources else before.get(name, "").split()
            directives[name] = " ".join(dict.fromkeys([*sources.split(), *more]))
        return "; ".join(f"{name} {sources}" for name, sources in directives.items())

    return POLICY.sub(joined, new)


def digest(site: Path) -> str:
    """Eight digits of a site's content."""
    found = hashlib.sha256()
    for file in sorted(site.rglob("*")):
        if file.is_file():
            found.update(f"{file.relative_to(site).as_posix()}\0{file.stat().st_size}\0".encode())
            found.update(file.read_bytes())
    return found.hexdigest()[:8]


@contextmanager
def locked(target: Path):
    """Let one command at a time in. The lock goes with the process, however it ends."""
    import fcntl  # not on Windows, where nobody runs these servers

    (target / "releases").mkdir(parents=True, exist_ok=True)
    with (target / "releases" / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("another release or rollback is under way") from None
        yield


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m publish.release", description="Put a built site on a server's disk, or go back.")
    parser.add_argument("--rollback", action="store_true", help="show the release before the present one")
    parser.add_argument("--reload", default="", metavar="COMMAND", help="by which the server reads headers.conf again")
    parser.add_argument("--keep", type=int, default=5, help="how many releases stay (5)")
    parser.add_argument("paths", nargs="+", type=Path, metavar="SITE TARGET, or TARGET")
    options = parser.parse_args(arguments)
    if len(options.paths) != (1 if options.rollback else 2):
        parser.error("name the target alone for a rollback, else the site and the target")
    try:
        release = roll_back(options.paths[0]) if options.rollback else publish(*options.paths, options.keep, options.reload)
    except (Refused, OSError) as error:
        print(f"nothing changed: {error}", file=sys.stderr)
        return 2
    print(f"shown now: {release.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
