/* Runs the search engine off the page's thread. Messages in: {load: url} once, then
 * {query, ticket}; out: {ready}, then {ticket, count, results}; {error} when anything fails. */
importScripts("vendor/minisearch-7.2.0.js", "search-terms.js", "search-engine.js")

const SHOWN = 30
const TEASER = 110 // characters of Chinese, twice as many of English
const HAN = /\p{sc=Han}/u
let search

/** Different words among the marks that lie in a piece of a text. */
function held(text, marks, start, end) {
  return new Set(marks.filter(([from, to]) => from >= start && to <= end)
    .map(([from, to]) => text.slice(from, to).toLowerCase())).size
}

/** The piece of a text that holds most of what was asked for: it begins with a sentence, or where
 *  a sentence is long with a clause, or in a listing with a line. */
function teaser(text, marks, code) {
  const limit = HAN.test(text.slice(0, 200)) ? TEASER : 2 * TEASER
  const begins = [0]
  for (const border of code ? [/\n/g] : [/[。！？\n]|[.!?] /g, /[，；：]|[,;:] /g])
    for (const {0: sign, index} of text.matchAll(border)) begins.push(index + sign.length)
  let start = 0, most = 0
  for (const begin of begins) {
    const here = held(text, marks, begin, begin + limit)
    if (here > most) { start = begin; most = here }
  }
  const [first] = marks.find(([from]) => from >= start) || [start]
  start = most ? Math.max(start, ...begins.filter(begin => begin <= first)) : first
  let end = Math.min(text.length, start + limit)
  while (end < text.length && /[a-z]/i.test(text[end - 1]) && /[a-z]/i.test(text[end])) end++
  return {
    text: text.slice(start, end),
    marks: marks.filter(([a, b]) => a >= start && b <= end).map(([a, b]) => [a - start, b - start]),
    before: !code && start > 0, after: end < text.length, held: most,
  }
}

/** How a section is shown: its prose, or what the editors say of it; code for code. */
function shown({doc, score}, query) {
  const piece = (kind, text) => ({kind, ...teaser(text, search.marks(text, query), kind === "code")})
  const named = text => ({text, marks: search.marks(text, query)})
  const pieces = [piece("text", doc.text)]
  if (doc.notes) pieces.push(piece("notes", doc.notes))
  if (search.code && doc.code) pieces.push(piece("code", doc.code))
  const best = pieces.reduce((a, b) => b.held > a.held || b.kind === "code" && b.held || !a.text ? b : a)
  return {
    location: doc.location, parents: doc.parents || [], score, teaser: best,
    title: named(doc.by_page ? doc.page : doc.title), section: named(doc.by_page ? doc.title : ""),
  }
}

onmessage = async ({data}) => {
  try {
    if (data.load) {
      const response = await fetch(data.load)
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
      search = new HandbookSearch(await response.json(), MiniSearch)
      postMessage({ready: true})
    } else {
      const found = search.search(data.query)
      const results = found.slice(0, SHOWN).map(result => shown(result, data.query))
      postMessage({ticket: data.ticket, count: found.length, results})
    }
  } catch (error) { postMessage({error: String(error)}) }
}
