"""Every MkDocs event that this site uses, in the order in which it runs. The work is done by functions of the features.

Each language is a plain `mkdocs build` of its configuration. What follows a build is `handbook.finish`, which knows
nothing of MkDocs.
"""

from pathlib import Path

from mkdocs.exceptions import PluginError

from handbook import assets
from handbook.calculators import page as calculators
from handbook.checks.code import shown_instead
from handbook.glossary import page as glossary
from handbook.labs import pages as labs
from handbook.law import calendar as law_calendar
from handbook.law import page as law
from handbook.preview import Preview
from handbook.questions import page as questions
from handbook.questions.source import FOLDER as QUESTIONS
from handbook.worksheets import page as worksheets

ROOT = Path(__file__).resolve().parent.parent


def on_config(config):
    """Refuse what cannot work; give the English site its address and leave the 404 page to the Chinese one."""
    if faults := assets.problems(config):
        raise PluginError("\n".join(map(str, faults)))
    if config.theme["language"] == "en":
        config.theme.static_templates -= {"404.html"}
        if config.site_url and not config.site_url.endswith("/en/"):
            config.site_url = config.site_url.rstrip("/") + "/en/"
    return config


def on_files(files, config):
    """Add the figures and downloads of the labs, and the calendar of the law."""
    labs.add_files(files, config)
    law_calendar.add_file(files, config)
    return files


def on_page_read_source(page, config):
    """Read a page that is not UTF-8 all the same: the checks tell it, and the preview shows the others."""
    return Path(page.file.abs_src_path).read_bytes().decode("utf-8", "replace")


def on_page_markdown(markdown, page, config, files):
    """Fill in what is made of data: the glossary, the law, the calculators, the worksheets, the questions, the labs."""
    if page.file.src_uri.endswith(".md"):
        file = Path(page.file.abs_src_path).relative_to(ROOT).as_posix()
        if fault := shown_instead(file, ROOT):
            return fault
    if page.file.src_uri == "reference/glossary.md":
        return glossary.fill_in(markdown, config.theme["language"], Path(config.docs_dir))
    if page.file.src_uri.startswith(law.PAGES):
        return law.fill_in(markdown, page.url, config.theme["language"])
    if page.file.src_uri.startswith(calculators.PAGES):
        return calculators.fill_in(markdown, page.url, config.theme["language"])
    if page.file.src_uri.startswith(worksheets.PAGES):
        return worksheets.fill_in(markdown, page.url, config.theme["language"])
    if page.file.src_uri.startswith(QUESTIONS):
        return questions.fill_in(
            markdown, page.file.src_uri, page.url, config.theme["language"], ROOT
        )
    return labs.markdown(markdown, page, config, files)


def on_page_content(html, page, config, files):
    """Put the site's own Markdown into the pages of notebooks, which mkdocs-jupyter has rendered."""
    return labs.content(html, page, config, files)


def on_serve(server, config, builder):
    """Let the preview show both languages, and build only what an edit concerns."""
    server.builder = Preview(builder, Path(config.site_dir), config.site_url)
    return server
