"""Law by decision: what is cited stands there, the pages show it, the calendar can be subscribed to."""

import re
from copy import deepcopy
from datetime import date

import pytest

from handbook.checks.pages import read_sources
from handbook.law import calendar, check
from handbook.law.entries import ROOT, load
from handbook.law.page import articles_of, chinese_article, sources
from handbook.site import text_of
from handbook.yaml_lines import read
from snippets.labs.statutes.texts import load as statutes

LAW = load()
RULES = [(one, rule) for one in LAW.decisions for rule in one.rules]


def test_each_cited_article_of_a_statute_is_in_force_and_says_what_it_is_cited_for():
    texts = statutes()
    day = min(LAW.read, texts.last)
    articles = {(one.law, one.number): one.text for one in texts.law_of(day)}
    cited = [
        (rule["id"], LAW.instruments[name]["statute"], chinese_article(number), words)
        for _, rule in RULES
        for name, found in rule.get("rule", {}).items()
        if LAW.instruments[name].get("statute")
        for number, words in found.items()
    ]
    assert len(cited) > 60
    wrong = [one for one in cited if one[3] not in articles.get(one[1:3], "")]
    assert not wrong


def test_the_pages_show_every_rule_with_its_source_and_its_grade(site_model):
    marks = {
        "zh": ("转引", "据", "前复核"),
        "en": ("quoted elsewhere", "As reported by", "recheck by"),
    }
    for language, (quoted, reported, recheck) in marks.items():
        for decision in LAW.decisions:
            article = site_model.page(language, f"law/{decision.id}").article
            assert (
                text_of(article).count("不是法律意见" if language == "zh" else "not legal advice")
                == 1
            )
            for rule in decision.rules:
                (card,) = article.xpath(f".//div[@id='{rule['id']}']")
                text = text_of(card)
                assert f"{rule['recheck']}" in text and recheck in text
                assert card.xpath(".//a[starts-with(@href, 'https://')]"), rule["id"]
                assert (quoted in text) == (rule["grade"] == "Q"), rule["id"]
                assert text.startswith(reported) == (rule["grade"] == "S"), rule["id"]


def test_the_first_page_leads_to_every_topic_of_every_decision(site_model):
    for language in ("zh", "en"):
        article = site_model.page(language, "law/index").article
        topics = article.xpath(".//div[contains(@class, 'hb-decision')]//li[@data-in]")
        assert len(topics) == sum(len(one.data["topics"]) for one in LAW.decisions)
        for link in article.xpath(".//div[contains(@class, 'hb-decision')]//a[not(@title)]"):
            page, _, id = link.get("href").partition("#")
            there = site_model.page(language, f"law/{page.strip('/')}").article
            assert not id or there.xpath(f".//*[@id='{id}']"), link.get("href")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_calendar_can_be_subscribed_to(built, language):
    file = (built if language == "zh" else built / "en") / calendar.FILE
    data = file.read_bytes()
    lines = data.split(b"\r\n")
    assert data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut in two
    text = re.sub("\r\n ", "", data.decode())
    days = re.findall(r"DTSTART;VALUE=DATE:(\d{8})", text)
    assert days == sorted(days) == [f"{event.on:%Y%m%d}" for event in LAW.calendar()]
    names = re.findall(r"UID:(.+)\r", text)
    assert (
        len(names) == len(set(names)) == len(days) == len(re.findall(r"DTSTAMP:\d{8}T\d{6}Z", text))
    )
    assert days[0] == "20261202" and days[-1] == "20280401"


@pytest.mark.parametrize(
    "where, number, zh, en",
    [
        ("cn", {"253-1": ""}, "第二百五十三条之一", ", article 253-1"),
        ("cn", {"1019": "", "10": ""}, "第一千零一十九条、第十条", ", articles 1019, 10"),
        ("cn", "24–27", "第二十四至二十七条", ", articles 24–27"),
        ("eu", "50(2), 111(4)", "第 50(2)、111(4) 条", ", articles 50(2), 111(4)"),
        ("us", "§ 3110", " § 3110", " § 3110"),
        ("cn", None, "", ""),
    ],
)
def test_articles_are_cited_as_each_language_does(where, number, zh, en):
    assert articles_of({"in": where, "zh": "《法》"}, number, "zh") == zh
    assert articles_of({"in": where}, number, "en") == en


def broken(change):
    """The faults of a decision after a change of its data."""
    data, _ = read(ROOT, "data/law/labelling.yml")
    data = deepcopy(data)
    change(data, data["topics"][0]["rules"][0])
    return [what for _, what, _ in check.of_decision(data, LAW.instruments, {})]


@pytest.mark.parametrize(
    "change, told",
    [
        (lambda data, rule: None, ""),
        (lambda data, rule: rule.pop("en"), "has no “en”"),
        (lambda data, rule: rule.update(en="标识"), "Chinese"),
        (lambda data, rule: rule.update(recheck="2027-02-30"), "a day that does not exist"),
        (lambda data, rule: rule.update(recheck=date(2026, 1, 1)), "before it was read"),
        (lambda data, rule: rule.update(grade="S"), "grade S"),
        (lambda data, rule: rule.update(rule={"pipl": "13"}), "no words to compare"),
        (lambda data, rule: rule.update(rule={"nothing": "1"}), "no instrument “nothing”"),
        (lambda data, rule: rule.pop("rule"), "has no source"),
        (lambda data, rule: rule.update(id="coming"), "twice on this page"),
        (lambda data, rule: data["topics"][0].update(when=["data:none-such"]), "has no answer"),
        (lambda data, rule: data.pop("unknown"), "has no “unknown”"),
    ],
)
def test_what_an_author_forgets_is_told(change, told):
    found = broken(change)
    assert not found if not told else any(told in what for what in found), found


def test_rules_that_fall_due_are_listed_with_file_and_line():
    sources = read_sources(ROOT)
    assert not check.falling_due(sources, LAW.read, ahead=check.SOON * 0)
    due = check.falling_due(sources, date(2026, 12, 31))
    assert due and all(one.file.startswith("data/law/") and one.line > 1 for one in due)
    assert len(check.falling_due(sources, date(2030, 1, 1))) == len(RULES)


def test_a_change_to_come_that_is_past_falls_due():
    told = check.falling_due(read_sources(ROOT), date(2026, 12, 10), ahead=check.SOON * 0)
    assert any("“eu-marking” still has 2026-12-02 to come" in str(one) for one in told)
    assert len(told) == 4  # marking, both rules on banned images, product liability


def test_each_instrument_is_told_with_its_own_day_and_a_day_to_come_as_such():
    rules = {rule["id"]: rule for _, rule in RULES}
    (foot,) = sources(rules["us-business-exempt"], LAW, "en")
    assert re.findall(r"since [\d-]+", foot) == ["since 2026-01-01", "since 2025-11-05"]
    assert sources(rules["eu-intimate"], LAW, "en")[1] == "from 2026-12-02"
