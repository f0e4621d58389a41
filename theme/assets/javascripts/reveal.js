/* An address leads to what it names: opens the tab or the folded block around it, goes on where a
 * section has moved, and finds the page's file when the site is read from a folder. */
(() => {
  "use strict"
  /* A folder has no server that would find index.html. */
  if (location.protocol === "file:")
    for (const link of document.links)
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html"

  function asked() {
    let id = location.hash.slice(1)
    try { id = decodeURIComponent(id) } catch { return null } // a broken escape names nothing
    return id ? document.getElementById(id) : null
  }

  /** Open everything that hides an element; tell whether anything had to be opened. */
  function open(element) {
    let opened = false
    for (let block = element; block; block = block.parentElement) {
      if (block.matches("details") && !block.open) opened = block.open = true
      if (!block.matches(".tabbed-block")) continue
      const set = block.closest(".tabbed-set")
      const input = set.querySelectorAll(":scope > input")[[...block.parentElement.children].indexOf(block)]
      if (!input || input.checked) continue
      input.checked = opened = true
      input.dispatchEvent(new Event("change", {bubbles: true}))
    }
    return opened
  }

  function reveal() {
    const element = asked()
    if (!element) return
    if (element.matches(".hb-moved")) return location.replace(element.querySelector("a").href)
    /* A tab is asked for by the button that selects it. */
    const tab = element.matches(".tabbed-set > input")
    if (tab) element.checked = true
    if (open(tab ? element.parentElement.parentElement : element) || tab)
      (tab ? element.parentElement : element).scrollIntoView()
  }

  addEventListener("hashchange", reveal)
  reveal()
})()
