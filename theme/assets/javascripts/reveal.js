/* An address leads to what it names: into tabs and folded blocks, past what chat clients append to it, and to the page's
 * file when the site is read from a folder. To one paragraph: passage.js. */
(() => {
  "use strict"
  /* A folder has no server that would find index.html. */
  if (location.protocol === "file:")
    for (const link of document.links)
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html"

  function named(id) {
    try { return document.getElementById(decodeURIComponent(id)) } catch { return null } // a broken escape
  }

  function reveal() {
    const id = location.hash.slice(1), [own] = id.split(/[?&]/)
    if (own !== id && !named(id) && named(own)) {
      location.replace("#" + own) // WeChat adds ?from=…, others &from=…
      return
    }
    const place = named(id)
    if (open(place)) place.scrollIntoView()
  }

  /** Open every tab and folded block around a place. */
  function open(place) {
    let opened = false
    for (let block = place; block; block = block.parentElement) {
      if (block.matches("details:not([open])")) opened = block.open = true // the theme opens one, not those around it
      if (!block.matches(".tabbed-block")) continue
      const set = block.closest(".tabbed-set"), at = [...block.parentElement.children].indexOf(block)
      const input = set.querySelectorAll(":scope > input")[at]
      if (!input || input.checked) continue
      opened = true
      input.click()
    }
    return opened
  }

  window.handbook.open = open
  addEventListener("hashchange", reveal)
  reveal()
})()
