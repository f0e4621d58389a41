"""The question bank: what an author may not forget, and what readers take along stays theirs over editions."""

import csv
import io
import json
import re
import shutil
import sqlite3
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import jsonschema
import pytest
from conftest import ROOT, contents
from lxml import html
from small_project import write

from handbook.checks import settings
from handbook.checks.everything import all_problems
from handbook.checks.pages import read_sources
from handbook.questions import anki, changes, check, exports, page
from handbook.questions.__main__ import main as command
from handbook.questions.bank import Bank, clean, plain, read_bank
from handbook.questions.changes import Changes
from handbook.questions.source import APART, is_field, questions_of
from handbook.site import text_of
from handbook.yaml_lines import read

ZH, EN = "docs/zh/questions/inference.md", "docs/en/questions/inference.md"
DATA = "data/questions/inference.yml"
NAV = {"mkdocs.yml": "指南: guide.md", "mkdocs.en.yml": "Guide: guide.md"}


@pytest.fixture
def tree(tmp_path):
    """A small project with three questions, and nothing wrong with it."""
    write(tmp_path)
    shutil.copytree(ROOT / "tests/questions", tmp_path, dirs_exist_ok=True)
    for file, entry in NAV.items():
        path = tmp_path / file
        text = path.read_text("utf-8")
        path.write_text(text.replace(entry, f"{entry}\n  - Q: questions/inference.md"), "utf-8")
    changes.record(read_sources(tmp_path))
    assert not all_problems(tmp_path)
    return tmp_path


def edit(tree, file, old, new):
    """Replace text once; gives the line of the change."""
    text = (tree / file).read_text("utf-8")
    assert old in text
    (tree / file).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def told(tree):
    """Faults of the questions and of what can be read."""
    sources = read_sources(tree)
    return sorted({*check.check(sources), *settings.check(sources)})


QUESTION = re.compile(r"### Why is decoding.*?(?=## Latency)", re.DOTALL)
ROW = "{}: {{level: 1, for: [engineer], terms: [], added: 2026-11-29{}}}\n"
GONE = ", retired: {on: 2026-12-01, instead: nobody}"
# A slip of an author: the file, what is written there (a pattern), and what instead; what is said, and of which file.
WRONG = {
    "a follow-up in one language": (
        EN,
        "    - What does pag",
        "    What does pag",
        "other follow-ups",
        EN,
    ),
    "a source in one language": (EN, r"    - \[GQA\].*\n", "", "arxiv.org/abs/2305.13245", EN),
    "a block in one language": (ZH, "!!! weak .*\n    “换", "“换", "has no note “weak”", ZH),
    "an empty block": (EN, "    “A card with more compute .*\n", "", "empty note “weak”", EN),
    "an id misspelt in the data": (
        DATA,
        "decode-bandwidth:",
        "decode-bandwith:",
        "mean decode-bandwidth?",
        DATA,
    ),
    "no entry in the data": (DATA, "ttft-and-tpot.*\n", "", "has no entry “ttft-and-tpot”", ZH),
    "another order in the data": (
        DATA,
        "(kv-.*\n)(decode-.*\n)",
        r"\2\1",
        "in another order",
        DATA,
    ),
    "a retired id used again": (
        DATA,
        "-29}",
        "-29, retired: {on: 2026-12-01}}",
        "retired and used again",
        DATA,
    ),
    "a successor that is none": (
        DATA,
        "kv-",
        ROW.format("old", GONE) + "kv-",
        "“nobody”, which is no",
        DATA,
    ),
    "an id that was used before": (
        DATA,
        "kv-",
        ROW.format("ttft-and-tpot", "") + "kv-",
        "is there twice",
        DATA,
    ),
    "an unknown level": (DATA, "level: 1", "level: 4", "the level “4”", DATA),
    "an unknown reader": (DATA, "founder", "investor", "readers that nobody knows", DATA),
    "an unknown term": (
        DATA,
        r"terms: \[\]",
        "terms: [accuracies]",
        "Did you mean accuracy?",
        DATA,
    ),
    "a place that is none": (
        DATA,
        "guide#data",
        "guide#nowhere",
        "“guide#nowhere”, which is no",
        DATA,
    ),
    "no short answer": (ZH, r"\*\*答案：\*\* 一次", "一次", "has no short answer", ZH),
    "a long short answer": (EN, "(?<=Answer:..)", " one" * 70, "Say it in 70", EN),
    "no full answer": (EN, "A batch of b lets.*\n", "", "has no full answer", EN),
    "no source": (ZH, r"\[Orca\]\(.*\)", "Orca", "names no source", ZH),
    "a day that is none": (
        ZH,
        "核对于 2026-11-29",
        "核对于 2026-11-31",
        "day that does not exist",
        ZH,
    ),
    "another day of checking": (
        EN,
        "on 2026-11-29",
        "on 2026-11-28",
        "other days of its sources",
        EN,
    ),
    "one follow-up": (
        ZH,
        "    - 该报平均还是 p95？",
        "    该报平均还是 p95？",
        "has 1 follow-ups",
        ZH,
    ),
    "a formula as title": (EN, "### How much", "### =How much", "begins with = + - or @", EN),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_an_author_forgets_is_told_with_file_and_line(tree, name):
    file, pattern, new, words, where = WRONG[name]
    text = (tree / file).read_text("utf-8")
    slip = re.search(pattern, text)
    (tree / file).write_text(text[: slip.start()] + slip.expand(new) + text[slip.end() :], "utf-8")
    found = [one for one in told(tree) if words in f"{one.message} {one.todo}"]
    assert found, told(tree)
    assert {one.file for one in found} == {where} and all(one.line for one in found)


def test_a_question_in_one_language_only_is_told(tree):
    text = (tree / EN).read_text("utf-8")
    (tree / EN).write_text(QUESTION.sub("", text), "utf-8")
    assert any(one.file == ZH and "decode-bandwidth" in one.message for one in told(tree))


def test_a_retired_question_hands_on_and_its_entry_stays(tree):
    row = "old-one: {level: 1, for: [engineer], terms: [], added: 2026-11-29, retired: {on: 2026-12-01, instead: %s}}\n"
    text = (tree / DATA).read_text("utf-8")
    (tree / DATA).write_text(text + row % "kv-cache-size", "utf-8")
    assert not told(tree)
    assert page.retired(tree) == {"old-one": "kv-cache-size"}
    assert page.last_of("a", {"a": "b", "b": "c", "c": "b"}) in "bc"  # a circle ends


def test_a_question_that_moved_leaves_its_address_behind(tree):
    for language, file in (("zh", ZH), ("en", EN)):
        text = (tree / file).read_text("utf-8")
        question = re.search(r"### [^#]*\{#kv-cache-size\}.*?(?=### )", text, re.DOTALL)[0]
        (tree / file).write_text(text.replace(question, ""), "utf-8")
        start = f"---\ndescription: x\n---\n\n# Cost {{#cost}}\n\n## Part {{#part}}\n\n{question}"
        (tree / f"docs/{language}/questions/cost.md").write_text(start, "utf-8")
    row, *others = (tree / DATA).read_text("utf-8").splitlines(keepends=True)
    (tree / "data/questions/cost.yml").write_text(row, "utf-8")
    (tree / DATA).write_text("".join(others), "utf-8")
    assert not told(tree)
    (tree / DATA).write_text("kv-cache-size: {moved: cost}\n" + "".join(others), "utf-8")
    assert not told(tree)
    text = (tree / EN).read_text("utf-8").split("---\n", 2)[2]
    made = page.fill_in(text, "questions/inference.md", "questions/inference/", "en", tree)
    assert (
        "- [How much memory does the KV cache take while decoding?](cost.md#kv-cache-size)\n{: #kv-cache-size }"
        in made
    )
    assert made.count("?question=") == 2
    edit(tree, DATA, "moved: cost", "moved: law")
    assert [one.file for one in told(tree)] == [DATA]


def test_the_command_counts_and_tells(tree, capsys):
    assert command([str(tree)]) == 0
    assert "inference: 3 questions; level 1, 2, 3: 1, 2, 0" in capsys.readouterr().out
    edit(tree, EN, "### How much", "### =How much")
    assert command([str(tree), "inference"]) == 1
    assert f"{EN}:" in capsys.readouterr().out
    assert command([str(tree), "law"]) == 0
    assert command([str(tree / "data")]) == 2


def test_due_notes_when_a_card_changed_and_only_that_card(tree):
    day = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    first = changes.read(tree)
    assert not changes.record(read_sources(tree), day)
    edit(tree, EN, "Quantising the cache", "Storing the cache")
    assert any(
        one.file == changes.FILE and "kv-cache-size" in one.message for one in all_problems(tree)
    )
    assert changes.record(read_sources(tree), day) == ["kv-cache-size"]
    then = changes.read(tree)
    assert then.changed("kv-cache-size", "en") == "2026-12-01T08:30:00"
    assert then.changed("kv-cache-size", "zh") == first.changed("kv-cache-size", "zh")
    assert then.stamp("decode-bandwidth", "en") == first.stamp("decode-bandwidth", "en")
    # The other language's card shows the question and its short answer.
    edit(tree, EN, "### Why is decoding bound", "### Why is decoding limited")
    changes.record(read_sources(tree), datetime(2026, 12, 2, tzinfo=UTC))
    assert changes.read(tree).changed("decode-bandwidth", "zh").startswith("2026-12-02")
    assert not all_problems(tree)


# ---- the built pages ----


@pytest.fixture(scope="module")
def bank(site_model):
    return read_bank(site_model)


def test_every_question_of_the_sources_is_on_the_pages_and_in_what_is_taken_along(bank, built):
    sources = read_sources(ROOT)
    ids = [one.id for name, one_page in page.fields("zh").items() for one in questions_of(one_page)]
    assert ids == [one.id for one in bank.entries] and len(ids) == len(set(ids))
    assert sum(is_field(one) for one in sources.pages) == 2 * len(page.fields("zh"))
    for one in bank.entries:
        for text in one.texts.values():
            said = (text.question, text.short, text.full, text.weak, text.follow_ups, text.sources)
            assert all(said) and text.links and text.checked, one.id
            html = "".join(said)
            assert not re.search(r"<(script|style|svg|div|span)|\s(class|id|style|on\w+)=", html), (
                one.id
            )
            assert all(link.startswith("http") for link in re.findall(r'href="([^"]*)"', html)), (
                one.id
            )
    for language in ("zh", "en"):
        root = built if language == "zh" else built / "en"
        script = (root / "assets/questions/deck.js").read_text("utf-8")
        deck = json.loads(
            script.removeprefix("self.handbookDeck = ")
            .removeprefix("self.handbookDeck=")
            .rstrip("\n;")
        )
        assert [one["id"] for one in deck["questions"]] == ids
        for one in deck["questions"]:
            path, id = one["address"].split("#")
            text = (root / "questions/practice" / path / "index.html").read_text("utf-8")
            assert f'id="{id}"' in text


def test_the_list_says_of_each_question_what_the_filters_ask_for(site_model, bank):
    for language in ("zh", "en"):
        article = site_model.page(language, "questions/index").article
        items = article.xpath("//*[contains(@class, 'hb-questions')]//li")
        assert [one.get("data-id") for one in items] == [one.id for one in bank.entries]
        for item, one in zip(items, bank.entries, strict=True):
            assert item.get("data-level") == str(one.level) and item.get("data-field") == one.field
            assert item.get("data-for").split() == one.readers
            assert text_of(item).startswith(one.texts[language].question)


def test_of_a_question_title_and_answer_are_searched_and_nothing_that_is_wrong(built, bank):
    for folder in (built, built / "en"):
        docs = json.loads((folder / "search/search_index.json").read_text("utf-8"))["docs"]
        places = {doc["location"]: " ".join(map(str, doc.values())) for doc in docs}
        assert not any(place.startswith("questions/practice") for place in places)
        for one in bank.entries:
            text = one.texts["zh" if folder == built else "en"]
            said = places[text.place]
            assert text.question in said
            for left_out in (text.weak, text.follow_ups, text.sources):
                assert plain(left_out).split("\n")[0] not in said, one.id


def test_the_json_fits_its_schema_and_the_csv_reads_back(built, bank):
    folder = built / "downloads"
    value = json.loads((folder / "questions.json").read_text("utf-8"))
    schema = json.loads((folder / "questions.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(value, schema)
    assert [one["id"] for one in value["questions"]] == [one.id for one in bank.entries]
    assert value["licence"]["zh"] and value["licence"]["en"]
    broken = json.loads(json.dumps(value))
    del broken["questions"][0]["en"]["short"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)
    for language in ("zh", "en"):
        raw = (folder / f"questions-{language}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1 and len(rows) == len(bank.entries) + 1
        for row, one in zip(rows[1:], bank.entries, strict=True):
            text = one.texts[language]
            assert (row[0], row[4], row[5]) == (one.id, text.question, exports.harmless(text.short))
            assert all(link in row[9] for link in text.links) and row[11]
            assert not any(field.startswith(tuple("=+-@")) for field in row)


def test_a_listing_keeps_its_indentation_and_its_name_stands_on_a_line_of_its_own():
    listing = html.fragment_fromstring(
        '<div class="highlight"><span class="filename">a.py</span><pre><span></span><code>'
        "<span>def</span> f():\n\n    <span>if</span> x:\n        <span>return</span>  1\n"
        "</code></pre>\n</div>"
    )
    code = "def f():\n\n    if x:\n        return  1\n"
    kept = clean(listing, "")
    assert kept == f"<p>a.py</p><pre><code>{code}</code></pre> "
    assert plain(kept) == "a.py\n" + code.replace("\n\n", "\n").rstrip()


def test_a_text_that_a_spreadsheet_would_run_is_harmless():
    assert exports.harmless("=1+1") == "• =1+1" and exports.harmless("a=1") == "a=1"
    assert plain("<ul><li>one <b>two</b></li> <li>three</li></ul>") == "• one two\n• three"
    assert (
        plain('<p>See <a href="https://a.b/">it</a>.</p>', addresses=True)
        == "See it <https://a.b/>."
    )


def test_the_same_bytes_at_another_time_in_another_folder(site_model, built, tmp_path, bank):
    import time_machine

    first, second = tmp_path / "one", tmp_path / "two"
    for folder, day in ((first, "2026-12-01"), (second, "2031-03-05")):
        with time_machine.travel(f"{day}T10:00:00Z"):
            (folder / "en").mkdir(parents=True)
            exports.write(replace(site_model, folder=folder))
    assert contents(first) == contents(second)
    assert {name.rpartition(".")[2] for name in contents(first)} == {"apkg", "csv", "json", "js"}
    packed = (built / "downloads/questions-zh.apkg").read_bytes()
    assert packed == (first / "downloads/questions-zh.apkg").read_bytes()


# ---- Anki ----


@pytest.fixture
def collection(tmp_path):
    from anki.collection import Collection

    opened = Collection(str(tmp_path / "reader.anki2"))
    yield opened
    opened.close()


def bring(collection, tmp_path, bank, changed, language="zh"):
    """Import a package as a reader does; gives the counts of what was new and what was brought up to date."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    file = tmp_path / "new.apkg"
    file.write_bytes(anki.package(bank, language, changed))
    options = ImportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False)
    log = collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(file), options=options)
    ).log
    assert not log.conflicting
    return len(log.new), len(log.updated)


def dated(bank, day, ids=None):
    """All cards of a bank as changed on a day; those named on it, the others on the first."""
    first = "2026-10-01T00:00:00"
    return Changes(
        {
            one.id: (
                "",
                *[day if ids is None or one.id in ids else first, ""],
                day if ids is None or one.id in ids else first,
            )
            for one in bank.entries
        }
    )


def some(count):
    """A bank of made-up questions."""
    from handbook.questions.bank import Entry, Text

    def text(language, n):
        said = [f"{language} {part} {n}" for part in ("question", "short")]
        html = [
            f"<p>{language} {part} {n} {{{{c1::x}}}}</p>"
            for part in ("full", "weak", "follow", "source")
        ]
        return Text(
            *said,
            *html,
            f"https://example.org/#q-{n}",
            f"questions/law/#q-{n}",
            "Law",
            ["https://a.b/"],
            "2026-11-29",
        )

    entries = [
        Entry(
            f"q-{n}",
            "law",
            1 + n % 3,
            ["engineer"],
            [],
            [],
            "2026-11-29",
            {"zh": text("zh", n), "en": text("en", n)},
        )
        for n in range(count)
    ]
    return Bank(entries, {}, "https://example.org/")


def changed_texts(bank, ids):
    """The next edition, in which some questions have another full answer."""
    entries = []
    for one in bank.entries:
        texts = {name: replace(text, full="<p>corrected</p>") for name, text in one.texts.items()}
        entries.append(replace(one, texts=texts) if one.id in ids else one)
    return replace(bank, entries=entries)


def note_of(collection, id):
    (found,) = collection.find_notes(f'"Id:{id}"')
    return collection.get_note(found)


def test_the_next_edition_keeps_progress_tags_and_edits_and_brings_corrections(
    collection, tmp_path
):
    bank = some(8)
    assert bring(collection, tmp_path, bank, dated(bank, "2026-10-01T00:00:00")) == (8, 0)
    deck = collection.decks.id_for_name("大模型创业手册 · 题库")
    collection.decks.select(deck)
    studied = collection.sched.getCard()
    assert note_of(collection, "q-0").id == studied.nid  # in the order of the bank
    studied.start_timer()
    collection.sched.answerCard(studied, 3)
    tagged = note_of(collection, "q-1")
    tagged.tags.append("mine")
    collection.update_note(tagged)
    other = collection.decks.id("Elsewhere")
    collection.set_deck([note_of(collection, "q-2").card_ids()[0]], other)
    collection.sched.suspend_cards([note_of(collection, "q-3").card_ids()[0]])
    edited = note_of(collection, "q-4")
    edited["Full"] = "my own words"
    collection.update_note(edited)
    before = {
        one: collection.get_card(note_of(collection, f"q-{one}").card_ids()[0]) for one in range(8)
    }

    new = {"q-0", "q-5", "q-3"}
    later = changed_texts(bank, new)
    assert bring(collection, tmp_path, later, dated(bank, "2026-11-01T00:00:00", new)) == (0, 3)
    after = {
        one: collection.get_card(note_of(collection, f"q-{one}").card_ids()[0]) for one in range(8)
    }
    for one in range(8):
        for part in ("did", "ivl", "due", "queue", "reps", "id"):
            assert getattr(before[one], part) == getattr(after[one], part), (one, part)
        assert (note_of(collection, f"q-{one}")["Full"] == "<p>corrected</p>") == (
            f"q-{one}" in new
        )
    assert "mine" in note_of(collection, "q-1").tags
    assert after[2].did == other and after[3].queue == -1 and after[0].reps == 1
    assert note_of(collection, "q-4")["Full"] == "my own words"
    assert len(collection.find_notes("")) == 8
    assert (
        sum(one.name.startswith("Large-Model") for one in collection.models.all_names_and_ids())
        == 1
    )
    assert bring(collection, tmp_path, later, dated(bank, "2026-11-01T00:00:00", new)) == (0, 0)


def test_a_question_that_is_gone_or_moved_and_a_new_one(collection, tmp_path):
    bank = some(4)
    bring(collection, tmp_path, bank, dated(bank, "2026-10-01T00:00:00"))
    kept = note_of(collection, "q-1").id
    moved = [replace(one, field="cost") if one.id == "q-1" else one for one in some(6).entries[1:]]
    later = replace(bank, entries=moved)
    assert bring(collection, tmp_path, later, dated(later, "2026-11-01T00:00:00", {"q-1"})) == (
        2,
        1,
    )
    assert len(collection.find_notes("")) == 6 and note_of(collection, "q-1").id == kept
    assert "handbook::cost" in note_of(collection, "q-1").tags


def test_both_languages_stand_side_by_side_and_a_spare_field_can_be_filled(collection, tmp_path):
    bank = some(3)
    bring(collection, tmp_path, bank, dated(bank, "2026-10-01T00:00:00"))
    assert bring(collection, tmp_path, bank, dated(bank, "2026-10-01T00:00:00"), "en") == (3, 0)
    assert len(collection.find_notes("")) == 6
    note = collection.get_note(
        collection.find_notes('deck:"Large-Model Startup Handbook · Questions"')[0]
    )
    card = note.cards()[0]
    assert (
        "en short" in card.answer() and "zh short" in card.answer() and "{{" not in card.question()
    )
    note["Spare2"] = "something new"
    collection.update_note(note)
    assert "something new" in note.cards()[0].answer()


def test_the_shape_of_the_note_type_is_the_published_one(tmp_path):
    """Fields never change. Whoever changes template or style raises NOTE_TYPE_CHANGED, and this hash with it."""
    import hashlib

    assert (
        "Id Question Short Full Weak FollowUps Sources Level Field Address Other".split()
        == anki.FIELDS
    )
    assert len(anki.SPARE) == 6
    look = hashlib.sha256("\0".join((anki.FRONT, anki.BACK, anki.STYLE)).encode()).hexdigest()[:12]
    assert (look, anki.NOTE_TYPE_CHANGED) == ("1576920cc322", 1764374400)
    file = tmp_path / "one.apkg"
    file.write_bytes(anki.package(some(2), "zh", dated(some(2), "2026-12-03T00:00:00")))
    with zipfile.ZipFile(file) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
        archive.extract("collection.anki2", tmp_path)
    with sqlite3.connect(tmp_path / "collection.anki2") as base:
        assert [row[0] for row in base.execute("SELECT due FROM cards ORDER BY id")] == [1, 2]
        day = datetime(2026, 12, 3, tzinfo=UTC).timestamp()
        assert {row[0] for row in base.execute("SELECT mod FROM notes")} == {int(day)}


def test_every_page_apart_from_the_fields_is_known():
    names = {path.name for path in (ROOT / "docs/zh/questions").glob("*.md")}
    assert {f"questions/{name}" for name in names} >= APART
    assert {name.removesuffix(".md") for name in names} - {"index", "practice"} == set(
        page.fields("zh")
    )
    assert {path.stem for path in (ROOT / "data/questions").glob("*.yml")} >= set(page.fields("zh"))
    assert all(read(ROOT, f"data/questions/{name}.yml")[0] for name in page.fields("zh"))
