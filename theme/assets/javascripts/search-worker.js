/* Runs the search engine off the page's thread. Messages in: {load: url} once, then
 * {query, ticket}; out: {ready} or {error}, then {ticket, count, results}. */
importScripts("vendor/minisearch-7.2.0.js", "search-engine.js")

const SHOWN = 30
const TEASER = 110
let search

/** A piece of the text round the first match, with the marks moved along. */
function teaser(text, marks) {
  const first = marks.length ? marks[0][0] : 0
  let start = Math.max(0, first - 40)
  if (start > 0) {
    const sentence = Math.max(text.lastIndexOf("。", first), text.lastIndexOf(". ", first), text.lastIndexOf("\n", first))
    if (sentence >= start - 40 && sentence >= 0) start = sentence + 1
    else while (start < first && /[a-z]/i.test(text[start - 1]) && /[a-z]/i.test(text[start])) start++
  }
  let end = Math.min(text.length, start + (/\p{sc=Han}/u.test(text.slice(start, start + 40)) ? TEASER : 2 * TEASER))
  while (end < text.length && /[a-z]/i.test(text[end - 1]) && /[a-z]/i.test(text[end])) end++
  return {
    text: text.slice(start, end),
    marks: marks.filter(([a, b]) => a >= start && b <= end).map(([a, b]) => [a - start, b - start]),
    before: start > 0, after: end < text.length,
  }
}

function answer(query) {
  const results = search.search(query)
  return {
    count: results.length,
    results: results.slice(0, SHOWN).map(({doc, score}) => ({
      location: doc.location, parents: doc.parents || [], score,
      title: {text: doc.title, marks: search.marks(doc.title, query)},
      teaser: teaser(doc.text, search.marks(doc.text, query)),
    })),
  }
}

onmessage = async ({data}) => {
  if (data.load) {
    try {
      const response = await fetch(data.load)
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
      search = new HandbookSearch(await response.json(), MiniSearch)
      postMessage({ready: true})
    } catch (error) { postMessage({error: String(error)}) }
    return
  }
  if (search) postMessage({ticket: data.ticket, ...answer(data.query)})
}
