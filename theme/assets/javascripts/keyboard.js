/* What the theme leaves to the mouse or to the eye: labels that act as buttons become buttons, what is open is
 * closed by Escape and gives the focus back, what scrolls sideways can be focused and has a name.
 * Without this script the labels are there, and work by mouse and touch. */
(() => {
  "use strict"
  const words = JSON.parse(document.getElementById("hb-words").textContent)
  const article = document.querySelector("article.md-content__inner")
  const narrow = matchMedia("(max-width: 76.234375em)") // where the theme makes the navigation a drawer
  const drawer = document.getElementById("__drawer")
  const sidebar = document.querySelector(".md-sidebar--primary")

  /* ---- labels ---- */

  /** Put a button in a label's place; it keeps the attributes, `for` among them, by which the theme styles it. */
  function asButton(label, name) {
    const toggle = document.getElementById(label.htmlFor), button = document.createElement("button")
    for (const attribute of label.attributes) button.setAttribute(attribute.name, attribute.value)
    button.type = "button"
    if (name) button.setAttribute("aria-label", name)
    button.append(...label.childNodes)
    button.addEventListener("click", () => toggle.click())
    label.replaceWith(button)
    if (toggle.type !== "checkbox") return button
    const tell = () => button.setAttribute("aria-expanded", toggle.checked)
    toggle.addEventListener("change", tell)
    tell()
    return button
  }

  const NAMES = {__drawer: words.navigation, __search: words.search}
  for (const label of document.querySelectorAll(".md-header__button[for^='__']:not([for^='__palette'])"))
    asButton(label, NAMES[label.htmlFor])
  for (const label of document.querySelectorAll(".md-search__icon[for]")) asButton(label, words.close_search)
  for (const label of document.querySelectorAll(".md-nav--primary .md-nav__link[for=__toc]")) asButton(label)

  /* The theme's radio buttons say “switch to dark: selected”; a button says what it does. */
  const palette = document.querySelector("[data-md-component=palette]")
  for (const label of palette?.querySelectorAll("label") || []) {
    const button = asButton(label, label.title)
    button.addEventListener("click", () => palette.querySelector("button:not([hidden])")?.focus())
  }
  for (const input of palette?.querySelectorAll("input") || []) {
    input.tabIndex = -1
    input.setAttribute("aria-hidden", "true")
  }

  for (const link of document.querySelectorAll(".md-nav--primary a.md-nav__link--active")) link.setAttribute("aria-current", "page")

  /* ---- the drawer ---- */

  const opener = document.querySelector(".md-header__button[for=__drawer]")
  const around = document.querySelectorAll(".md-header, .md-content, .md-footer, .md-top, .hb-offer, [data-md-component=skip]")

  if (sidebar && opener) {
    const close = document.createElement("button")
    close.type = "button"
    close.className = "hb-close"
    close.setAttribute("aria-label", words.close)
    close.textContent = "×"
    close.addEventListener("click", () => drawer.click())
    sidebar.prepend(close)

    /** While the drawer is open, the page behind it is out of reach. */
    const follow = () => {
      const modal = drawer.checked && narrow.matches
      for (const part of around) part.inert = modal
      return modal
    }
    drawer.addEventListener("change", () => {
      const inside = sidebar.contains(document.activeElement)
      if (follow()) close.focus({preventScroll: true})
      else if (inside || document.activeElement === document.body) opener.focus({preventScroll: true})
    })
    narrow.addEventListener("change", follow)
  }

  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && drawer.checked) drawer.click()
  })

  /* ---- listings and tables ---- */

  /** Name what scrolls sideways, and let it be focused as long as it does. */
  const scrolls = new ResizeObserver(entries => {
    // All are measured before the first is changed: the browser then works out the page's styles once.
    for (const [block, wide] of entries.map(({target}) => [target, target.scrollWidth > target.clientWidth])) {
      const names = {tabindex: "0", role: "group", "aria-label": nameOf(block)}
      for (const name in names)
        if (wide) block.setAttribute(name, names[name])
        else block.removeAttribute(name)
    }
  })

  function nameOf(block) {
    const title = block.closest(".highlight")?.querySelector(".filename")?.textContent
    const kind = block.matches("code") ? words.code : words.table
    return title ? `${kind}${words.colon}${title}` : kind
  }

  for (const block of article?.querySelectorAll("pre > code, .md-typeset__scrollwrap") || []) scrolls.observe(block)
})()
