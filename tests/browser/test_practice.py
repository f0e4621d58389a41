"""The self-test and the list of questions: nothing is lost, the dates are the reference's, and everybody can use it."""

import gzip
import json
import random
import re
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT, tab
from playwright.sync_api import expect

PRACTICE = "en/questions/practice/"
QUESTION, ANSWER = ".hb-recall__question", ".hb-recall__answer"
SCRIPTS = ROOT / "theme/assets/javascripts"
LOG = "handbook.r1:"
RECORDS = """() => Object.entries(localStorage).filter(([key]) => key.startsWith("handbook.r1:"))
  .flatMap(([, value]) => value.split(";"))"""


def start(page, address, search=""):
    """Open the self-test and begin."""
    page.goto(f"{address}{PRACTICE}{search}")
    if not search:
        page.locator("[data-do=start]").click()
    page.locator(f"{QUESTION}, .hb-done").locator("visible=true").first.wait_for()


def grade(page, value):
    """Show the answer and grade it."""
    page.locator("[data-do=show]").click()
    page.locator(f"[data-grade='{value}']").click()


def focused(page):
    """The first class of what has the focus."""
    return page.evaluate("document.activeElement.className").split(" ")[0]


def records(page):
    return page.evaluate(RECORDS)


def mine(page):
    """Open the part on the reader's progress."""
    if page.locator(".hb-practice__mine").get_attribute("open") is None:
        page.locator(".hb-practice__mine summary").click()


def told(page, pattern):
    """Wait until the part on progress says something."""
    page.locator(".hb-practice__told", has_text=re.compile(pattern)).wait_for()


def bring(page, text):
    """Import a text."""
    mine(page)
    page.locator("[name=pasted]").fill(text)
    page.locator("[data-do=import]").click()


def exported(page):
    """What an export holds, as the box to copy shows it."""
    mine(page)
    page.locator("[data-do=copy]").click()
    return page.locator("[name=exported]").input_value()


# ---- a session ----


def test_a_session_with_the_keyboard_alone_from_the_list(page, address):
    page.goto(f"{address}en/questions/")
    page.locator("article a[href*='practice/']").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/practice/**")
    page.locator("[data-do=start]").focus()
    page.keyboard.press("Enter")
    page.locator(QUESTION).wait_for()
    assert focused(page) == "hb-recall__question"
    asked = []
    for key in "343":
        asked.append(page.locator(QUESTION).inner_text())
        page.keyboard.press("Space")
        assert focused(page) == "hb-recall__answer"
        page.keyboard.press(key)
    assert len(set(asked)) == 3 and len(records(page)) == 3
    assert "due" in page.locator(".hb-practice__status").inner_text()


def test_keys_grade_only_inside_the_card_and_the_searchs_keys_stay_its_own(page, address):
    start(page, address)
    page.locator("[data-do=show]").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("1")
    page.keyboard.press("u")
    assert not records(page)
    page.keyboard.press("/")
    page.keyboard.type("1")
    assert page.locator(".md-search__input").input_value() == "1" and not records(page)
    page.keyboard.press("Escape")
    page.locator("[data-grade='2']").focus()
    page.keyboard.press("/")
    assert focused(page) == "md-search__input"


def test_what_was_forgotten_comes_again_and_undo_takes_a_grade_back(page, address):
    start(page, address)
    first = page.locator(QUESTION).inner_text()
    grade(page, 1)
    others = []
    while page.locator(QUESTION).inner_text() != first:
        others.append(page.locator(QUESTION).inner_text())
        grade(page, 3)
    assert 0 < len(others) <= 3
    page.locator("[data-do=undo]").click()
    assert page.locator(QUESTION).inner_text() == others[-1]
    assert focused(page) == "hb-recall__question"
    assert sum(one.split(",")[2] == "0" for one in records(page)) == 1
    page.reload()  # the question whose grade was taken back is new again
    page.locator(QUESTION).wait_for()
    left = json.loads(exported(page))["reviews"]
    assert [one[3] for one in left].count(0) == 1 and len(left) == len(others) + 2


def test_a_link_to_a_question_starts_with_it_and_a_part_of_a_plan_holds_its_share(page, address):
    page.goto(f"{address}en/questions/")
    item = page.locator(".hb-questions li").nth(1)
    id, title = item.get_attribute("data-id"), item.locator("a").inner_text()
    start(page, address, f"?question={id}")
    assert page.locator(QUESTION).inner_text() == title
    start(page, address, "?question=no-such-question")
    assert page.locator(QUESTION).inner_text()
    page.goto(f"{address}en/questions/?time=week")
    parts = page.locator(".hb-questions__part a")
    share = parts.first.get_attribute("href")
    assert share.endswith("?time=week&part=1")
    count = page.evaluate("""() => {
      const all = [...document.querySelectorAll(".hb-questions li:not([hidden])")]
      const heads = all.map((one, at) => one.className ? at : -1).filter(at => at >= 0)
      return (heads[1] ?? all.length) - heads[0] - 1
    }""")
    parts.first.click()
    page.locator(QUESTION).wait_for()
    assert page.locator(".hb-practice__status").inner_text() == f"0 due, {count} new."


def test_filters_stand_in_the_address_of_both_languages(page, address):
    page.goto(f"{address}questions/")
    every = page.locator(".hb-questions li[data-id]").count()
    page.get_by_label("创始人").check()
    left = page.locator(".hb-questions li[data-for~=founder]:not([hidden])").count()
    assert 0 < left <= every
    assert page.locator(".hb-questions li[data-id]:not([hidden])").count() == left
    page.locator("[data-language-switch]").click()
    page.wait_for_url("**/en/questions/?for=founder")
    assert page.get_by_label("founders").is_checked()
    page.get_by_role("button", name="Start again").click()
    expect(page.locator(".hb-questions li[data-id]:not([hidden])")).to_have_count(every)
    page.wait_for_url("**/en/questions/")
    page.goto(f"{address}questions/?for=%3Cb%3E&time=year&level=9")
    assert (
        page.locator(".hb-questions li[data-id]:not([hidden])").count() == every
    )  # nobody offers these


def test_without_scripts_the_list_and_the_plans_are_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}questions/")
    assert page.locator(".hb-questions li").last.is_visible()
    assert not page.locator(".hb-ask").is_visible()
    page.goto(f"{address}questions/practice/")
    assert "JavaScript" in page.locator("article").inner_text()
    context.close()


def test_a_run_without_a_schedule_stores_nothing(page, address):
    page.goto(f"{address}{PRACTICE}")
    page.locator("[data-do=plain]").click()
    page.locator("[data-do=show]").click()
    page.locator("[data-do=next]").click()
    page.locator("[data-do=show]").click()
    page.locator("[data-do=again]").click()
    assert page.locator(QUESTION).inner_text() and not records(page)


def test_a_question_set_aside_stays_away_until_it_is_taken_up(page, address):
    start(page, address)
    title = page.locator(QUESTION).inner_text()
    page.locator("[data-do=aside]").click()
    assert page.locator(QUESTION).inner_text() != title
    page.reload()
    page.locator(QUESTION).wait_for()
    assert page.locator(QUESTION).inner_text() != title
    mine(page)
    page.locator("[data-do=takeup]").click()
    told(page, "taken up again: 1")
    page.reload()
    page.locator(QUESTION).wait_for()
    assert page.locator(QUESTION).inner_text() == title


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_in_any_state(opened, address, scheme):
    page = opened(f"{address}{PRACTICE}", "phone", color_scheme=scheme, reduced_motion="reduce")
    states = [
        lambda: page.locator("[data-do=start]").click(),
        lambda: page.locator("[data-do=show]").click(),
        lambda: page.locator("[data-grade='3']").click(),
        lambda: [one.click() for one in page.locator(".hb-practice details > summary").all()],
        lambda: page.locator("[data-do=clear]").click(),
    ]
    for act in states:
        act()
        found = Axe().run(page, context="article")
        assert not found.response["violations"], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_statistics_are_drawn_and_told(page, address):
    start(page, address)
    for value in (3, 4, 1):
        grade(page, value)
    page.locator(".hb-practice__stats summary").click()
    charts = page.locator(".hb-chart")
    charts.first.wait_for()
    assert charts.count() == 2
    assert "3 in all" in charts.first.get_attribute("aria-label")
    assert "reviews: 3" in page.locator(".hb-practice__stats").inner_text()
    heights = charts.first.locator("rect").evaluate_all(
        "all => all.map(one => one.height.baseVal.value)"
    )
    assert len(heights) == 30 and heights[-1] == 60 and not any(heights[:-1])


# ---- nothing is lost ----


def test_two_tabs_lose_nothing_and_tell_each_other(browser, address):
    with tab(browser) as first:
        start(first, address)
        second = first.context.new_page()
        second.goto(f"{address}{PRACTICE}?level=1,2,3")
        second.locator(QUESTION).wait_for()
        work = """async () => {
          for (let at = 0; at < 200; at++) {
            document.querySelector("[data-do=show]").click()
            document.querySelector("[data-grade='1']").click()
            await new Promise(done => setTimeout(done))
          }
        }"""
        for page in (first, second):  # both at once
            page.evaluate(f"self.working = ({work})()")
        for page in (first, second):
            page.evaluate("self.working")
        assert len(records(first)) == 400
        for page in (first, second):
            page.locator(".hb-practice__stats summary").click()
            page.locator(".hb-practice__stats", has_text="reviews: 400").wait_for(timeout=2000)


def test_export_clear_import_and_import_again(page, address):
    start(page, address)
    for value in (3, 4, 2, 1, 3):
        grade(page, value)
    before = due(page)
    mine(page)
    with page.expect_download() as got:
        page.locator("[data-do=export]").click()
    text = got.value.path().read_text("utf-8")
    assert got.value.suggested_filename == "handbook-progress.json"
    assert len(json.loads(text)["reviews"]) == 5
    page.evaluate("localStorage.setItem('of-another-program', 'kept')")
    page.locator("[data-do=clear]").click()
    assert page.evaluate("document.activeElement.dataset.do") == "keep"
    page.locator("[data-do=sure]").click()
    told(page, "deleted")
    assert page.evaluate("Object.keys(localStorage).join()") == "of-another-program"
    for said in ("new: 5, known already: 0", "new: 0, known already: 5"):
        bring(page, text)
        told(page, said)
        assert due(page) == before
    page.reload()
    page.locator(f"{QUESTION}, .hb-done").locator("visible=true").first.wait_for()
    assert due(page) == before


def due(page):
    """When each question is due, as everything replayed says."""
    return page.evaluate("""() => Object.fromEntries([...new HandbookProgress(self.handbookDeck.retired).states]
      .map(([id, one]) => [id, one.due]).sort())""")


def review(at, id="q-1", grade=3, ms=None):
    """A review of an export."""
    ms = int(datetime.now(UTC).timestamp() * 1000) - 86_400_000 * 30 + at if ms is None else ms
    return [id, ms, "abc", grade, ms // 86_400_000]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not whole JSON"),
        ('{"format": "handbook-progress", "version": 1, "reviews": [[', "not whole JSON"),
        ("[]", "no progress exported"),
        ('{"format": "anki", "version": 1, "reviews": []}', "no progress exported"),
        ('{"format": "handbook-progress", "reviews": []}', "no progress exported"),
        ('{"format": "handbook-progress", "version": 2, "reviews": [["q", 1]]}', "newer version"),
        ('{"format": "handbook-progress", "version": 1, "reviews": []}', "new: 0"),
    ],
)
def test_a_file_that_is_none_changes_nothing_and_says_why(page, address, text, said):
    start(page, address)
    grade(page, 3)
    before = records(page)
    bring(page, text)
    told(page, said)
    assert records(page) == before


def test_one_broken_review_among_a_hundred_is_left_out_and_told(page, address):
    start(page, address)
    reviews = [review(at) for at in range(100)]
    for at, bad in enumerate(
        ([], None, ["Q 1", 1, "a", 3, 1], [*review(7)[:3], 9, 1], [*review(7)[:4], 1])
    ):
        given = [*reviews[:50], bad, *reviews[51:]] if not at else [bad]
        bring(page, json.dumps({"format": "handbook-progress", "version": 1, "reviews": given}))
        told(
            page,
            "new: 99, known already: 0, unreadable and left out: 1"
            if not at
            else "new: 0, .*left out: 1",
        )
    assert len(records(page)) == 99


def test_questions_that_are_gone_are_kept_and_broken_storage_is_told(page, address):
    page.goto(f"{address}{PRACTICE}")
    ms = int(datetime.now(UTC).timestamp() * 1000)
    ahead = ms + 10 * 86_400_000
    rows = [
        f"gone-question,{base36(ms)},3,{ms // 86_400_000}",
        "nonsense",
        "x,,,",
        f"later,{base36(ahead)},3,{ahead // 86_400_000}",
    ]
    page.evaluate("rows => localStorage.setItem('handbook.r1:other', rows)", ";".join(rows))
    page.reload()
    page.locator(QUESTION).wait_for()
    mine(page)
    facts = page.locator(".hb-practice__facts").inner_text()
    assert "no longer in the bank: 1" in facts and "Unreadable records in storage: 2" in facts
    assert "dated in the future, by a clock that was wrong: 1" in facts
    assert len(json.loads(exported(page))["reviews"]) == 2
    assert page.evaluate("localStorage.getItem('handbook.r1:other')") == ";".join(rows)


def base36(number):
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits


def test_storage_cleared_half_way_leaves_what_is_there_and_invents_nothing(page, address):
    start(page, address)
    for _ in range(3):
        grade(page, 3)
    page.goto(f"{address}en/questions/")  # the schedule is kept on leaving
    assert page.evaluate("Boolean(localStorage.getItem('handbook.practice.states'))")
    page.evaluate("""() => { for (const key of Object.keys(localStorage)) if (key.startsWith("handbook.r1:"))
      localStorage.setItem(key, localStorage.getItem(key).split(";").slice(0, 1).join(";")) }""")
    page.goto(f"{address}{PRACTICE}")
    page.locator(QUESTION).wait_for()
    assert len(due(page)) == 1
    page.evaluate("localStorage.setItem('handbook.practice.states', '{broken')")
    page.reload()
    page.locator(QUESTION).wait_for()
    assert len(due(page)) == 1


BLOCKED = {
    "reading": "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError') }})",
    "writing": "Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError') }",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
}


@pytest.mark.parametrize("name", BLOCKED)
def test_a_forbidden_or_full_storage_is_told_and_the_session_goes_on(browser, address, name):
    with tab(browser) as page:
        page.add_init_script(BLOCKED[name])
        start(page, address)
        for _ in range(3):
            grade(page, 3)
        words = page.locator(".hb-practice__trouble").inner_text()
        assert ("full" in words) if name == "full" else ("does not let this page store" in words)
        assert len(json.loads(exported(page))["reviews"]) == 3


def test_what_did_not_fit_is_stored_when_there_is_room(page, address):
    start(page, address)
    page.evaluate("""() => {
      let size = 1 << 20
      for (let at = 0; size > 64; at++) {
        try { localStorage.setItem(`big-${at}`, "x".repeat(size)) } catch { size >>= 1 }
      }
      try { for (let at = 0; ; at++) localStorage.setItem(`b${at}`, "") } catch { /* full */ }
    }""")
    grade(page, 3)
    assert page.locator(".hb-practice__trouble").is_visible() and not records(page)
    page.evaluate("localStorage.removeItem('big-0')")
    grade(page, 3)
    assert not page.locator(".hb-practice__trouble").is_visible() and len(records(page)) == 2


def test_a_folder_needs_no_server_and_says_what_differs(page, built, tmp_path):
    from handbook.book.offline import offline
    from handbook.site import read_site

    wanted = ("site/en/questions/practice/", "site/assets", "site/en/assets")
    for name, content in offline(read_site(built), "en", "x").items():
        if name.startswith(tuple(f"x/{one}" for one in wanted)):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
    page.goto((tmp_path / "x/site/en/questions/practice/index.html").as_uri())
    page.locator("[data-do=start]").click()
    page.locator(QUESTION).wait_for()
    for _ in range(2):
        grade(page, 3)
    page.locator("[data-do=show]").click()
    assert "/index.html#" in page.locator(".hb-recall__full").get_attribute("href")
    page.reload()
    page.locator(f"{QUESTION}, .hb-done").locator("visible=true").first.wait_for()
    assert len(records(page)) == 2
    mine(page)
    assert page.locator(".hb-practice__file").is_visible()


def test_the_self_test_weighs_little_and_nothing_of_it_comes_to_other_pages(page, built, address):
    from handbook.measure.practice import loaded

    assert loaded(built) <= 45_000
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}guide/")
    assert not [url for url in asked if re.search("practice|fsrs|deck|questions", url)]
    page.goto(f"{address}{PRACTICE}")
    assert not [url for url in asked if re.search("fsrs|deck|session", url)]  # it has not started
    for name in ("zh", "en"):
        for file in (built if name == "zh" else built / "en").glob("questions/*/index.html"):
            assert len(gzip.compress(file.read_bytes())) < 30_000, file


# ---- the schedule ----


@pytest.fixture
def lonely(page, address):
    """A page of the site with the schedule alone, and no history."""
    page.goto(f"{address}en/about/")
    for script in ("vendor/ts-fsrs-5.4.2.js", "practice-progress.js"):
        page.evaluate((SCRIPTS / script).read_text("utf-8"))
    return page


def test_intervals_equal_those_of_the_reference(lonely):
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(
        learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=365
    )
    assert list(scheduler.parameters) == lonely.evaluate(
        "new HandbookProgress().algorithm.parameters.w"
    )
    draw, histories, wanted = random.Random(7), [], []
    # The ratings of the reference's own published vectors, each on its due day, then drawn ones, early and late.
    vectors = [[3] * 6 + [1] * 2 + [3] * 5, [1, 3, 3, 3, 3, 3], [2] * 8, [4] * 8, [1] * 6]
    for number in range(300):
        ratings = (
            vectors[number] if number < len(vectors) else [draw.randint(1, 4) for _ in range(12)]
        )
        card, day, history, dues = Card(), 0, [], []
        begin = datetime(2026, 1, 1, 12, tzinfo=UTC)
        for rating in ratings:
            card, _ = scheduler.review_card(card, Rating(rating), begin + timedelta(days=day))
            due = (card.due - begin).days
            history.append([rating, day])
            dues.append(due)
            late = 0 if number < len(vectors) else draw.choice([0, 0, 1, 5, -1, 60])
            day = max(day + 1, due + late)
        histories.append(history)
        wanted.append(dues)
    found = lonely.evaluate(
        """histories => {
          const progress = new HandbookProgress()
          return histories.map(history => {
            let state = null
            return history.map(([grade, day]) => (state = progress.next(state, {grade, day, ms: day})).due)
          })
        }""",
        histories,
    )
    assert found == wanted
    assert found[2][0] == 1 and found[0][0] == 2 and found[3][0] == 8


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/Los_Angeles", "UTC"])
def test_a_day_begins_at_four_where_the_reader_is(browser, address, zone):
    from zoneinfo import ZoneInfo

    times = [
        datetime(2026, 11, 29, *time, tzinfo=ZoneInfo(zone))
        for time in ((23, 30), (3, 59), (4, 0), (1, 0), (5, 0))
    ]
    times += [datetime(2026, 3, 29, 4, 30, tzinfo=ZoneInfo(zone))]  # clocks go forward in Europe
    wanted = [
        ((one - timedelta(hours=4)).replace(tzinfo=None) - datetime(1970, 1, 1)).days
        for one in times
    ]
    with tab(browser, timezone_id=zone) as page:
        page.goto(f"{address}en/about/")
        for script in ("vendor/ts-fsrs-5.4.2.js", "practice-progress.js"):
            page.evaluate((SCRIPTS / script).read_text("utf-8"))
        found = page.evaluate(
            "all => all.map(HandbookProgress.studyDay)", [one.timestamp() * 1000 for one in times]
        )
    assert found == wanted


def test_a_flight_a_clock_set_back_and_two_grades_on_one_day(lonely):
    found = lonely.evaluate(
        """() => {
          const hour = 36e5, begin = Date.UTC(2026, 10, 2, 6)
          const day = ms => Math.floor(ms / 864e5)
          // In Shanghai at 14:00, then in Berlin eleven hours later by the clock on the wall: the same study day.
          const flight = [["q", begin, "a", 3, day(begin)], ["q", begin + 18 * hour, "a", 1, day(begin)],
            ["q", begin + 50 * hour, "a", 3, day(begin) + 2]]
          const text = reviews => JSON.stringify({format: "handbook-progress", version: 1, reviews})
          localStorage.clear()
          const one = new HandbookProgress({}, () => begin + 60 * hour)
          one.import(text(flight))
          const state = one.states.get("q")
          // A clock set back by two days: the review counts where it says it was, and nothing breaks.
          let now = begin + 60 * hour
          const two = new HandbookProgress({}, () => now)
          now = begin - 48 * hour
          two.add("q", 3)
          const back = two.states.get("q"), again = new HandbookProgress({}, () => begin + 60 * hour).states.get("q")
          // Reviews of a retired question go on with the next one.
          const three = new HandbookProgress({q: "r"}, () => begin + 60 * hour)
          return [state.count, state.due - day(begin), back.due - day(now), back.count, again.count,
            three.states.get("r").due === again.due, three.states.has("q"),
            [state, back, again].every(({memory}) => memory.stability > 0 && memory.difficulty >= 1)]
        }"""
    )
    assert found[0] == 2 and found[1] > 10
    assert found[2:5] == [
        2,
        1,
        3,
    ]  # what lies ahead of the clock waits, and counts when the clock is right
    assert found[5:] == [True, False, True]


def test_a_long_history_opens_by_what_was_kept_and_equals_what_is_replayed(lonely):
    found = lonely.evaluate(
        """() => {
          localStorage.clear()
          let now = Date.now() - 300 * 864e5
          const progress = new HandbookProgress({}, () => now)
          for (let at = 0; at < 5000; at++) {
            now += 300 * 864e5 / 5000
            const undo = progress.add(`q-${at * 7 % 100}`, 1 + at * 13 % 97 % 4)
            if (at % 10 === 3) progress.undo(undo)
          }
          progress.remember()
          const kept = new HandbookProgress({}, () => now), lazy = kept.known === null
          localStorage.removeItem("handbook.practice.states")
          const replayed = new HandbookProgress({}, () => now)
          const text = one => JSON.stringify([...one.states].sort())
          const result = [lazy, text(kept) === text(replayed), text(progress) === text(replayed), kept.total,
            replayed.total, Object.keys(localStorage).length]
          replayed.clear()
          return [...result, Object.keys(localStorage).length]
        }"""
    )
    assert found[:3] == [True, True, True] and found[3] == found[4] == 4500
    assert found[5] < 100 and found[6] == 0
