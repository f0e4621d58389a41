/* What the theme's templates need of a script, as far as this site uses them: colours, drawer, contents, tabs, tooltips,
 * copying, the way back to the top. It stands in for the theme's own script, which is ten times as large, mostly for
 * what is not used here. Markup, classes and keys are the theme's. */
(() => {
  "use strict"
  const words = JSON.parse(document.getElementById("hb-words").textContent)
  const body = document.body
  const all = (selector, within = document) => [...within.querySelectorAll(selector)]
  const one = selector => document.querySelector(selector)

  function element(tag, name) {
    const el = document.createElement(tag)
    el.className = name
    return el
  }

  /* ---- colours ---- */

  const SCHEME = "handbook.scheme"
  const options = all("[data-md-component=palette] input")
  const dark = matchMedia("(prefers-color-scheme: dark)")
  const metas = ["theme-color", "color-scheme"].map(name => {
    const meta = element("meta", "")
    meta.name = name
    return meta
  })
  document.head.append(metas[0])

  /** Tell the browser around the page, once the page has its colours. */
  function announce() {
    requestAnimationFrame(() => {
      const {backgroundColor, colorScheme} = getComputedStyle(one(".md-header"))
      metas[0].content = backgroundColor
      if (colorScheme === (metas[1].content || "light")) return // a browser works out every style anew for it
      metas[1].content = colorScheme
      document.head.append(metas[1])
    })
  }

  function colour(scheme) {
    body.dataset.mdColorSwitching = "" // the theme then leaves out its transitions
    body.dataset.mdColorScheme = scheme
    for (const option of options) {
      option.checked = option.dataset.mdColorScheme === scheme
      option.nextElementSibling.hidden = !option.checked
    }
    announce()
    setTimeout(() => { delete body.dataset.mdColorSwitching })
  }

  function choose(option) {
    colour(option.dataset.mdColorScheme)
    try { localStorage.setItem(SCHEME, option.dataset.mdColorScheme) } catch { /* until the next page */ }
  }

  for (const option of options) option.addEventListener("change", () => choose(option))
  dark.addEventListener("change", () => {
    let chosen = null
    try { chosen = localStorage.getItem(SCHEME) } catch { /* none */ }
    if (!chosen) colour(dark.matches ? "slate" : "default")
  })
  for (const option of options) option.checked = option.dataset.mdColorScheme === body.dataset.mdColorScheme // see early.html
  announce()

  /* ---- keys and focus ---- */

  /* The theme's style sheet asks for a class where a selector would do today. */
  addEventListener("focusin", ({target}) => target.classList.toggle("focus-visible", target.matches(":focus-visible")))
  addEventListener("focusout", ({target}) => target.classList.remove("focus-visible"))

  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return
    if (event.key === "Enter" && event.target.matches?.("label")) event.target.click()
    const way = {p: "prev", ",": "prev", n: "next", ".": "next"}[event.key]
    if (way) one(`link[rel=${way}]`) && location.assign(one(`link[rel=${way}]`).href)
  })

  /* ---- drawer and search ---- */

  const drawer = document.getElementById("__drawer"), search = document.getElementById("__search")
  function shut() {
    for (const toggle of [drawer, search]) if (toggle.checked) toggle.click()
  }
  addEventListener("hashchange", shut)
  for (const nav of all(".md-sidebar--primary"))
    nav.addEventListener("click", event => { if (event.target.closest("a")) shut() })
  for (const toggle of all(".md-nav__toggle"))
    toggle.addEventListener("change", () => one(`[aria-labelledby="${toggle.id}_label"]`)?.setAttribute("aria-expanded", toggle.checked))

  /* Behind the search, which fills a phone, the page stays where it is. */
  const phone = matchMedia("(max-width: 59.984375em)")
  function still() {
    const lock = search.checked && phone.matches
    setTimeout(() => {
      if (lock === body.hasAttribute("data-md-scrolllock")) return
      if (lock) body.style.top = `-${scrollY}px`
      body.toggleAttribute("data-md-scrolllock", lock)
      if (lock) return
      const y = -parseInt(body.style.top, 10)
      body.style.top = ""
      scrollTo(0, y)
    }, lock ? 400 : 100)
  }
  search.addEventListener("change", still)
  if (search.checked) still()

  /* ---- what follows the reading ---- */

  const heading = one("article h1"), title = one("[data-md-component=header-title]")
  const top = one("[data-md-component=top]"), main = one("[data-md-component=main]")
  const tocs = all("[data-md-component=toc]").map(toc => all(".md-nav__link", toc))
  const places = (tocs[0] || []).map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))))
  const margin = places[0] ? parseFloat(getComputedStyle(places[0]).scrollMarginTop) + 4 : 0
  let before = scrollY, current = -1

  /** Bring an entry of a sidebar to the middle of it. */
  function centre(link) {
    const box = link.closest(".md-sidebar__scrollwrap")
    if (!link.offsetHeight || !box) return
    box.scrollTop += link.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2
  }

  function showTop(shown) {
    if (!top || top.hidden === !shown) return
    top.hidden = !shown
    top.tabIndex = shown ? 0 : -1
    if (!shown) top.blur()
  }

  function follow() {
    if (title && heading) title.classList.toggle("md-header__title--active", heading.getBoundingClientRect().bottom < title.offsetHeight)
    showTop(scrollY < before && scrollY > 0 && main.offsetTop - title.offsetHeight <= scrollY)
    before = scrollY
    const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 1
    let now = -1
    places.forEach((place, i) => {
      if (!place?.offsetParent) return // in a tab or block that is closed
      if (end || place.getBoundingClientRect().top < margin) now = i
    })
    if (now === current) return
    current = now
    for (const links of tocs) {
      links.forEach((link, i) => {
        link.classList.toggle("md-nav__link--passed", i <= now)
        link.classList.toggle("md-nav__link--active", i === now)
      })
      if (now >= 0) centre(links[now])
    }
  }

  let asked = false
  function soon() {
    if (asked) return
    asked = true
    requestAnimationFrame(() => { asked = false; follow() })
  }
  for (const event of ["scroll", "resize"]) addEventListener(event, soon, {passive: true})
  addEventListener("hashchange", () => setTimeout(() => showTop(false), 50)) // a jump up is no wish to go to the top
  top?.addEventListener("click", () => scrollTo({top: 0}))
  if (top) top.tabIndex = -1
  for (const link of all(".md-sidebar--primary .md-nav__link--active[href]")) centre(link)
  soon()

  /* ---- tabs ---- */

  for (const set of all(".tabbed-set")) {
    const labels = set.querySelector(":scope > .tabbed-labels")
    labels.classList.add("tabbed-labels--linked")
    for (const label of labels.children) {
      const link = element("a", "")
      link.href = "#" + label.htmlFor
      link.tabIndex = -1
      link.append(...label.childNodes)
      label.append(link)
      link.addEventListener("click", event => {
        if (event.metaKey || event.ctrlKey) return
        event.preventDefault()
        event.stopPropagation()
        history.replaceState(history.state, "", link.hash)
        label.click()
      })
    }
    const mark = () => {
      const label = labels.children[all(":scope > input", set).findIndex(input => input.checked)]
      if (!label) return
      set.style.setProperty("--md-indicator-x", label.offsetLeft + "px")
      set.style.setProperty("--md-indicator-width", label.offsetWidth + "px")
      const left = label.offsetLeft - labels.scrollLeft
      if (left < 0 || left + label.offsetWidth > labels.clientWidth) labels.scrollLeft = label.offsetLeft - 16
    }
    set.addEventListener("change", mark)
    new ResizeObserver(mark).observe(labels)
  }

  /* ---- listings ---- */

  const {links} = window.handbook || {}
  for (const code of links ? all("article pre > code") : []) {
    const nav = element("div", "md-code__nav"), button = element("button", "md-code__button")
    button.type = "button"
    button.title = words.copy
    button.setAttribute("aria-label", words.copy)
    button.dataset.mdType = "copy"
    button.addEventListener("click", () => links.copy(code.textContent.trimEnd(), words.copied))
    nav.append(button)
    code.before(nav)
  }

  /* ---- folded blocks on paper ---- */

  let folded = []
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])")
    for (const block of folded) block.open = true
  })
  addEventListener("afterprint", () => { for (const block of folded) block.open = false })

  /* ---- tooltips ---- */

  let host = null, tip = null, text = "", leaving

  function hideTip() {
    clearTimeout(leaving)
    if (!host) return
    host.title = text
    host.removeAttribute("aria-describedby")
    tip.remove()
    host = tip = null
  }

  function showTip(el) {
    clearTimeout(leaving)
    if (el === host) return
    hideTip()
    host = el
    text = el.title
    el.removeAttribute("title") // or the browser shows it as well
    tip = element("div", "md-tooltip2 md-tooltip2--bottom")
    tip.id = "__tooltip2_0"
    tip.setAttribute("role", "tooltip")
    const inner = element("div", "md-tooltip2__inner md-typeset")
    inner.textContent = text
    tip.append(inner)
    main.append(tip) // inside of what screen readers list as a part of the page
    el.setAttribute("aria-describedby", tip.id)
    const box = el.getBoundingClientRect()
    const at = {
      "host-x": box.left + scrollX, "host-y": box.top + scrollY, x: box.width / 2, y: box.height + 8,
      width: inner.offsetWidth, tail: 0,
    }
    for (const [name, value] of Object.entries(at)) tip.style.setProperty("--md-tooltip-" + name, value + "px")
    const shown = tip
    requestAnimationFrame(() => shown.classList.add("md-tooltip2--active"))
  }

  /** What tells more than it shows: a title, or a name that is cut short. */
  function telling(target) {
    const el = target.closest?.(".md-content [title]")
    if (el || !target.closest) return el
    const link = target.closest(".md-nav__link"), name = link?.querySelector(".md-ellipsis")
    if (!name || link === host || name.offsetWidth >= name.scrollWidth) return null
    link.title = name.innerText
    return link
  }

  const kept = target => Boolean(host?.contains(target) || tip?.contains(target))
  addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return
    if (kept(event.target)) return clearTimeout(leaving)
    const el = telling(event.target)
    if (el) showTip(el)
    else if (host) {
      clearTimeout(leaving)
      leaving = setTimeout(() => { if (!host?.contains(document.activeElement)) hideTip() }, 250)
    }
  })
  addEventListener("focusin", event => {
    const el = kept(event.target) ? null : telling(event.target)
    if (el) showTip(el)
    else if (!kept(event.target)) hideTip()
  })
  addEventListener("keydown", event => { if (event.key === "Escape") hideTip() })
})()
