/* A link to one paragraph, item, table or listing: the link to its section and `?p=3.k7xa`, which is its number there and
 * a hash of its words. It is marked on arrival as long as its words stand in that section, else the section is shown.
 * The switch to the other language asks there for `?p=3-9f2c`, its number and a hash of the kinds of all blocks of the
 * section: handbook/share/passages.py sees to it that both languages have the same. Fetched by share.js. */
(() => {
  "use strict"
  const {words, address, copy, element, open} = window.handbook
  const HEADINGS = "h1, h2, h3, h4, h5, h6"
  const BLOCKS = "p, li, dt, dd, pre, table, figure"
  const INSIDE = "p, ul, ol, dl, div, pre, table, figure, details, aside, blockquote" // of an item, after its own words
  const EXTRA = ".hb-share, .hb-passage, .hb-definition, .hb-sign, .md-code__nav, [id^=fnref]"
  const article = document.querySelector("article.md-content__inner")
  const all = selector => [...article.querySelectorAll(selector)]
  const top = article.querySelector("h1")

  /* ---- what blocks there are, and their names ---- */

  /** The element of a block's own words. */
  function own(block) {
    const first = block.firstElementChild
    return first?.matches(":is(li, dd) > p") ? first : block.querySelector(":scope > figcaption") || block
  }

  function textOf(block) {
    const copied = own(block).cloneNode(true)
    for (const extra of copied.querySelectorAll(EXTRA)) extra.remove()
    if (copied.matches("li, dd")) for (const other of copied.querySelectorAll(INSIDE)) other.remove()
    return (copied.textContent + [...copied.querySelectorAll("img")].map(({alt}) => alt).join()).replace(/\s/g, "")
  }

  const isBlock = it => !it.parentElement.closest("pre, table, figure, nav") &&
    !it.matches(".admonition-title, :is(li, dd) > p:first-child") && textOf(it)

  /** The block that an element belongs to. */
  function blockAt(it) {
    let block = article.contains(it) ? it.closest(BLOCKS) : null
    while (block && article.contains(block) && !isBlock(block)) block = block.parentElement.closest(BLOCKS)
    return article.contains(block) ? block : null
  }

  /** The blocks between a heading and the next. */
  function passages(heading) {
    let here = top
    return all(`${HEADINGS}, ${BLOCKS}`).filter(it => {
      if (it.matches(HEADINGS)) here = it
      else return here === heading && isBlock(it)
      return false
    })
  }

  const sectionOf = place => all(HEADINGS).filter(it => it === place ||
    it.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING).pop() || top

  function hash(text) {
    let sum = 0
    for (const char of text) sum = Math.imul(sum, 31) + char.codePointAt() | 0
    return (sum >>> 0).toString(36).slice(-4).padStart(4, "0")
  }
  const kinds = blocks => hash(blocks.map(block => block.tagName).join())

  /** A block's own id serves both languages; others have a number and a hash. */
  const named = block => block.querySelector(":scope > .hb-share, :scope > p > .hb-share")
  function link(block) {
    if (named(block)) return address(block)
    const section = sectionOf(block), [page, id] = address(section).split("#")
    return `${page}?p=${passages(section).indexOf(block) + 1}.${hash(textOf(block))}${id ? "#" + id : ""}`
  }

  /* ---- arriving ---- */

  const ASKED = /[?&]p=(\d+)([.-])([0-9a-z]{4})/
  let marked = null, name = ""

  function find() {
    const [, number, sign, code] = ASKED.exec(location.search)
    const [id] = location.hash.slice(1).split(/[?&]/)
    const place = id ? document.getElementById(id) : top
    /* An old id stands above its heading. */
    const heading = place?.matches(HEADINGS) ? place : all(HEADINGS).find(it => place &&
      place.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING)
    const blocks = heading ? passages(heading) : [], there = blocks[number - 1]
    const same = block => block && hash(textOf(block)) === code
    const block = sign === "-" ? kinds(blocks) === code && there : same(there) ? there : blocks.find(same)
    if (block) name = `${blocks.indexOf(block) + 1}-${kinds(blocks)}`
    return block
  }

  function mark(block) {
    marked = own(block)
    const inside = marked === block && block.matches("li, dd") && [...block.children].find(it => it.matches(INSIDE))
    if (inside) { // an item's own words, and not what is listed below it
      const before = document.createRange()
      before.setStart(block, 0)
      before.setEndBefore(inside)
      before.surroundContents(marked = element("span", ""))
    }
    marked.classList.add("hb-marked")
    article.classList.add("hb-pointed")
    const note = marked.closest(".hb-note:not(.hb-open)")
    if (note) article.querySelector(`[href="#${note.id}"]`)?.click()
    open(marked)
    const {top, bottom, height} = marked.getBoundingClientRect()
    if (top < 64 || bottom > innerHeight) marked.scrollIntoView({block: height > innerHeight / 2 ? "start" : "center"})
  }

  function arrive(event) {
    marked?.classList.remove("hb-marked")
    article.classList.remove("hb-pointed")
    marked = null
    if (!ASKED.test(location.search)) return
    const block = find()
    if (block) mark(block)
    else if (!event) {
      const say = () => window.alert$?.next(words.changed)
      if (document.getElementById("hb-scripts")) document.addEventListener("DOMContentLoaded", say, {once: true}) // the theme's
      else say()
    }
    if (!block && !event) return
    /* The address bar holds this language's link, or none when the reader has gone on. */
    const now = new URL(location)
    if (block) now.searchParams.set("p", new URL(link(block)).searchParams.get("p"))
    else now.searchParams.delete("p")
    history.replaceState(history.state, "", now)
  }
  arrive()
  addEventListener("hashchange", arrive)

  /* ---- the button at the end of a paragraph, under the pointer ---- */

  function spotFor() {
    const spot = element("span", "hb-passage", {})
    const button = element("button", "hb-share__button", {type: "button", "aria-label": words.passageLink})
    button.addEventListener("click", () => copy(link(spot.block), words.passageCopied))
    spot.append(button)
    return spot
  }

  function put(spot, block) {
    spot.block = block
    const part = own(block)
    const whole = block.matches("pre, table") && (block.closest(".md-typeset__scrollwrap, .highlight") || block)
    if (whole) whole.after(spot)
    else part.insertBefore(spot, [...part.children].find(it => part.matches("li, dd") && it.matches(INSIDE)) || null)
  }

  const hovering = spotFor()
  const taken = () => hovering.contains(document.activeElement) && hovering.querySelector(":focus-visible")
  function hover({target, pointerType}) {
    if (pointerType === "touch" || picking.length || taken()) return
    const block = blockAt(target)
    if (!block || block === hovering.block && hovering.isConnected) return
    if (block.matches("pre, table") || named(block)) hovering.remove()
    else put(hovering, block)
  }
  article.addEventListener("pointerover", hover)
  article.addEventListener("pointerleave", () => { if (!taken()) hovering.remove() })

  /* ---- the button at a selection ---- */

  const pill = element("button", "hb-pill", {type: "button", hidden: ""}, words.passageLink)
  let waiting = 0

  /** The first place where something is selected: a triple click ends at the start of the next paragraph. */
  function selected() {
    const selection = getSelection()
    if (!selection.rangeCount || selection.isCollapsed) return null
    const range = selection.getRangeAt(0), root = range.commonAncestorContainer
    const walk = document.createTreeWalker(root.nodeType === 3 ? root.parentNode : root, NodeFilter.SHOW_TEXT)
    for (let text; (text = walk.nextNode());) {
      if (!range.intersectsNode(text)) continue
      const from = text === range.startContainer ? range.startOffset : 0
      const to = text === range.endContainer ? range.endOffset : text.length
      if (text.data.slice(from, to).trim()) return {block: blockAt(text.parentElement), range}
    }
    return null
  }

  function offer() {
    const {block, range} = selected() || {}
    pill.hidden = !block
    if (!block) return
    pill.block = block
    const {left, top, bottom} = [...range.getClientRects()].find(({width}) => width) || range.getBoundingClientRect()
    const above = top - pill.offsetHeight - 6
    const right = document.documentElement.clientWidth - pill.offsetWidth - 8
    pill.style.setProperty("--hb-left", Math.max(8, Math.min(left, right)) + scrollX + "px")
    pill.style.setProperty("--hb-top", (above > 56 ? above : bottom + 6) + scrollY + "px")
  }
  document.addEventListener("selectionchange", () => { // a touch ends the selection before it is a click
    clearTimeout(waiting)
    waiting = setTimeout(offer, 250)
  })
  pill.addEventListener("pointerdown", event => event.preventDefault())
  pill.addEventListener("click", () => {
    copy(link(pill.block), words.passageCopied)
    pill.hidden = true
  })
  article.closest("main").append(pill)

  /* ---- choosing one from the menu of a section ---- */

  let picking = []

  function stop() {
    const focused = picking.find(spot => spot.contains(document.activeElement))
    for (const spot of picking) spot.remove()
    if (focused) sectionOf(focused.block).querySelector(".hb-share__button")?.focus({preventScroll: true})
    picking = []
    article.classList.remove("hb-picking")
  }
  function pick(heading) {
    stop()
    hovering.remove()
    article.classList.add("hb-picking")
    picking = passages(heading).filter(block => !named(block)).map(block => {
      const spot = spotFor()
      spot.classList.add("hb-passage--picking")
      put(spot, block)
      return spot
    })
    window.alert$?.next(words.pick)
    picking[0]?.firstChild.focus()
  }
  document.addEventListener("click", ({target}) => {
    if (!target.closest?.(".hb-menu")) stop()
  })
  document.addEventListener("keydown", event => { if (event.key === "Escape") stop() })

  Object.assign(window.handbook, {passages, link, pick, passage: () => marked && name})

  /* What has happened before this script came. */
  const under = matchMedia("(hover: hover)").matches && [...article.querySelectorAll(":hover")].pop()
  if (under) hover({target: under})
  offer()
})()
