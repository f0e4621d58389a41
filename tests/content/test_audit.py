"""The audit's own reckoning: what it takes from a report, its medians, its larger index."""

import json

from audit import lighthouse, search
from audit.__main__ import KINDS, LANGUAGES, plain, table


def report(performance=1.0, lcp=800.4, lcp_score=1):
    refs = {
        "performance": [("largest-contentful-paint", 25), ("network-requests", 0)],
        "accessibility": [("axe", 7)],
        "best-practices": [("none", 1)],
        "seo": [("other", 1)],
    }
    return {
        "categories": {
            name: {
                "score": performance if name == "performance" else 1,
                "auditRefs": [{"id": id, "weight": weight} for id, weight in refs[name]],
            }
            for name in refs
        },
        "audits": {
            "largest-contentful-paint": {"numericValue": lcp, "score": lcp_score},
            "cumulative-layout-shift": {"numericValue": 0.00004, "score": 1},
            "axe": {"score": 0},
            "none": {"score": None},
            "other": {"score": 1},
            "network-requests": {
                "score": 0,
                "details": {
                    "items": [
                        {"url": "http://x/", "transferSize": 1000, "resourceType": "Document"},
                        {"url": "http://x/a.svg", "transferSize": 50, "resourceType": "Image"},
                        {"url": "data:x", "transferSize": 0, "resourceType": "Image"},
                    ]
                },
            },
        },
    }


def test_figures_of_a_report():
    assert lighthouse.figures(report(0.995, lcp_score=0.8)) == {
        "scores": {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100},
        "lcp_ms": 800,
        "cls": 0.0,
        "bytes": 1000,
        "image_bytes": 50,
        "requests": 2,
        "failed": ["axe", "largest-contentful-paint"],
    }


def test_the_median_counts_and_each_failed_audit():
    runs = [
        lighthouse.figures(report(score, lcp, lcp_score))
        for score, lcp, lcp_score in [(0.9, 2000, 0.5), (0.98, 900, 1), (1, 800, 1)]
    ]
    found = lighthouse.summary(runs)
    assert (found["scores"]["performance"], found["lcp_ms"], found["failed"]) == (
        98,
        900,
        ["axe", "largest-contentful-paint"],
    )


def test_the_table_sets_the_theme_beside_ours():
    one = lighthouse.summary([lighthouse.figures(report())])
    pages = [
        {"site": site, "language": language, "kind": kind, **one}
        for site in ("handbook", "material")
        for kind in ("home", "article")
        for language in LANGUAGES
    ]
    lines = table(
        pages, [{"language": "zh", "times": 10, "sections": 5, "p95_ms": 12.3, "load_ms": 400}]
    ).split("\n")
    assert [line.split()[:3] for line in lines[1:4]] == [
        ["handbook", "zh", "home"],
        ["material", "zh", "home"],
        ["handbook", "en", "home"],
    ]
    assert "100/100/100/100" in lines[1] and "0.80 s" in lines[1] and "1.0 KB" in lines[1]
    assert "12 ms" in lines[-1]


def test_ten_times_the_pages_have_ten_times_the_sections_and_words_of_the_site():
    index = {
        "docs": [
            {"location": "a/", "title": "A", "text": "One. Two three. Four."},
            {"location": "a/#b", "title": "B", "text": "五。六七。"},
        ]
    }
    large = json.loads(search.enlarged(json.dumps(index), 10))
    assert len(large["docs"]) == 20
    assert len({doc["location"] for doc in large["docs"]}) == 20
    assert large["docs"][:2] == index["docs"]
    assert all(len(doc["text"]) >= 5 for doc in large["docs"])
    assert search.enlarged(json.dumps(index), 10) == search.enlarged(json.dumps(index), 10)


def test_percentile():
    assert search.percentile(range(1, 101), 95) == 95
    assert search.percentile([5], 95) == 5


def test_the_theme_alone_reads_the_same_markdown():
    found = plain()
    assert found.keys() == LANGUAGES.keys()
    assert found["zh"]["theme"]["name"] == "material" and "custom_dir" not in found["zh"]["theme"]
    assert (
        found["en"]["docs_dir"].endswith("docs/en")
        and found["en"]["markdown_extensions"]["admonition"] == {}
    )
    assert set(KINDS) >= {"home", "article", "problem", "glossary", "share", "404"}
