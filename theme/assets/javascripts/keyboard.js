/* What the theme leaves to the mouse or to the eye: labels that act as buttons become buttons, what is open is
 * closed by Escape and gives the focus back, what scrolls sideways has a name. Without this script the labels
 * are there, and work by mouse and touch. */
(() => {
  "use strict"
  const {words} = window.handbook
  const all = selector => document.querySelectorAll(selector)

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

  for (const label of all(".md-header__button[for=__drawer]")) asButton(label, words.navigation)
  for (const label of all(".md-header__button[for=__search]")) asButton(label, words.search)
  for (const label of all(".md-search__icon[for]")) asButton(label, words.closeSearch)
  for (const label of all(".md-nav--primary .md-nav__link[for]"))
    if (label.htmlFor === "__toc" || label.tabIndex === 0) asButton(label) // others are headings

  /* The theme's radio buttons say “switch to dark: selected”; a button says what it does. */
  for (const label of all("[data-md-component=colours] label")) asButton(label, label.title)
  for (const input of all("[data-md-component=colours] input")) {
    input.tabIndex = -1
    input.setAttribute("aria-hidden", "true")
  }

  for (const link of all(".md-nav--primary a.md-nav__link--active")) link.setAttribute("aria-current", "page")

  /* ---- the drawer ---- */

  const narrow = matchMedia("(max-width: 76.234375em)") // where the theme makes the navigation a drawer
  const drawer = document.getElementById("__drawer")
  const sidebar = document.querySelector(".md-sidebar--primary")
  const opener = document.querySelector(".md-header__button[for=__drawer]")

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
      for (const part of all(".md-header, .md-content, .md-footer, .md-top, .hb-offer, .md-skip"))
        part.toggleAttribute("inert", modal)
      return modal
    }
    drawer.addEventListener("change", () => {
      const inside = sidebar.contains(document.activeElement)
      if (follow()) close.focus({preventScroll: true})
      else if (inside || document.activeElement === document.body) opener.focus({preventScroll: true})
    })
    narrow.addEventListener("change", follow)
    document.addEventListener("focusin", ({target}) => { // where the browser does not know inert
      if (drawer.checked && narrow.matches && !sidebar.contains(target)) close.focus()
    })
    document.addEventListener("keydown", event => {
      if (event.key === "Escape" && drawer.checked) drawer.click()
    })
  }

  /* ---- listings and tables ---- */

  function nameOf(block) {
    const title = block.closest(".highlight")?.querySelector(".filename")?.textContent
    const kind = block.matches("code") ? words.code : words.table
    return title ? `${kind}${words.colon}${title}` : kind
  }

  /** Name what scrolls sideways, and let it be focused as long as it does; what is out of sight comes later. */
  const scrolls = new ResizeObserver(entries => {
    // All are measured before the first is changed: the browser then works out the page's styles once.
    const wide = entries.map(({target}) => target.scrollWidth > target.clientWidth)
    entries.forEach(({target}, at) => {
      const names = {tabindex: "0", role: "group", "aria-label": nameOf(target)}
      for (const name in names)
        if (wide[at]) target.setAttribute(name, names[name])
        else target.removeAttribute(name)
    })
  })

  /* The theme gives each listing a landmark without a name, and a button that loses its name to the tooltip. */
  new MutationObserver(() => {
    for (const nav of all(".md-code__nav:not([role])")) nav.setAttribute("role", "none")
    for (const button of all(".md-code__button:not([aria-label])")) button.setAttribute("aria-label", button.title)
  }).observe(document.querySelector(".md-content"), {childList: true, subtree: true})

  document.addEventListener("DOMContentLoaded", () => { // after the theme, which makes the boxes then
    for (const block of all("article pre > code, article .md-typeset__scrollwrap")) scrolls.observe(block)
  }, {once: true})
})()
