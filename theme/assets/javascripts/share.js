/* The button beside each heading and each item with an id: copies the permanent link, and opens a menu of
 * other forms of it. Without this script the theme's ¶ is there, a plain link. Everything that is shown
 * or copied is text; nothing that stands in an address becomes markup.
 *
 * Offers `handbook.links` to passage.js.
 */
(() => {
  "use strict"
  const data = JSON.parse(document.getElementById("hb-links")?.textContent || "null")
  const article = document.querySelector("article.md-content__inner")
  if (!data || !article) return
  const said = document.querySelector(".hb-said")
  const web = /^https?:$/.test(location.protocol)
  const NUMBER = /^(?:\d+\.\s*|[一二三四五六七八九十]+、\s*|[IVX]+\.\s+)/ // as in handbook/outline.py
  const HEADING = "h1, h2, h3, h4, h5, h6"
  const SVG = "http://www.w3.org/2000/svg"

  /* ---- what a place is called and where it is ---- */

  function title(place) {
    const copy = place.cloneNode(true)
    for (const extra of copy.querySelectorAll(".headerlink, .hb-share")) extra.remove()
    const text = copy.textContent.replace(/\s+/g, " ").trim()
    return place.matches(HEADING) ? text.replace(NUMBER, "") : text.split(/[：:]/)[0]
  }

  /** Title with the page's; the page's first heading is the page. */
  function fullTitle(place) {
    return place.id === data.first ? data.page : `${title(place)} · ${data.page}`
  }

  /** The section on this page, at the published address where there is one. */
  function ownAddress(id) {
    const url = new URL(data.own || location.href)
    url.search = ""
    url.hash = id === data.first ? "" : id
    return url.href.replace(/#$/, "")
  }

  /** The permanent link: the share page, which previews well, where the site has an address. */
  function address(place) {
    if (!data.share || place.matches(".hb-entry")) return ownAddress(place.id)
    return data.share + (place.id === data.first ? "" : place.id + "/")
  }

  /* ---- forms of a link ---- */

  function today() {
    const now = new Date(), two = number => String(number).padStart(2, "0")
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  }

  function citedTitle(place) {
    return place.id === data.first ? data.page : `${data.page}: ${title(place)}`
  }

  const TEX = {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
  function tex(text) { return text.replace(/[\\~^#$%&_{}]/g, char => TEX[char] || "\\" + char) }

  const FORMS = {
    markdown: place => `[${fullTitle(place).replace(/[\\[\]*_`<]/g, "\\$&")}](${address(place).replace(/[()]/g, c => c === "(" ? "%28" : "%29")})`,
    text: place => `${fullTitle(place)}\n${address(place)}`,
    gbt: place => `${data.author ? data.author + ". " : ""}${citedTitle(place)}[EB/OL]. (${data.year})[${today()}]. ${address(place)}.`,
    bibtex: place => [
      `@misc{handbook-${place.id},`,
      ...data.author ? [`  author  = {{${tex(data.author)}}},`] : [],
      `  title   = {{${tex(citedTitle(place))}}},`,
      `  year    = {${data.year}},`,
      `  url     = {${address(place)}},`,
      `  urldate = {${today()}},`,
      "}",
    ].join("\n"),
  }

  /* ---- copying ---- */

  let silence
  /** Tell, in sight unless something else shows it. */
  function say(text, unseen = false) {
    clearTimeout(silence)
    said.textContent = ""
    said.classList.toggle("hb-said--unseen", unseen)
    requestAnimationFrame(() => { said.textContent = text }) // the same words twice are news too
    silence = setTimeout(() => { said.textContent = "" }, 4000)
  }

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
      if (!done) return prompt(data.by_hand, text)
    }
    if (opener) heading.textContent = `${message} · ${data.also}` // the menu is open and tells it
    say(message, Boolean(opener))
  }

  /* ---- the menu ---- */

  function element(tag, name, text = "") {
    const el = document.createElement(tag)
    el.className = name
    el.textContent = text
    return el
  }

  const menu = element("div", "hb-menu")
  menu.setAttribute("role", "menu")
  menu.setAttribute("aria-label", data.menu)
  menu.hidden = true
  let opener = null

  function item(tag, label, act) {
    const el = element(tag, "hb-menu__item", label)
    el.setAttribute("role", "menuitem")
    el.tabIndex = -1
    el.addEventListener("click", act)
    menu.append(el)
    return el
  }

  const heading = element("p", "hb-menu__title", data.also)
  heading.setAttribute("role", "presentation")
  menu.append(heading)
  for (const form of Object.keys(FORMS))
    item("button", data[form], () => {
      const place = opener.closest("[id]")
      close(true)
      copy(FORMS[form](place), data.copied_as + data[form])
    }).type = "button"
  /* A folder on somebody's disk has no address that others could open. */
  const reports = data.form && (web || data.share) ? ["report", "discuss"] : []
  for (const kind of reports) {
    const link = item("a", data[kind], () => close(true))
    link.dataset.kind = kind
    link.target = "_blank"
    link.rel = "noopener"
  }

  function prepare(place) {
    for (const link of menu.querySelectorAll("a")) {
      const kind = link.dataset.kind
      const body = `${fullTitle(place)}\n${address(place)}\n\n${data[kind + "_body"]}\n`
      const fill = {title: data[kind + "_title"] + fullTitle(place), body}
      link.href = data.form.replace(/\{(title|body)\}/g, (_, name) => encodeURIComponent(fill[name]))
    }
  }

  function open(button) {
    close(false)
    opener = button
    prepare(button.closest("[id]"))
    heading.textContent = data.also
    button.setAttribute("aria-expanded", "true")
    menu.hidden = false
    const box = button.getBoundingClientRect()
    const left = Math.min(box.left, document.documentElement.clientWidth - menu.offsetWidth - 8)
    const below = box.bottom + 4 + menu.offsetHeight < innerHeight
    menu.style.setProperty("--hb-left", Math.max(8, left) + scrollX + "px")
    menu.style.setProperty("--hb-top", (below ? box.bottom + 4 : box.top - 4 - menu.offsetHeight) + scrollY + "px")
  }

  function close(focus) {
    if (!opener) return
    opener.setAttribute("aria-expanded", "false")
    if (focus) opener.focus({preventScroll: true})
    opener = null
    menu.hidden = true
  }

  menu.addEventListener("keydown", event => {
    const items = [...menu.querySelectorAll("[role=menuitem]")], here = items.indexOf(document.activeElement)
    const to = {ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1}[event.key]
    if (to !== undefined) items.at(to % items.length).focus()
    else if (event.key === "Escape") close(true)
    else if (event.key === "Tab") return close(true) // and on from the button
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  document.addEventListener("click", event => {
    if (opener && !opener.contains(event.target) && !menu.contains(event.target)) close(false)
  })
  document.addEventListener("keydown", event => {
    if (opener && event.key === "Escape") close(opener.contains(document.activeElement))
  })

  /* ---- the buttons ---- */

  function icon() {
    const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path")
    svg.setAttribute("viewBox", "0 0 24 24")
    svg.setAttribute("aria-hidden", "true")
    path.setAttribute("d", "M10 14a4.5 4.5 0 0 0 6.4 0l3.2-3.2a4.5 4.5 0 0 0-6.4-6.4L12 5.6M14 10a4.5 4.5 0 0 0-6.4 0l-3.2 3.2a4.5 4.5 0 0 0 6.4 6.4l1.2-1.2")
    svg.append(path)
    return svg
  }

  function addButton(holder) {
    const button = element("button", "hb-share__button")
    button.type = "button"
    button.setAttribute("aria-label", data.link)
    button.setAttribute("aria-haspopup", "menu")
    button.setAttribute("aria-expanded", "false")
    button.append(icon())
    button.addEventListener("click", () => {
      if (opener === button) return close(false)
      open(button)
      copy(address(holder.closest("[id]")), data.copied)
    })
    button.addEventListener("keydown", event => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
      event.preventDefault()
      if (opener !== button) open(button)
      const items = menu.querySelectorAll("[role=menuitem]")
      items[event.key === "ArrowDown" ? 0 : items.length - 1].focus()
    })
    holder.append(button)
  }

  for (const holder of article.querySelectorAll(".hb-share")) addButton(holder) // see hooks/share_places.py
  article.closest("main").append(menu)
  document.documentElement.classList.add("hb-links")

  window.handbook = {links: {data, copy, ownAddress, say}}
})()
