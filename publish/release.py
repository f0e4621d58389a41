"""Puts a built site on a server's disk as a release, and back.

    python -m publish.release site /srv/handbook [--keep 5] [--reload "nginx -s reload"]
    python -m publish.release --rollback /srv/handbook [--reload "nginx -s reload"]

    /srv/handbook/releases/20261125-103000.000000-1a2b3c4d/   time (UTC) and hash of the content; what is told of it stands beside it
    /srv/handbook/current -> releases/…                  what the server serves
    /srv/handbook/headers.conf, headers.caddy            for nginx and Caddy, of site-headers/ beside the site

A release is copied completely and then shown by renaming a link, which is one step: no request meets half of it. What the pages of the
releases that are kept load and the new one has no more is taken along, since a page that a reader opened a minute ago still asks for it.
Nothing that is served is ever changed. A rollback shows what was shown before, and takes along likewise.

The Content-Security-Policy names the scripts of one build. A server reads it when it is reloaded, not at the moment of the renaming, so
the header files allow the scripts of the release that comes and of the one that goes, and the server is reloaded (`--reload`) in between.
"""

import argparse
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

POLICY = re.compile(r'(?<=Content-Security-Policy ")[^"]*')
HEADERS = {"headers.conf": "nginx.conf", "headers.caddy": "Caddyfile"}  # as the server reads it, as the build wrote it
HASHED = re.compile(r"\.[0-9a-f]{8}\.(?:js|css)(?:\.gz|\.br)?$")
COPY = re.compile(r"\.(?:gz|br)$")  # of publish/precompress.py
ASSET = re.compile(r"\.(?:js|css|json|svg|webp|png|jpg|gif|ico|woff2?)(?:\.gz|\.br)?$")  # what pages load
NAME = re.compile(r"\d{8}-\d{6}\.\d{6}-[0-9a-f]{8}$")


class Refused(Exception):
    """Why nothing was changed, in one line."""


def publish(site: Path, target: Path, keep: int = 5, reload: str = "", now: datetime | None = None) -> Path:
    """Make a release of a built site and show it; gives its folder.

    reload: the command by which the server reads the header files again. Raises Refused, and then what is served stays as it was.
    """
    if keep < 2:
        raise Refused("--keep must be at least 2: the release that is shown and one to go back to")
    if not (site / "index.html").is_file():
        raise Refused(f"{site} holds no built site (no index.html); run `make build` first")
    if target.exists() and any(target.iterdir()) and not (target / "releases").is_dir():
        raise Refused(f"{target} holds something else than releases; name an empty folder, or one that this command has made")
    if target.resolve().is_relative_to(site.resolve()):
        raise Refused(f"{target} lies within the site; name a folder outside")
    made = {served: site.with_name(site.name + "-headers") / name for served, name in HEADERS.items()}
    if missing := [file for file in made.values() if not file.is_file()]:
        raise Refused(f"{missing[0]} is missing: a site is published with the headers of the same build; run `make build` again")
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
            note = {"before": before.name if before else None, "carried": []}
            for one in reversed(older):
                note["carried"] += carry_over(one, part)
            beside(release, "json").write_text(json.dumps(note), encoding="utf-8")
            for served, file in made.items():
                shutil.copyfile(file, beside(release, served))
            part.rename(release)
        except OSError as error:  # a full disk, as a rule
            delete(part, release)
            raise Refused(f"the release could not be copied: {error}") from error
        try:
            switch(target, before, release, reload)
        except Refused:
            delete(release)
            raise
        drop_old(target, keep)
    return release


def roll_back(target: Path, reload: str = "") -> Path:
    """Show what was shown before the present release; gives its folder. Raises Refused."""
    if not (target / "releases").is_dir():
        raise Refused(f"{target} holds no releases")
    with locked(target):
        now = shown(target)
        if now is None:
            raise Refused(f"{target / 'current'} shows no release; publish one")
        before = note_of(now)["before"]
        if before is None or not (release := now.with_name(before)).is_dir():
            raise Refused("there is no older release to go back to")
        note = note_of(release)
        note["carried"] += carry_over(now, release)
        beside(release, "json").write_text(json.dumps(note), encoding="utf-8")
        switch(target, now, release, reload)
    return release


def switch(target: Path, before: Path | None, release: Path, reload: str) -> None:
    """Let the server allow both releases, then show the new one. Raises Refused, and then the old one is shown with its headers."""
    old = {target / served: (target / served).read_text(encoding="utf-8") for served in HEADERS if (target / served).is_file()}
    for served in HEADERS:
        texts = [beside(one, served).read_text(encoding="utf-8") for one in (before, release) if one and beside(one, served).is_file()]
        if texts:
            write(target / served, both(*texts) if len(texts) == 2 else texts[0])
    if reload:
        try:
            done = subprocess.run(shlex.split(reload), capture_output=True, text=True)
            failed = done.returncode and (done.stderr.strip()[-300:] or f"exit status {done.returncode}")
        except (OSError, ValueError) as error:
            failed = str(error)
        if failed:
            for file, text in old.items():
                write(file, text)
            raise Refused(f"{reload} failed: {failed}")
    show(target, release)


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


def carry_over(source: Path, release: Path) -> list[str]:
    """Take along what pages of another release may still ask for, and gives the names. What that one took along itself stays there."""
    skip = {*note_of(source)["carried"], *(COPY.sub("", name) for name in names_in(release))}  # never the old copy of a new file
    names = [name for name in names_in(source) if ASSET.search(name) and name not in skip and COPY.sub("", name) not in skip]
    for name in names:
        file = release / name
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(file.name + ".part")
        shutil.copy2(source / name, part)
        os.replace(part, file)
    return names


def names_in(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def drop_old(target: Path, keep: int) -> None:
    """Delete the oldest releases; the one that is shown stays, and the one before it."""
    now = shown(target)
    for release in releases(target)[:-keep]:
        if release != now and release.name != note_of(now)["before"]:
            delete(release)


def delete(*folders: Path) -> None:
    """Delete releases, with what stands beside them. What cannot be deleted stays until the next time."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
        for kind in ("json", *HEADERS):
            beside(folder, kind).unlink(missing_ok=True)


def beside(release: Path, kind: str) -> Path:
    """What is kept of a release outside of it: a note (json), its own header files."""
    return release.with_name(f"{release.name}.{kind}")


def note_of(release: Path) -> dict:
    """What was shown before a release, and what it took along."""
    file = beside(release, "json")
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {"before": None, "carried": []}


def write(file: Path, text: str) -> None:
    """Write a file in one step."""
    part = file.with_name(f".{file.name}.part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, file)


def both(old: str, new: str) -> str:
    """A header file like the new one, with a policy that allows what either allows."""
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
    parser.add_argument("--reload", default="", metavar="COMMAND", help="by which the server reads the header files again")
    parser.add_argument("--keep", type=int, default=5, help="how many releases stay (5)")
    parser.add_argument("paths", nargs="+", type=Path, metavar="SITE TARGET, or TARGET")
    options = parser.parse_args(arguments)
    if len(options.paths) != (1 if options.rollback else 2):
        parser.error("name the target alone for a rollback, else the site and the target")
    try:
        release = roll_back(options.paths[0], options.reload) if options.rollback else publish(*options.paths, options.keep, options.reload)
    except (Refused, OSError) as error:
        print(f"nothing changed: {error}", file=sys.stderr)
        return 2
    print(f"shown now: {release.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
