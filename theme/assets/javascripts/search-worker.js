/* Runs the search engine off the page's thread. Messages in: {load: url} once, then
 * {query, ticket}; out: {ready}, then {ticket, count, results}; {error} when anything fails. */
importScripts("vendor/minisearch-7.2.0.js", "search-engine.js")

const SHOWN = 30
const TEASER = 110
let search

/** A piece of the text round the first match, with the marks moved along. */
function teaser(text, marks) {
  const letter = at => /[a-z]/i.test(text[at])
  const first = marks.length ? marks[0][0] : 0
  let start = Math.max(0, first - 40)
  if (start > 0) {
    const sentence = Math.max(...["。", ". ", "\n"].map(end => text.lastIndexOf(end, first)))
    if (sentence >= start - 40 && sentence >= 0) start = sentence + 1
    else while (start < first && letter(start - 1) && letter(start)) start++
  }
  const wide = /\p{sc=Han}/u.test(text.slice(start, start + 40))
  let end = Math.min(text.length, start + (wide ? TEASER : 2 * TEASER))
  while (end < text.length && letter(end - 1) && letter(end)) end++
  return {
    text: text.slice(start, end),
    marks: marks.filter(([a, b]) => a >= start && b <= end).map(([a, b]) => [a - start, b - start]),
    before: start > 0, after: end < text.length,
  }
}

/** How a section is shown: its prose, or a listing where the words stand only there. */
function shown({doc, score}, query) {
  const title = {text: doc.title, marks: search.marks(doc.title, query)}
  const marks = search.marks(doc.text, query)
  const told = marks.length || title.marks.length
  const listed = told || !doc.code ? [] : search.marks(doc.code, query)
  return {
    location: doc.location, parents: doc.parents || [], score, title,
    teaser: listed.length ? {...teaser(doc.code, listed), code: true} : teaser(doc.text, marks),
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
