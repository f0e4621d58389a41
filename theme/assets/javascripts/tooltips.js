/* One tooltip for all: a definition, the name of a button, a name that is cut short. The theme has one for each element,
 * which costs a phone a layout for every term; with content.tooltips switched on, its own are used. And a term opens its
 * definition in place, with a link to the glossary; without this script it is that link. */
(() => {
  "use strict"
  const config = JSON.parse(document.getElementById("__config")?.textContent || "{}")
  const main = document.querySelector("main")

  if (!main || config.features?.includes("content.tooltips")) return
  let host = null, tip = null, text = "", leaving

  function hide() {
    clearTimeout(leaving)
    if (!host) return
    host.title = text
    host.removeAttribute("aria-describedby")
    tip.remove()
    host = tip = null
  }

  function show(element) {
    clearTimeout(leaving)
    if (element === host || element === term) return
    hide()
    host = element
    text = element.title
    element.removeAttribute("title") // or the browser shows it as well
    tip = document.createElement("div")
    tip.className = "md-tooltip2 md-tooltip2--bottom"
    tip.id = "__tooltip"
    tip.setAttribute("role", "tooltip")
    const inner = document.createElement("div")
    inner.className = "md-tooltip2__inner md-typeset"
    inner.textContent = text
    tip.append(inner)
    main.append(tip) // inside of what screen readers list as a part of the page
    element.setAttribute("aria-describedby", tip.id)
    const box = element.getBoundingClientRect()
    const at = {
      "host-x": box.left + scrollX,
      "host-y": box.top + scrollY,
      x: box.width / 2,
      y: box.height + 8,
      width: inner.offsetWidth,
      tail: 0,
    }
    for (const name in at) tip.style.setProperty("--md-tooltip-" + name, at[name] + "px")
    tip.classList.add("md-tooltip2--active")
  }

  /** What tells more than it shows: a title, or a name that is cut short. */
  function telling(target) {
    const titled = target.closest?.(".md-content [title]")
    if (titled || !target.closest) return titled
    const link = target.closest(".md-nav__link"), name = link?.querySelector(".md-ellipsis")
    if (!name || link === host || name.offsetWidth >= name.scrollWidth) return null
    link.title = name.innerText
    return link
  }

  const kept = target => Boolean(host?.contains(target) || tip?.contains(target))

  addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return
    if (kept(event.target)) {
      clearTimeout(leaving)
      return
    }
    const element = telling(event.target)
    clearTimeout(leaving)
    if (element) show(element)
    else if (host)
      leaving = setTimeout(() => { if (!host?.contains(document.activeElement)) hide() }, 250)
  })
  addEventListener("focusin", event => {
    if (kept(event.target)) return
    const element = telling(event.target)
    if (element) show(element)
    else hide()
  })
  addEventListener("keydown", event => { if (event.key === "Escape") hide() })

  /* ---- definitions, opened by a tap, a click or a key ---- */

  let term = null, box = null

  function fold() {
    if (!term) return
    term.setAttribute("aria-expanded", "false")
    if (box.contains(document.activeElement)) term.focus()
    box.remove()
    term = box = null
  }

  function unfold(at) {
    fold()
    hide()
    term = at
    box = document.createElement("span")
    box.className = "hb-definition"
    box.id = "__definition"
    box.setAttribute("role", "note")
    const link = document.createElement("a")
    link.href = at.href
    link.textContent = window.handbook.words.glossary
    box.append(at.title, " ", link)
    const table = at.closest(".md-typeset__scrollwrap") // which would cut it off
    ;(table || at).after(box)
    at.setAttribute("aria-expanded", "true")
    const from = box.offsetParent.getBoundingClientRect(), [line] = at.getClientRects()
    const right = main.querySelector("article").getBoundingClientRect().right - box.offsetWidth
    box.style.setProperty("--hb-left", Math.max(8, Math.min(line.left, right)) - from.left + "px")
    box.style.setProperty("--hb-top", at.getBoundingClientRect().bottom + 4 - from.top + "px")
    box.scrollIntoView({block: "nearest"})
  }

  for (const at of main.querySelectorAll(".hb-term")) {
    at.setAttribute("role", "button")
    at.setAttribute("aria-expanded", "false")
  }
  document.addEventListener("click", event => {
    const at = event.target.closest?.(".hb-term")
    if (!at) {
      if (!box?.contains(event.target)) fold()
    } else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault()
      if (at === term) fold()
      else unfold(at)
    }
  })
  document.addEventListener("focusin", ({target}) => { if (target !== term && !box?.contains(target)) fold() })
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") fold()
    if (event.key !== " " || !event.target.matches(".hb-term")) return
    event.preventDefault()
    event.target.click()
  })
})()
