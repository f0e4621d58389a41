"""Goes through a page as a curious reader would, and records what the browser objects to and what it asks for."""

import re

# Told at once and by every document, so that nothing is lost when the reader goes on to the next.
REPORT = """addEventListener("securitypolicyviolation", event =>
    console.error("violation: " + event.effectiveDirective + " " + event.blockedURI + " " + event.sample))"""
# A page of the 404 kind says so itself, and that is what it is there for.
EXPECTED = re.compile(r"status of 404")
CONTROLS = (
    "a[href], button, label[for], summary, input, [tabindex='0'], [role=tab], [role=menuitem]"
)
SELECT = """id => {
    const range = document.createRange()
    range.selectNodeContents(document.getElementById(id).closest("article").querySelector(`#${id} ~ p`))
    getSelection().removeAllRanges()
    getSelection().addRange(range)
}"""


class Watched:
    """A browser context that remembers requests, and errors of the console and of the policy."""

    def __init__(self, browser, **options):
        options = {
            "viewport": {"width": 1280, "height": 900},
            "permissions": ["clipboard-read", "clipboard-write"],
            **options,
        }
        self.context = browser.new_context(**options)
        self.context.add_init_script(REPORT)
        self.requests, self.errors, self.sockets = [], [], []
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("page", self.watch)
        self.page = self.context.new_page()

    def watch(self, page):
        page.on(
            "console",
            lambda message: (
                self.error(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: self.error(str(error)))
        page.on("websocket", lambda socket: self.sockets.append(socket.url))

    def error(self, text):
        if not EXPECTED.search(text):
            self.errors.append(text)

    def foreign(self, root):
        """Everything that was asked for outside of the site."""
        origin = root.split("/some/")[0] + "/"
        return [
            url
            for url in self.requests + self.sockets
            if not url.startswith((origin, "data:", "about:", "blob:" + origin))
        ]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()


def written_headers(site):
    """The headers as hosts read them from the site's _headers."""
    lines = (site / "_headers").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "/*"
    return dict(line.strip().split(": ", 1) for line in lines[2:] if line.startswith("  "))


def open_page(page, address):
    """Go to a page of the site and wait until its scripts and the theme's are at work."""
    page.goto(address)
    page.wait_for_load_state("networkidle")


def search(page, words):
    """Ask the search, and wait for the answer."""
    page.click(".md-search__input")
    page.fill(".md-search__input", words)
    page.wait_for_function(
        "words => document.querySelector('.md-search-result__list').dataset.query === words",
        arg=words,
    )


def click_everything(page):
    """Click one control of each kind that the page shows, and return how many kinds there were.

    A kind is what the style sheet tells apart: tag and class, and whether a link stays on the page. Links that leave it are
    held back, so that what a click sets off (and not where it goes) is seen.
    """
    page.evaluate("""() => addEventListener("click", event => {
        const link = event.target.closest?.("a[href]")
        if (link && !(link.hash && link.href.split("#")[0] === location.href.split("#")[0])) event.preventDefault()
    }, true)""")
    kinds = page.evaluate(
        """controls => {
        const kinds = new Map()
        for (const control of document.querySelectorAll(controls)) {
            if (!control.checkVisibility({checkVisibilityCSS: true}) || !control.getClientRects().length) continue
            const kind = [control.tagName, control.className, control.getAttribute("href")?.startsWith("#"), control.target,
                control.dataset.mdType, control.dataset.kind, control.closest("[class]:not(a, button, label)")?.className].join(" ")
            if (!kinds.has(kind)) kinds.set(kind, control)
        }
        window.controls = [...kinds.values()]
        return window.controls.length
    }""",
        CONTROLS,
    )
    for i in range(kinds):
        # Some are covered or gone after an earlier click; a click of the script's own reaches those too.
        page.evaluate(
            """i => {
            const control = window.controls[i]
            for (const type of ["pointerover", "mouseover", "mouseenter", "focus"]) control.dispatchEvent(new Event(type, {bubbles: true}))
            control.click()
        }""",
            i,
        )
    page.wait_for_timeout(250)  # for what comes late: tooltips, hints, announcements
    return kinds
