"""Addresses of the forms in which readers report an error of a section or discuss it."""

from urllib.parse import urlsplit

# {title} and {body} are filled in by the reader's browser, percent-encoded.
FORMS = {
    "github.com": "{repo}/issues/new?title={title}&body={body}",
    "gitlab.com": "{repo}/-/issues/new?issue[title]={title}&issue[description]={body}",
    "gitee.com": "{repo}/issues/new?issue[title]={title}&issue[description]={body}",
    "codeberg.org": "{repo}/issues/new?title={title}&body={body}",
}


def issue_form(repo_url: str, template: str) -> str:
    """The form of a repository: from the configured template, or by its host; "" where neither is known.

    Raises ValueError where a template could not work.
    """
    repo = (repo_url or "").rstrip("/").removesuffix(".git")
    if not repo:
        return ""
    host = urlsplit(repo).hostname or ""
    form = template or FORMS.get(host) or FORMS["gitlab.com"] * host.startswith("gitlab.")
    form = form.replace("{repo}", repo)
    if form and (urlsplit(form).scheme not in ("http", "https") or "{title}" not in form or "{body}" not in form):
        raise ValueError(f"“{form}” is no web address with {{title}} and {{body}} in it")
    return form
