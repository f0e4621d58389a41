"""Asks every address of data/links.yml whether it is still there, prints one table, and dates those that answer.

    python -m handbook.link_checker

Exit status: 0 when all is well, 1 when a link is dead, 2 when nothing could be asked.
"""

import re
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import requests

from checks.links import uses
from checks.pages import read_sources
from checks.yaml_lines import read
from handbook.links import FILE, entries

ROOT = Path(__file__).resolve().parent.parent
TIMEOUT = (10, 20)  # seconds to connect, and between two pieces of an answer
DELAY = 1.0  # seconds between two questions to one host
HOSTS_AT_ONCE = 8
USER_AGENT = "Mozilla/5.0 (compatible; handbook-link-check/1.0)"
PERMANENT = (301, 308)
GONE = (404, 410)
ORDER = ("dead", "refused", "moved", "ok")


@dataclass(frozen=True)
class Answer:
    """What an address said; "refused" is no judgement: the server does not talk to programs, or not now."""

    address: str
    state: str  # "ok", "moved", "refused" or "dead"
    note: str = ""
    reached: bool = True  # somebody answered at all


def ask(session: requests.Session, address: str, timeout=TIMEOUT) -> Answer:
    """HEAD, and GET where a server does not like that."""
    for method in ("HEAD", "GET"):
        try:
            with session.request(method, address, timeout=timeout, allow_redirects=True, stream=True) as response:
                if response.status_code < 400:
                    return arrived(address, response)
                status = f"{response.status_code} {response.reason}".strip()
                code = response.status_code
        except requests.TooManyRedirects:
            return Answer(address, "dead", "redirects without end")
        except requests.exceptions.SSLError as error:
            return Answer(address, "dead", f"no valid certificate: {reason(error)}")
        except (requests.ConnectionError, requests.Timeout) as error:
            failure = Answer(address, "dead", reason(error), reached=False)
        except requests.RequestException as error:
            return Answer(address, "dead", reason(error))
        else:
            failure = Answer(address, "dead" if code in GONE else "refused", status)
    return failure


def arrived(address: str, response: requests.Response) -> Answer:
    """A page was there, at this address or where it leads."""
    if response.history and response.url.split("#")[0] != address.split("#")[0]:
        lasting = all(step.status_code in PERMANENT for step in response.history)
        return Answer(address, "moved" if lasting else "ok", f"{'now at' if lasting else 'leads to'} {response.url}")
    return Answer(address, "ok")


def reason(error: Exception) -> str:
    """The last and most telling part of what requests says."""
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    found = re.findall(r"\[Errno -?\d+\] ([^'\")]+)|(certificate[^'\")]*)", str(error))
    return next(filter(None, found[-1]), "") if found else type(error).__name__


def ask_all(addresses: list[str], delay: float = DELAY, timeout=TIMEOUT) -> list[Answer]:
    """All answers; one question at a time to each host, several hosts at once."""
    by_host = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).netloc].append(address)

    def ask_host(of_host: list[str]) -> list[Answer]:
        with requests.Session() as session:
            session.headers["User-Agent"] = USER_AGENT
            answers = []
            for number, address in enumerate(of_host):
                time.sleep(delay if number else 0)
                answers.append(ask(session, address, timeout))
            return answers

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        return [answer for answers in pool.map(ask_host, by_host.values()) for answer in answers]


def table(answers: list[Answer], places: dict[str, list[str]]) -> str:
    """One line an address, what needs a hand first."""
    lines = []
    for answer in sorted(answers, key=lambda answer: (ORDER.index(answer.state), answer.address)):
        lines.append(f"{answer.state:<8} {answer.address}")
        if answer.note:
            lines.append(f"{'':9}{answer.note}")
        if answer.state != "ok":
            lines.append(f"{'':9}{', '.join(places[answer.address])}")
    counts = ", ".join(f"{sum(answer.state == state for answer in answers)} {state}" for state in ORDER)
    return "\n".join([*lines, f"{len(answers)} links: {counts}"])


def dated(text: str, answers: list[Answer], today: date) -> str:
    """The list with today's date at each address that answered."""
    for answer in answers:
        if answer.state in ("ok", "moved"):
            entry = re.compile(rf"^({re.escape(answer.address)}: .*\banswered: )[^,}}]*", re.MULTILINE)
            text = entry.sub(rf"\g<1>{today}", text)
    return text


def main(root: Path = ROOT, delay: float = DELAY, timeout=TIMEOUT) -> int:
    node, problems = read(root, FILE)
    addresses = [address for address, _, _ in entries(node)]
    if problems or not addresses:
        print(problems[0] if problems else f"{FILE} holds no links.", file=sys.stderr)
        return 2
    places = defaultdict(list)
    for file, line, address in uses(read_sources(root)):
        places[address].append(f"{file}:{line}")
    answers = ask_all(addresses, delay, timeout)
    if not any(answer.reached for answer in answers):
        print(f"No host answered ({answers[0].note}): there seems to be no network. Nothing was checked or changed.", file=sys.stderr)
        return 2
    print(table(answers, places))
    path = root / FILE
    path.write_text(dated(path.read_text(encoding="utf-8"), answers, datetime.now(UTC).date()), encoding="utf-8", newline="")
    return int(any(answer.state == "dead" for answer in answers))


if __name__ == "__main__":
    sys.exit(main())
