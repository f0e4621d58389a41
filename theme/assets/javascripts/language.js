/* The language switch keeps the section, the paragraph and the words in the search box; it is a plain link to the same
 * page without this script. A reader whose browser prefers the other language is offered it, once. */
(() => {
  "use strict"
  const KEY = "handbook.language"
  const change = document.querySelector("[data-language-switch]")
  const offer = document.querySelector("[data-language-offer]")

  /* Storage may be switched off, full or forbidden: then nothing is remembered. */
  function remembered() {
    try { return localStorage.getItem(KEY) } catch { return null }
  }
  function remember(language) {
    try { localStorage.setItem(KEY, language) } catch { /* the offer comes again */ }
  }

  function follow(event) {
    const link = event.currentTarget
    const url = new URL(link.href)
    const query = document.querySelector(".md-search__input")?.value.trim()
    const open = document.getElementById("__search")?.checked
    const passage = window.handbook.passage?.() // see passage.js
    // A form whose state lives in the address holds it in data-asked: the other language opens with it.
    const kept = Object.fromEntries(new URLSearchParams(document.querySelector("[data-asked]")?.dataset.asked))
    url.search = new URLSearchParams({...kept, ...query && open && {q: query}, ...passage && {p: passage}})
    url.hash = location.hash
    link.href = url
    remember(link.hreflang)
  }

  function show(offered) {
    offer.hidden = !offered
    document.documentElement.classList.toggle("hb-offering", offered)
  }

  change?.addEventListener("click", follow)
  if (!offer) return
  const here = document.documentElement.lang.slice(0, 2)
  const there = offer.lang
  const known = (navigator.languages || [navigator.language]).map(tag => tag.slice(0, 2).toLowerCase())
  if (remembered() || known.find(tag => tag === here || tag === there) !== there) return
  offer.querySelector("a").addEventListener("click", follow)
  offer.querySelector("button").addEventListener("click", () => {
    show(false)
    remember(here)
  })
  show(true)
})()
