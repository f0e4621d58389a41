/* One tooltip for all: a definition, the name of a button, a name that is cut short. The theme has one for each element,
 * which costs a phone a layout for every term; with content.tooltips switched on, its own are used. */
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
    if (element === host) return
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
})()
