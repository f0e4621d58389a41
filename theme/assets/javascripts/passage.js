/* Selected text: offers a link to that very passage. The browser finds and marks it by a text fragment
 * (https://wicg.github.io/scroll-to-text-fragment/); one that cannot goes to the section, which the link names too.
 * The generator in vendor/ is loaded at the first use.
 */
(() => {
  "use strict"
  const links = window.handbook?.links
  const article = document.querySelector("article.md-content__inner")
  if (!links || !article) return
  const {data, copy, ownAddress, say} = links
  const generator = new URL("vendor/text-fragments-6.7.0.js", document.currentScript.src).href

  const offer = document.createElement("button")
  offer.type = "button"
  offer.className = "hb-passage"
  offer.textContent = data.passage
  offer.hidden = true
  document.body.append(offer)

  function selected() {
    const selection = getSelection()
    if (!selection.rangeCount || selection.isCollapsed || !selection.toString().trim()) return null
    return article.contains(selection.getRangeAt(0).commonAncestorContainer) ? selection : null
  }

  /** The last heading or item with an id that begins before the selection. */
  function section(range) {
    let last = data.first
    for (const place of article.querySelectorAll(":is(h1, h2, h3, h4, h5, h6, li)[id]")) {
      if (range.comparePoint(place, 0) > 0) break
      if (!place.matches("li") || place.contains(range.startContainer)) last = place.id
    }
    return last
  }

  /** Words as they stand on the page; the generator gives them in lower case and half width, which not every browser
   *  takes for the same. */
  function asWritten(words, text) {
    let plain = ""
    const at = []
    for (let i = 0; i < text.length; i++) {
      const char = text[i].normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\s/g, " ")
      if (char === " " && plain.endsWith(" ")) continue
      for (const one of char) { plain += one; at.push(i) }
    }
    const from = plain.indexOf(words)
    return from < 0 ? words : text.slice(at[from], at[from + words.length - 1] + 1).replace(/\s+/g, " ")
  }

  /** The passage as a text directive; nothing where the browser or the text allows none. */
  async function directive(selection) {
    if (!("fragmentDirective" in document)) return ""
    try {
      const {generateFragment} = await import(generator)
      const {status, fragment} = generateFragment(selection)
      if (status) return "" // too short, or nowhere near unique
      const text = article.textContent
      const part = words => encodeURIComponent(asWritten(words, text)).replace(/-/g, "%2D")
      return ":~:text=" + [
        fragment.prefix && part(fragment.prefix) + "-,", part(fragment.textStart),
        fragment.textEnd && "," + part(fragment.textEnd), fragment.suffix && ",-" + part(fragment.suffix),
      ].filter(Boolean).join("")
    } catch { return "" } // not loaded: from a folder, or offline
  }

  function place() {
    const selection = selected()
    offer.hidden = !selection
    if (!selection) return
    const boxes = selection.getRangeAt(0).getClientRects(), box = boxes[boxes.length - 1]
    const room = document.documentElement.clientWidth - offer.offsetWidth - 8
    offer.style.setProperty("--hb-left", Math.max(8, Math.min(box.right - offer.offsetWidth / 2, room)) + scrollX + "px")
    offer.style.setProperty("--hb-top", box.bottom + 8 + scrollY + "px")
  }

  let settled, hinted = false
  document.addEventListener("selectionchange", () => {
    clearTimeout(settled)
    settled = setTimeout(() => {
      place()
      if (!offer.hidden && !hinted) { hinted = true; say(data.passage_hint, true) }
    }, 300)
  })
  /* A press must not take the selection away before it is read. */
  offer.addEventListener("pointerdown", event => event.preventDefault())
  offer.addEventListener("click", async () => {
    const selection = selected()
    if (!selection) return
    const link = ownAddress(section(selection.getRangeAt(0)))
    const words = await directive(selection)
    offer.hidden = true
    copy(words ? link + (link.includes("#") ? "" : "#") + words : link, data.copied)
  })
  document.addEventListener("keydown", event => {
    if (offer.hidden) return
    if (event.key === "Escape") {
      offer.hidden = true
      if (document.activeElement === offer) offer.blur()
    } else if (event.key === "Tab" && !event.shiftKey && !event.altKey && !event.ctrlKey && document.activeElement !== offer &&
      !document.activeElement.closest(".hb-menu, .md-search")) {
      event.preventDefault() // the next stop after a selection is what can be done with it
      offer.focus({preventScroll: true})
    }
  })
})()
