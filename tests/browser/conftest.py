"""What the browser tests share: the site with a page of every kind of block, and pages with settings of their own."""

import drill
import pytest
from conftest import SITE_URL, built_once, serving, tab
from drill import SIZES


@pytest.fixture(scope="session")
def drilled(tmp_path_factory):
    """The folder of a published site with the drill page and a repository."""
    return built_once(
        tmp_path_factory, "drilled", drill.prepare, SITE_URL=SITE_URL, REPO_URL=drill.REPO_URL
    )


@pytest.fixture(scope="session")
def drill_address(drilled):
    with serving(drilled) as root:
        yield root


@pytest.fixture
def opened(browser):
    """Gives pages with settings of their own: opened(address, size="phone", color_scheme="dark")."""
    tabs = []

    def open(address, size="desktop", **settings):
        made = tab(browser, **{"viewport": SIZES[size], "locale": "zh-CN", **settings})
        page = made.__enter__()
        tabs.append(made)
        page.goto(address)
        return page

    yield open
    for made in tabs:
        made.__exit__(None, None, None)
