/* The search box in the header: opens, asks the worker, shows what it answers.
 * Text is set as text, never as markup, so nothing that a reader types can become HTML. */
(() => {
  "use strict"
  const box = document.querySelector("[data-search]")
  if (!box) return
  const toggle = document.getElementById("__search")
  const input = box.querySelector(".md-search__input")
  const status = box.querySelector(".md-search-result__meta")
  const list = box.querySelector(".md-search-result__list")
  const {words} = window.handbook
  const base = new URL(box.dataset.base, location.href)
  let worker, ready = false, composing = false, ticket = 0, asked = null
  let before = null // what had the focus when the search was opened

  /* From a folder no worker may be started and no index fetched: handbook/book/offline.py makes a
   * script of both. */
  function besideThePage() {
    const script = document.createElement("script"), waiting = []
    const stand = {postMessage: data => waiting.push(data)}
    script.src = new URL("search/offline.js", base)
    script.onload = () => {
      stand.postMessage = handbookSearch(data => stand.onmessage({data}))
      waiting.forEach(stand.postMessage)
    }
    script.onerror = () => stand.onerror()
    document.head.append(script)
    return stand
  }

  function start() {
    if (worker) return
    worker = location.protocol === "file:"
      ? besideThePage() : new Worker(new URL(box.dataset.worker, location.href))
    worker.onmessage = ({data}) => {
      if (data.error) fail()
      else if (data.ready) { ready = true; ask() }
      else if (data.ticket === ticket) show(data)
    }
    worker.onerror = fail
    worker.postMessage({load: new URL("search/search_index.json", base).href})
  }

  function ask() {
    const query = input.value.trim()
    if (!ready || composing || query === asked) return
    asked = query
    ticket++
    if (query) worker.postMessage({query, ticket})
    else fill([], words.type)
  }

  function show({count, results}) {
    const found = count === 1 ? words.one : words.many.replace("#", count)
    fill(results.map(item), count ? found : words.nothing)
    box.querySelector(".md-search__scrollwrap").scrollTop = 0
  }

  function fail() { fill([], words.failed) }

  function fill(items, said) {
    list.replaceChildren(...items)
    list.dataset.query = asked || "" // tells what the list answers
    status.textContent = said
  }

  function element(tag, name) {
    const el = document.createElement(tag)
    el.className = name
    return el
  }

  /** Without the borders that the engine finds words by (handbook/search/words.py). */
  function plain(text) { return text.split("\x7f").join("") }

  function marked(parent, text, marks) {
    let at = 0
    for (const [from, to] of marks) {
      const mark = document.createElement("mark")
      mark.textContent = plain(text.slice(from, to))
      parent.append(plain(text.slice(at, from)), mark)
      at = to
    }
    parent.append(plain(text.slice(at)))
    return parent
  }

  function item({location, parents, title, section, teaser, score}) {
    const li = element("li", "md-search-result__item")
    const link = element("a", "md-search-result__link")
    link.href = new URL(location, base)
    if (link.protocol === "file:") link.pathname = link.pathname.replace(/\/$/, "/index.html")
    const article = element("article", "md-search-result__article md-typeset")
    article.dataset.mdScore = score.toFixed(2)
    if (parents.length) {
      const path = element("p", "hb-search__path")
      path.textContent = parents.join(" › ")
      article.append(path)
    }
    const heading = marked(document.createElement("h2"), title.text, title.marks)
    if (section.text)
      heading.append(" › ", marked(element("span", "hb-search__section"), section.text, section.marks))
    article.append(heading)
    if (teaser.text.trim()) {
      const line = element("p", `hb-search__teaser hb-search__teaser--${teaser.kind}`)
      const text = document.createElement(teaser.kind === "code" ? "code" : "span")
      if (teaser.kind === "notes") line.append(marked(element("b", "hb-search__note"), words.note, []))
      line.append(
        teaser.before ? "…" : "", marked(text, teaser.text, teaser.marks), teaser.after ? "…" : "")
      article.append(line)
    }
    link.append(article)
    li.append(link)
    return li
  }

  function open(opened) {
    if (toggle.checked !== opened) toggle.click() // partials/search.html gives the box the focus
  }

  input.addEventListener("focus", event => {
    if (!box.contains(event.relatedTarget)) before = event.relatedTarget
    start()
    open(true)
  })
  /* "input" is typing, pasting, dictation and dropping; while an input method composes, wait. */
  input.addEventListener("input", ask)
  input.addEventListener("compositionstart", () => { composing = true })
  input.addEventListener("compositionend", () => { composing = false; ask() })
  input.form.addEventListener("submit", event => {
    event.preventDefault()
    const first = list.querySelector("a")
    if (first) first.click()
  })
  input.form.addEventListener("reset", () => { setTimeout(() => { ask(); input.focus() }) })
  toggle.addEventListener("change", () => {
    if (toggle.checked) return start()
    const focused = document.activeElement, inside = box.contains(focused)
    if (inside) focused.blur()
    if (inside && before && before.isConnected) before.focus({preventScroll: true})
    const url = new URL(location.href)
    if (url.searchParams.has("q")) {
      url.searchParams.delete("q")
      history.replaceState(history.state, "", url)
    }
  })
  /* The page lies behind the search; the language switch does not, and takes its words along. */
  document.addEventListener("focusin", ({target}) => {
    if (!box.contains(target) && !target.matches("[data-language-switch]")) open(false)
  })
  /* On a phone the theme holds the page fast behind the search, and puts it back where it was:
   * it is let go before the browser looks for the section. */
  list.addEventListener("click", event => {
    if (!event.target.closest("a")) return
    open(false)
    document.body.removeAttribute("data-md-scrolllock")
    document.body.style.top = ""
  })

  box.addEventListener("keydown", event => {
    if (event.isComposing) return
    const all = [input, ...list.querySelectorAll("a")], here = all.indexOf(document.activeElement)
    if (event.key === "Escape") open(false)
    else if (event.key === "ArrowDown") all[(here + 1) % all.length].focus()
    else if (event.key === "ArrowUp") all[(here - 1 + all.length) % all.length].focus()
    else return
    event.preventDefault()
  })
  /* The theme closes the search 125 ms after it has started on an address with a fragment (it starts
   * at the event that main.html sends when all scripts have come), and the browser takes the focus
   * there when the page has come. */
  const later = act => () => setTimeout(() => { act(); open(true); input.focus() }, 150)
  /* The script comes after the page: the reader may have been quicker (partials/search.html), and the
   * theme, where it came first, may have closed the box over what is typed. */
  if (toggle.checked || document.activeElement === input || input.value) {
    start()
    open(true)
    input.focus()
    if (location.hash) document.addEventListener("DOMContentLoaded", later(() => {}))
  }
  /* Words from the language switch. */
  const query = new URL(location.href).searchParams.get("q")
  const arrive = later(() => { input.value = query })
  if (query && document.readyState === "complete") arrive()
  else if (query) addEventListener("load", arrive)
})()
