/* The search engine: finds sections and orders them. No DOM here, so that it runs in a worker, and in
 * a page opened from a folder. MiniSearch (vendor/) keeps the inverted index and scores terms by BM25.
 * A section need not hold every word of a query; what it lacks counts by how rare the word is.
 */
(() => {
  "use strict"

  const {
    TOKEN, HAN, EMPTY, QUESTION, CODE, SEPARATORS, segmenter,
    fold, stem, joined, indexTerms, squash, slip, pairs, standing, places,
  } = self.HandbookTerms
  /* How much a field counts; code has a say where code is typed. */
  const BOOST = {
    title: 4, names: 3, page: 1.2, parents: 1, text: 1, notes: 0.4, table: 0.5, code: 0.05,
  }
  const CODE_BOOST = {...BOOST, code: 2}
  const PREFIX_WEIGHT = 0.5
  const PART_WEIGHT = 0.4 // of a compound
  const NOT_TOGETHER = 0.2 // of a phrase whose words stand apart
  const EVERYDAY_WEIGHT = 0.5 // of another word for the same
  const INHERITED = 0.2 // from another section of a page on one question
  const INHERITED_BY_PAGE = 0.35

  /** What stands in all of several results, with the sum of its scores. */
  function all(results) {
    const found = new Map(results[0])
    for (const hits of results.slice(1))
      for (const [id, score] of found)
        if (hits.has(id)) found.set(id, score + hits.get(id))
        else found.delete(id)
    return found
  }

  class Search {
    /** @param data  search_index.json, as handbook/search/index.py writes and explains it */
    constructor(data, MiniSearch) {
      this.variants = data.variants
      this.regional = Object.entries(data.regional)
      this.ambiguous = Object.entries(data.ambiguous)
      this.readings = new Map()
      this.known = new Map() // answers to terms: the next key asks for most of them again
      this.docs = data.docs.map((doc, id) => ({
        ...doc, id,
        folded: this.fold([
          doc.title, ...(doc.names || []), doc.text, doc.notes || "", doc.table || "", doc.code || "",
        ].join("\n")),
        called: squash(this.fold(doc.title)).text,
        typed: (doc.names || []).map(name => squash(this.fold(name)).text).filter(name => name.length > 3),
      }))
      this.listings = squash(this.fold(data.docs.map(doc => doc.code || "").join("\n"))).text
      this.pages = data.questions.map(url => this.docs.filter(doc => doc.location.startsWith(url)))
      for (const doc of this.docs) doc.squashed = squash(doc.folded).text
      this.at = new Map(this.docs.map(doc => [doc.location, doc]))
      this.index = new MiniSearch({
        fields: Object.keys(BOOST),
        tokenize: text => indexTerms(this.fold(text)),
        processTerm: term => term,
        extractField: (doc, field) => {
          const value = doc[field]
          return Array.isArray(value) ? value.join(" · ") : value
        },
      })
      this.index.addAll(this.docs)
      this.spelt = new Map() // Latin words, and how many sections hold each
      for (const {folded} of this.docs)
        for (const word of new Set(folded.match(/[a-z]{4,}/g)))
          this.spelt.set(word, (this.spelt.get(word) || 0) + 1)
      this.names = new Map()
      this.longest = 0
      for (const term of data.terms)
        for (const [names, near] of [[term.same, false], [term.near, true]])
          for (const name of names) {
            const folded = this.fold(name)
            /* "Hugging Face" is also typed in one. */
            for (const key of new Set([squash(folded).text, joined(folded.replace(/ /g, ""))])) {
              this.longest = Math.max(this.longest, key.length)
              this.names.set(key, [...(this.names.get(key) || []), {...term, near, group: term.near}])
            }
          }
    }

    fold(text) { return fold(text, this.variants) }

    /** A query as units: names of the glossary, longest first, and the words between them.
     *  The last one is kept, since each result asks for it again, for its marks. */
    units(query) {
      if (!this.last || this.last.query !== query) {
        this.code = this.isCode(query)
        this.last = {query, units: this.cut(query)}
      }
      return this.last.units
    }

    /** Whether a query is code out of our listings. */
    isCode(query) {
      const tokens = CODE.test(query) ? this.fold(query).match(TOKEN) || [] : []
      return tokens.some(token => token.length > 3 && this.listings.includes(joined(token)))
    }

    /** The same, loosened, as what to mark where nothing stands as typed. */
    loosened(query) {
      const units = this.units(query)
      if (!this.last.loose)
        this.last.loose = units.flatMap(unit => this.loosen(unit)).map(([unit]) => unit)
      return this.last.loose
    }

    /** A query as the pages would spell it. */
    spelling(query) {
      let folded = this.fold(query)
      for (const [there, here] of this.regional) folded = folded.split(there).join(here)
      return this.apart(folded).replace(/[a-z]{4,}/g, word => this.corrected(word))
    }

    cut(query) {
      let folded = this.spelling(query)
      const bare = folded.replace(QUESTION, match => " ".repeat(match.length))
      if (bare.trim()) folded = bare
      const {text, edges, from, to} = squash(folded)
      const units = []
      let rest = 0
      const flush = end => {
        if (end > rest) units.push(...this.wordUnits(folded.slice(from[rest], to[end - 1])))
        rest = end
      }
      for (let i = 0; i < text.length;) {
        let found = 0
        if (edges.has(i))
          for (let n = Math.min(this.longest, text.length - i); n > 0 && !found; n--)
            if (edges.has(i + n) && this.names.has(text.slice(i, i + n))) found = n
        if (!found) { i++; continue }
        flush(i)
        const terms = this.names.get(text.slice(i, i + found))
        units.push({typed: folded.slice(from[i], to[i + found - 1]), terms})
        rest = i += found
      }
      flush(text.length)
      const telling = units.filter(unit => unit.terms || !EMPTY.has(unit.typed))
      return telling.length ? telling : units
    }

    /** A compound that stands nowhere as such is cut into its words: privacy-preserving, GPT-4. */
    apart(folded) {
      return folded.replace(TOKEN, token => {
        const parts = token.split(SEPARATORS)
        if (parts.length === 1 || this.lookup(joined(token), {prefix: true}).size) return token
        const telling = parts.some(part => part.length > 1)
        const drop = part => telling && part.length === 1
        return parts.map(part => drop(part) ? " " : part).join(" ")
      })
    }

    /** A word as the pages spell it: one that none begins with may have one slip. */
    corrected(word) {
      if (this.lookup(stem(word)).size) return word
      const begun = [...this.spelt.keys()].filter(other => other.startsWith(word))
      if (begun.length) return begun.find(other => other.length === word.length + 1) || word
      let best = word, most = 0
      for (const [other, held] of this.spelt) {
        const likely = slip(word, other) * Math.log(1 + held)
        if (likely > most) { best = other; most = likely }
      }
      return best
    }

    /** A run of Chinese as its words, and as a whole where it stands so. */
    split(run) {
      const whole = run.length < 3 || this.han(run).size ? [run] : []
      if (run.length < 3) return [{typed: run}]
      const words = segmenter
        ? [...segmenter.segment(run)].map(({segment}) => segment).filter(word => word.length > 1)
        : whole.length ? [] : pairs([...run])
      const others = words.filter(word => word !== run)
      const units = [...whole, ...others]
      return (units.length ? units : [run])
        .map(typed => ({typed, more: typed === run && others.length > 0}))
    }

    /** Plain words and runs of Chinese. */
    wordUnits(folded) {
      const units = []
      let end = -2
      for (const {0: token, index} of folded.matchAll(TOKEN)) {
        const before = units[units.length - 1]
        /* "GPT 2": a number belongs to the word before it, where the index knows the two as one. */
        const near = before && index === end + 1 && /^\d/.test(token) && /[a-z]$/.test(before.typed)
        if (near && this.lookup(joined(before.typed + token)).size) before.typed += token
        else units.push(...HAN.test(token) ? this.split(token) : [{typed: token}])
        end = index + token.length
      }
      return units
    }

    /** Sections that hold one unit, with a score each: the word as typed, or another name of it. */
    match(unit, last, share) {
      const scores = new Map()
      const add = (found, weight) => {
        for (const [id, score] of found)
          scores.set(id, Math.max(scores.get(id) || 0, score * weight))
      }
      add(unit.terms ? this.phrase(unit.typed) : this.wording(unit.typed, last), 1)
      for (const twin of this.twins(unit.typed)) add(this.wording(twin, false), 0.9)
      for (const term of unit.terms || []) {
        for (const name of term.names) add(this.phrase(this.fold(name)), term.near ? 0.6 : 0.9)
        this.alike(term, add)
        term.sections.forEach((location, i) => {
          const doc = this.at.get(location)
          if (!doc) return
          const here = scores.get(doc.id) || 0
          scores.set(doc.id, here * 1.5 + (here && !term.near ? 18 : 5) / (i + 1) / share)
        })
      }
      return scores
    }

    /** Sections that use another everyday word of a group: none counts for more than the group,
     *  however rare it is itself. */
    alike(term, add) {
      if (term.names.length) return
      const hits = term.group.map(name => this.phrase(this.fold(name)))
      const union = new Set(hits.flatMap(found => [...found.keys()]))
      for (const found of hits) add(found, EVERYDAY_WEIGHT * this.rarity(union) / this.rarity(found))
    }

    /** How much it says that just these sections hold a word. */
    rarity(hits) { return hits.size && Math.log(1 + this.docs.length / hits.size) }

    /** What a word also means in another region: 文件 is a file here, and a document in Taiwan. */
    twins(typed) {
      return this.ambiguous.filter(([there]) => typed.includes(there))
        .flatMap(([there, here]) => here.map(word => typed.split(there).join(word)))
    }

    /** As wording(), but the words must stand together: where they do not, it counts for less. */
    phrase(typed) {
      const key = squash(typed).text
      const found = this.wording(typed, false)
      for (const [id, score] of found)
        if (!this.docs[id].squashed.includes(key)) found.set(id, score * NOT_TOGETHER)
      return found
    }

    /** Score of every section that holds this wording: all its terms, and the run as typed. */
    wording(typed, last) {
      const tokens = typed.match(TOKEN) || []
      return all(tokens.map((token, i) =>
        HAN.test(token) ? this.han(token) : this.latin(token, last && i === tokens.length - 1)))
    }

    han(run) {
      const chars = [...run]
      if (chars.length === 1) return this.lookup("·" + run)
      const hits = pairs(chars).map(pair => this.lookup(pair)), pattern = standing(run)
      const found = new Map()
      for (const id of all([hits[0], hits[hits.length - 1]]).keys())
        if (this.docs[id].folded.search(pattern) >= 0)
          found.set(id, hits.reduce((sum, one) => sum + (one.get(id) || 0), 0) / hits.length)
      return found
    }

    /** A word; for a compound, also what holds its parts alone: GPT-4, GPT. */
    latin(token, last) {
      const whole = joined(token)
      const found = this.lookup(whole, {prefix: whole.length > 2 || last})
      const parts = token.split(SEPARATORS).filter(part => part.length > 1)
      if (parts.length && joined(parts[0]) !== whole)
        for (const part of parts)
          for (const [id, score] of this.lookup(stem(part)))
            found.set(id, Math.max(found.get(id) || 0, score * PART_WEIGHT / parts.length))
      return found
    }

    lookup(term, options) {
      const key = JSON.stringify([term, options, this.code])
      if (!this.known.has(key)) this.known.set(key, this.ask(term, options))
      return new Map(this.known.get(key))
    }

    ask(term, options) {
      const results = this.index.search({queries: [term], tokenize: text => [text]}, {
        boost: this.code ? CODE_BOOST : BOOST, weights: {fuzzy: 0, prefix: PREFIX_WEIGHT}, ...options,
      })
      return new Map(results.map(({id, score}) => [id, score]))
    }

    /**
     * Find the sections for a query, best first.
     * @returns {{doc: object, score: number}[]}
     */
    search(query) {
      let units = this.units(query)
      if (!units.length) return []
      let found = units.map((unit, i) => this.match(unit, i === units.length - 1, units.length))
      if (found.some(hits => !hits.size)) {
        /* A unit that stands nowhere as typed: what there is of it. */
        const looser = units.flatMap((unit, i) =>
          found[i].size ? [[unit, found[i]]] : this.loosen(unit))
        units = looser.map(([unit]) => unit)
        found = looser.map(([, hits]) => hits)
      }
      const rare = found.map((hits, i) => units[i].more ? 0 : this.rarity(hits))
      const whole = rare.reduce((sum, one) => sum + one, 0)
      const total = new Map()
      found.forEach((hits, i) => {
        const add = (id, score, share) => {
          const entry = total.get(id) || {score: 0, held: 0}
          total.set(id, {score: entry.score + score * share, held: entry.held + rare[i] * share})
        }
        for (const [id, score] of hits) add(id, score, 1)
        if (units.length > 1) this.inherit(hits, add)
      })
      const asked = squash(this.spelling(query)).text
      const results = []
      for (const [id, {score, held}] of total) {
        const doc = this.docs[id]
        let value = score * (held / whole) ** 2 * (doc.weight || 1) ** (1 / units.length ** 0.75)
        if (units.length > 1 && doc.squashed.includes(asked)) value *= 1.3
        if (doc.called.includes(asked)) value *= 1.3
        if (doc.typed.some(name => asked.includes(name))) value *= 1.3
        results.push({doc, score: value})
      }
      return results.sort((a, b) => b.score - a.score || a.doc.id - b.doc.id)
    }

    /** On a page that treats one question, what a section lacks may stand in another: it counts
     *  for less, and most for the page itself. */
    inherit(hits, add) {
      for (const docs of this.pages) {
        const most = Math.max(...docs.map(({id}) => hits.get(id) || 0))
        if (most) for (const {id, parents} of docs)
          if (!hits.has(id)) add(id, most, parents ? INHERITED : INHERITED_BY_PAGE)
      }
    }

    /** What there is of a unit that stands nowhere as typed: each word, and pairs of characters. */
    loosen(unit) {
      const hits = (unit.typed.match(TOKEN) || [])
        .flatMap(token => HAN.test(token) ? pairs([...token]) : [token])
        .map(piece => [{typed: piece}, this.lookup(stem(piece), {prefix: !HAN.test(piece)})])
        .filter(([, found]) => found.size)
      return hits.length ? hits : [[unit, new Map()]]
    }

    /** A shown text, folded, and its Latin words as [start, end, stem]; kept, since the next key
     *  shows most of it again. */
    reading(text) {
      if (!this.readings.has(text)) {
        const folded = this.fold(text)
        const words = [...folded.matchAll(TOKEN)].filter(([token]) => !HAN.test(token))
          .map(({0: token, index}) => [index, index + token.length, joined(token)])
        this.readings.set(text, {folded, words})
      }
      return this.readings.get(text)
    }

    /** Pieces to mark in a shown text, [start, end) pairs in the original string: each unit as typed,
     *  else by another name, else by another word for it; where there is none, what is like it. */
    marks(text, query) {
      const wordings = this.units(query).map(({typed, terms = []}) => [
        [typed, ...this.twins(typed)],
        terms.flatMap(term => term.names).map(name => this.fold(name)),
        terms.flatMap(term => term.group).filter(word => !word.includes(" ")),
      ].find(some => this.ranges(text, some).length) || [])
      const found = this.ranges(text, wordings.flat())
      return found.length ? found : this.ranges(text, this.loosened(query).map(({typed}) => typed))
    }

    /** Where wordings stand in a text; what overlaps is one. */
    ranges(text, wordings) {
      const {folded, words} = this.reading(text)
      const tokens = [...new Set(wordings.flatMap(wording => wording.match(TOKEN) || []))]
      const stems = tokens.filter(token => !HAN.test(token) && !EMPTY.has(token)).map(joined)
      const meant = word => stems.some(s => word === s || s.length > 2 && word.startsWith(s) ||
        s.length > 5 && word.endsWith(s)) // tokenizer.encode_plus
      const found = tokens.filter(token => HAN.test(token)).flatMap(run => places(folded, run))
      for (const [start, end, word] of words) if (meant(word)) found.push([start, end])
      const merged = []
      for (const [start, end] of found.sort((a, b) => a[0] - b[0])) {
        const previous = merged[merged.length - 1]
        if (previous && start <= previous[1]) previous[1] = Math.max(previous[1], end)
        else merged.push([start, end])
      }
      return merged
    }
  }

  self.HandbookSearch = Search
})()
