"""The filing numbers at the foot of every page, for a site on a server in mainland China."""

from types import SimpleNamespace

import pytest
from conftest import ROOT
from jinja2 import Environment, FileSystemLoader
from lxml import html
from mkdocs.config import load_config


@pytest.mark.parametrize("config", ["mkdocs.yml", "mkdocs.en.yml"])
def test_the_numbers_come_from_the_environment(config, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ICP_NUMBER", "京ICP备00000000号-1")
    monkeypatch.setenv("POLICE_NUMBER", "京公网安备00000000000000号")
    extra = load_config(config).extra
    assert (extra["icp"], extra["police"]) == ("京ICP备00000000号-1", "京公网安备00000000000000号")


def foot(icp="", police=""):
    """The foot of a page with these numbers, as the theme includes it."""
    template = Environment(loader=FileSystemLoader(ROOT / "overrides")).get_template(
        "partials/copyright.html"
    )
    return html.fromstring(
        template.render(
            config=SimpleNamespace(
                copyright="rights", extra=SimpleNamespace(icp=icp, police=police)
            )
        )
    )


def test_without_numbers_there_is_nothing(pages):
    assert not foot().xpath(".//a") and foot().text_content().split() == ["rights"]
    for page in pages:
        assert not page.tree.xpath(
            "//*[contains(@class, 'hb-filing')]"
        ) and "beian" not in html.tostring(page.tree.find("body"), encoding="unicode"), page.url


@pytest.mark.parametrize(
    ("icp", "police"),
    [
        ("京ICP备00000000号-1", ""),
        ("", "京公网安备00000000000000号"),
        ("京ICP备00000000号-1", 11010502030143),
    ],
)
def test_each_number_leads_to_its_register(icp, police):
    links = {
        link.get("href"): link.text_content()
        for link in foot(icp, police).xpath(".//div[@lang='zh']/a")
    }
    wanted = {"https://beian.miit.gov.cn/": icp, "https://beian.mps.gov.cn/": str(police)}
    assert links == {address: number for address, number in wanted.items() if number}


def test_a_number_is_text_whatever_stands_in_it():
    hostile = '<script>alert(1)</script>" onclick="x'
    links = foot(hostile, hostile).xpath(".//a")
    assert [link.text_content() for link in links] == [hostile, hostile]
    assert all(set(link.attrib) == {"href"} for link in links) and not foot(hostile).xpath(
        ".//script"
    )
