/* The button beside each heading and each item with an id: copies the permanent link, and opens a menu of other
 * forms of it. Without this script the theme's ¶ is there, a plain link. Everything that is shown or copied is
 * text; nothing that stands in an address becomes markup. What it needs to know it reads in the page. Links to one
 * paragraph are made by passage.js. */
(() => {
  "use strict"
  const {words} = window.handbook
  const source = document.currentScript.src.replace("share.js", "passage.js")
  const YEAR = 2026 // of the articles, as citations name it
  const article = document.querySelector("article.md-content__inner")
  const top = article?.querySelector("h1")
  if (!top) return
  const one = selector => document.querySelector(selector)
  const own = one("link[rel=canonical]")?.href || location.href.replace(/[?#].*/, "")
  const share = one("meta[name='handbook:share']")?.content // address of the page's share pages
  const author = one(".md-header__topic").textContent.trim()
  const NUMBER = /^(?:\d+\.\s*|[一二三四五六七八九十]+、\s*|[IVX]+\.\s+)/ // as in handbook/site.py

  /* ---- what a place is called and where it is ---- */

  function title(place) {
    const copy = place.cloneNode(true)
    for (const extra of copy.querySelectorAll(".headerlink, .hb-share, ul, ol")) extra.remove()
    const text = copy.textContent.replace(/\s+/g, " ").trim()
    return /^H\d$/.test(place.tagName) ? text.replace(NUMBER, "") : text.split(/[：:]/)[0]
  }

  const page = title(top)
  const titles = (place, sign) => place === top ? [page] : sign ? [title(place), page] : [page, title(place)]
  const fullTitle = place => titles(place, "·").join(" · ")
  const citedTitle = place => titles(place).join(": ")

  /** The permanent link: the share page, which previews well, where the site has an address. */
  function address(place) {
    if (share && !place.matches(".hb-entry")) return place === top ? share : `${share}${place.id}/`
    return place === top ? own : `${own}#${place.id}`
  }

  /* ---- forms of a link ---- */

  function today() {
    const now = new Date(), two = number => String(number).padStart(2, "0")
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  }

  const TEX = {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
  const tex = text => text.replace(/[\\~^#$%&_{}]/g, char => TEX[char] || "\\" + char)

  const FORMS = {
    markdown: place => {
      const target = address(place).replace(/[()]/g, char => char === "(" ? "%28" : "%29")
      return `[${fullTitle(place).replace(/[\\[\]*_\x60<]/g, "\\$&")}](${target})`
    },
    text: place => `${fullTitle(place)}\n${address(place)}`,
    gbt: place => `${author}. ${citedTitle(place)}[EB/OL]. (${YEAR})[${today()}]. ${address(place)}.`,
    bibtex: place => [
      `@misc{handbook-${place.id},`,
      `  author  = {{${tex(author)}}},`,
      `  title   = {{${tex(citedTitle(place))}}},`,
      `  year    = {${YEAR}},`,
      `  url     = {${address(place)}},`,
      `  urldate = {${today()}},`,
      "}",
    ].join("\n"),
  }

  /* Where readers report: by the host of the repository that the header links to. */
  const ISSUES = {
    "github.com": ["/issues/new", "title", "body"],
    "gitlab.com": ["/-/issues/new", "issue[title]", "issue[description]"],
    "gitee.com": ["/issues/new", "issue[title]", "issue[description]"],
    "codeberg.org": ["/issues/new", "title", "body"],
  }

  function issueAddress(place, kind) {
    const repository = one(".md-source")
    const [path, subject, text] = ISSUES[repository.hostname]
    const query = new URLSearchParams([
      [subject, words[kind + "Title"] + fullTitle(place)],
      [text, `${fullTitle(place)}\n${address(place)}\n\n${words[kind + "Body"]}\n`],
    ])
    return `${repository.href.replace(/\/$/, "")}${path}?${query}`
  }

  /* ---- copying ---- */

  one(".md-dialog__inner").setAttribute("role", "status")

  /** Copy, by the old way where the page is not served securely, and by hand where that fails too. */
  async function copy(text, message) {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      const field = document.createElement("textarea"), focused = document.activeElement
      field.value = text
      field.className = "hb-copy"
      document.body.append(field)
      field.select()
      const done = document.execCommand("copy")
      field.remove()
      focused?.focus({preventScroll: true})
      if (!done) {
        prompt(words.byHand, text)
        return
      }
    }
    if (opener) heading.textContent = `${message} · ${words.also}`
    window.alert$?.next(message) // the theme's dialog
  }

  /* ---- the menu ---- */

  function element(tag, name, attributes, text = "") {
    const made = document.createElement(tag)
    made.className = name
    made.textContent = text
    for (const key in attributes) made.setAttribute(key, attributes[key])
    return made
  }

  const menu = element("div", "hb-menu", {role: "menu", "aria-label": words.menu, hidden: ""})
  const heading = element("p", "hb-menu__title", {role: "presentation"})
  const items = [], links = {}
  let opener = null
  menu.append(heading)

  function item(tag, attributes, label, act) {
    const made = element(tag, "hb-menu__item", {role: "menuitem", tabindex: "-1", ...attributes}, label)
    made.addEventListener("click", act)
    menu.append(made)
    items.push(made)
    return made
  }

  for (const form in FORMS)
    item("button", {type: "button"}, words[form], () => {
      const {place} = opener
      close(true)
      copy(FORMS[form](place), words.copiedAs + words[form])
    })
  const passage = item("button", {type: "button"}, words.passage, () => {
    const {place} = opener
    close(true)
    window.handbook.pick(place)
  })
  /* A folder on somebody's disk has no address that others could open. */
  if (ISSUES[one(".md-source")?.hostname] && (share || location.protocol !== "file:"))
    for (const kind of ["report", "discuss"])
      links[kind] = item("a", {target: "_blank", rel: "noopener"}, words[kind], () => close(true))

  function open(button) {
    close(false)
    opener = button
    const {place} = button, tell = () => { passage.hidden = !window.handbook.passages?.(place).length }
    tell()
    passages().then(tell)
    heading.textContent = words.also
    for (const kind in links) links[kind].href = issueAddress(place, kind)
    button.setAttribute("aria-expanded", "true")
    menu.hidden = false
    const box = button.getBoundingClientRect()
    const left = Math.min(box.left, document.documentElement.clientWidth - menu.offsetWidth - 8)
    const below = box.bottom + 4 + menu.offsetHeight < innerHeight
    const y = below ? box.bottom + 4 : box.top - 4 - menu.offsetHeight
    menu.style.setProperty("--hb-left", Math.max(8, left) + scrollX + "px")
    menu.style.setProperty("--hb-top", y + scrollY + "px")
  }

  function close(focus) {
    if (!opener) return
    opener.setAttribute("aria-expanded", "false")
    if (focus) opener.focus({preventScroll: true})
    opener = null
    menu.hidden = true
  }

  menu.addEventListener("keydown", event => {
    const shown = items.filter(one => !one.hidden), here = shown.indexOf(document.activeElement)
    const to = {ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1}[event.key]
    if (to !== undefined) shown[(to + shown.length) % shown.length].focus()
    else if (event.key === "Escape" || event.key === "Tab") close(true) // Tab goes on from the button
    else return
    if (event.key !== "Tab") event.preventDefault()
    event.stopPropagation()
  })
  document.addEventListener("click", ({target}) => {
    if (opener && !opener.contains(target) && !menu.contains(target)) close(false)
  })
  document.addEventListener("keydown", event => {
    if (opener && event.key === "Escape") close(opener.contains(document.activeElement))
  })

  /* ---- the buttons ---- */

  for (const place of article.querySelectorAll(".hb-share")) { // see handbook/markup.py
    const state = {type: "button", "aria-label": words.link, "aria-haspopup": "menu", "aria-expanded": "false"}
    const button = element("button", "hb-share__button", state)
    button.addEventListener("click", () => {
      if (opener === button) {
        close(false)
        return
      }
      open(button)
      copy(address(button.place), words.copied)
    })
    button.addEventListener("keydown", event => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
      event.preventDefault()
      if (opener !== button) open(button)
      items[event.key === "ArrowDown" ? 0 : items.length - 1].focus()
    })
    const fold = place.matches(".hb-fold > *") ? place.parentElement : null // its place is below its heading
    button.place = fold ? fold.querySelector(":scope > summary > [id]") : place.closest("[id]")
    place.append(button)
  }
  article.closest("main").append(menu)
  Object.assign(window.handbook, {address, copy, element})

  /* ---- one paragraph: passage.js comes when the address asks for it, or when the reader does something ---- */

  let coming = null
  function passages() {
    const script = document.createElement("script")
    return coming = coming || new Promise(done => {
      script.src = source
      script.onload = done
      document.body.append(script)
    })
  }
  if (/[?&]p=/.test(location.search)) passages()
  for (const event of ["pointermove", "touchstart", "keydown", "selectionchange"])
    document.addEventListener(event, passages, {once: true, passive: true})
})()
