/* The search engine: cuts text into terms, finds sections, orders them. No DOM here, so that
 * it runs in a worker, and in a page opened from a folder.
 *
 * Chinese is cut into pairs of neighbouring characters, in the index and in the query alike, so
 * no dictionary decides which words can be found; a run of three or more must then stand in the
 * text as typed. Latin words are reduced to a light stem with one spelling for -ise and -ize.
 * MiniSearch (vendor/) keeps the inverted index and scores terms by BM25.
 */
(() => {
  "use strict"

  const TOKEN = /[\p{sc=Latin}\p{N}]+(?:[-._'’+#][\p{sc=Latin}\p{N}]+)*|\p{sc=Han}+/gu
  const HAN = /\p{sc=Han}/u
  /* Words that carry no subject: they may be typed in a question, but never decide. */
  const EMPTY = new Set(("a an and are as at be but by can do does for from how i in into is it " +
    "its my of on or our should so that the their there these this to was we what when which who " +
    "why will with you your").split(" "))
  const QUESTION = new RegExp("怎么办|怎么样|为什么|是什么|有哪些|怎么|怎样|如何|什么|" +
    "哪些|哪个|多少|请问|是否|可以|能否|关于|[的了吗呢吧呀啊]", "g")
  const ENDINGS = ("ations ation ators ator ability able ating ated ate ions ion ings ing ers er " +
    "ed es ity ly").split(" ")

  const FIELDS = ["title", "names", "page", "parents", "text", "code"]
  const BOOST = {title: 4, names: 3, page: 0.7, parents: 1, text: 1, code: 0.5}
  const SEPARATORS = /[-._'’+#]/g
  const PREFIX_WEIGHT = 0.5
  const FUZZY_WEIGHT = 0.35

  /** One character: half-width, lower case, simplified. Length is kept, so positions hold. */
  function fold(text, variants) {
    let out = ""
    for (const char of text) {
      const plain = char.normalize("NFKC")
      const lower = (plain.length === char.length ? plain : char).toLowerCase()
      out += variants[lower] || (lower.length === char.length ? lower : char)
    }
    return out
  }

  /** Light English stem: one spelling of -ise, -our and doubled l, then common endings off. */
  function stem(word) {
    if (word.length < 4 || /\d/.test(word)) return word
    let w = word.replace(/['’]s?$/, "")
      .replace(/is(e[drs]?|es|ing|ations?|ability|able)$/, "iz$1")
      .replace(/lys(e[drs]?|es|ing)$/, "lyz$1")
      .replace(/our(s|ed|ing|al|able)?$/, "or$1")
      .replace(/ll(ed|ing|ers?)$/, "l$1")
    w = w.replace(/ies$/, "y").replace(/(ss|sh|ch|x|z)es$/, "$1").replace(/([^su])s$/, "$1")
    const ending = ENDINGS.find(end => w.endsWith(end) && w.length - end.length >= 4)
    if (ending) w = w.slice(0, -ending.length)
    w = w.replace(/([bdgmnprt])\1$/, "$1")
    return w.length > 4 ? w.replace(/e$/, "") : w
  }

  /** A compound without its separators, as one term. */
  function joined(word) { return stem(word.replace(SEPARATORS, "")) }

  /** Latin compound (gpt-3, bert-base-chinese) as its whole, joined, and its parts. */
  function latinTerms(word) {
    const parts = word.split(SEPARATORS)
    if (parts.length === 1) return [stem(word)]
    return [...new Set([stem(parts.join("")), ...parts.filter(p => p.length > 1).map(stem)])]
  }

  /** Terms of a text for the index; characters singly too, for one-character queries. */
  function indexTerms(folded) {
    const terms = []
    let end = -2, before = ""
    for (const {0: token, index} of folded.matchAll(TOKEN)) {
      if (!HAN.test(token)) {
        terms.push(...latinTerms(token))
        /* "Llama 3.1" is also typed in one. */
        if (index === end + 1 && /^\d/.test(token) && /[a-z]$/.test(before))
          terms.push(joined(before + token))
        end = index + token.length
        before = token
        continue
      }
      const chars = [...token]
      chars.forEach((char, i) => {
        terms.push("·" + char)
        if (i + 1 < chars.length) terms.push(char + chars[i + 1])
      })
    }
    return terms
  }

  /** A query or a name as one string of stems, with the places where words begin and end. */
  function squash(folded) {
    let text = ""
    const edges = new Set([0])
    const from = [], to = []
    for (const {0: token, index} of folded.matchAll(TOKEN)) {
      const han = HAN.test(token)
      let start = index
      for (const piece of han ? token : [joined(token)]) {
        const end = start + (han ? piece : token).length
        for (let i = 0; i < piece.length; i++) { from.push(start); to.push(end) }
        text += piece
        edges.add(text.length)
        start = end
      }
    }
    return {text, edges, from, to}
  }

  /** Neighbouring characters, two by two. */
  function pairs(chars) { return chars.slice(1).map((char, i) => chars[i] + char) }

  /** Where a wording stands in a text: [start, end) of each. */
  function places(text, wording) {
    const found = []
    for (let at = text.indexOf(wording); at >= 0; at = text.indexOf(wording, at + 1))
      found.push([at, at + wording.length])
    return found
  }

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
      this.docs = data.docs.map((doc, id) => ({
        ...doc, id,
        folded: this.fold([doc.title, ...(doc.names || []), doc.text, doc.code || ""].join("\n")),
        foldedTitle: this.fold(doc.title),
      }))
      for (const doc of this.docs) doc.squashed = squash(doc.folded).text
      this.at = new Map(this.docs.map(doc => [doc.location, doc]))
      this.index = new MiniSearch({
        fields: FIELDS,
        tokenize: text => indexTerms(this.fold(text)),
        processTerm: term => term,
        extractField: (doc, field) => {
          const value = doc[field]
          return Array.isArray(value) ? value.join(" · ") : value
        },
      })
      this.index.addAll(this.docs)
      this.names = new Map()
      this.longest = 0
      for (const term of data.terms)
        for (const [names, near] of [[term.same, false], [term.near, true]])
          for (const name of names) {
            const folded = this.fold(name)
            /* "Hugging Face" is also typed in one. */
            for (const key of new Set([squash(folded).text, joined(folded.replace(/ /g, ""))])) {
              this.longest = Math.max(this.longest, key.length)
              this.names.set(key, [...(this.names.get(key) || []), {...term, near}])
            }
          }
    }

    fold(text) { return fold(text, this.variants) }

    /** A query as units: names of the glossary, longest first, and the words between them.
     *  The last one is kept, since each result asks for it again, for its marks. */
    units(query) {
      if (!this.last || this.last.query !== query) this.last = {query, units: this.cut(query)}
      return this.last.units
    }

    /** The same, loosened, as what to mark where nothing stands as typed. */
    loosened(query) {
      const units = this.units(query)
      if (!this.last.loose)
        this.last.loose = units.flatMap(unit => this.loosen(unit)).map(([unit]) => unit)
      return this.last.loose
    }

    cut(query) {
      let folded = this.fold(query)
      for (const [there, here] of this.regional) folded = folded.split(there).join(here)
      folded = this.apart(folded)
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

    /** Plain words and runs of Chinese. */
    wordUnits(folded) {
      const units = []
      let end = -2
      for (const {0: token, index} of folded.matchAll(TOKEN)) {
        const before = units[units.length - 1]
        /* "GPT 2": a number belongs to the word before it, where the index knows the two as one. */
        const near = before && index === end + 1 && /^\d/.test(token) && /[a-z]$/.test(before.typed)
        if (near && this.lookup(joined(before.typed + token)).size) before.typed += token
        else units.push({typed: token})
        end = index + token.length
      }
      return units
    }

    /** Sections that hold one unit, with a score each: the word as typed, or another name of it. */
    match(unit, last) {
      const scores = new Map()
      const add = (found, weight) => {
        for (const [id, score] of found)
          scores.set(id, Math.max(scores.get(id) || 0, score * weight))
      }
      add(unit.terms ? this.phrase(unit.typed) : this.wording(unit.typed, last), 1)
      for (const twin of this.twins(unit.typed)) add(this.wording(twin, false), 0.9)
      for (const term of unit.terms || []) {
        for (const name of term.names) add(this.phrase(this.fold(name)), term.near ? 0.6 : 0.9)
        term.sections.forEach((location, i) => {
          const doc = this.at.get(location)
          if (!doc) return
          const here = scores.get(doc.id) || 0
          scores.set(doc.id, here * 1.5 + (here && !term.near ? 12 : 5) / (i + 1))
        })
      }
      return scores
    }

    /** What a word also means in another region: 文件 is a file here, and a document in Taiwan. */
    twins(typed) {
      return this.ambiguous.filter(([there]) => typed.includes(there))
        .flatMap(([there, here]) => here.map(word => typed.split(there).join(word)))
    }

    /** As wording(), but the words must stand together: where they do not, a third. */
    phrase(typed) {
      const key = squash(typed).text
      const found = this.wording(typed, false)
      for (const [id, score] of found)
        if (!this.docs[id].squashed.includes(key)) found.set(id, score / 3)
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
      const found = all(pairs(chars).map(pair => this.lookup(pair)))
      for (const [id, score] of found)
        if (!this.docs[id].folded.includes(run)) found.delete(id)
        else found.set(id, score / (chars.length - 1))
      return found
    }

    latin(token, last) {
      const whole = joined(token)
      return this.lookup(whole, {prefix: whole.length > 2 || last})
    }

    lookup(term, options) {
      const results = this.index.search({queries: [term], tokenize: text => [text]}, {
        boost: BOOST, weights: {fuzzy: FUZZY_WEIGHT, prefix: PREFIX_WEIGHT}, ...options,
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
      let found = units.map((unit, i) => this.match(unit, i === units.length - 1))
      if (found.some(hits => !hits.size)) {
        /* A unit that stands nowhere as typed: cut Chinese into pairs, forgive a slip in Latin. */
        const looser = units.flatMap((unit, i) =>
          found[i].size ? [[unit, found[i]]] : this.loosen(unit))
        units = looser.map(([unit]) => unit)
        found = looser.map(([, hits]) => hits)
      }
      const total = new Map()
      for (const hits of found)
        for (const [id, score] of hits) {
          const entry = total.get(id) || {score: 0, units: 0}
          total.set(id, {score: entry.score + score, units: entry.units + 1})
        }
      const folded = this.fold(query).trim()
      const results = []
      for (const [id, {score, units: matched}] of total) {
        const doc = this.docs[id]
        let value = score * (matched / units.length) ** 3 * (doc.weight || 1)
        if (units.length > 1 && doc.folded.includes(folded)) value *= 1.3
        if (doc.foldedTitle.includes(folded)) value *= 1.3
        results.push({doc, score: value})
      }
      return results.sort((a, b) => b.score - a.score || a.doc.id - b.doc.id)
    }

    /** What there is of a unit that stands nowhere as typed: pairs of characters; words spelt
     *  alike, one slip allowed from five letters on, two from nine on. */
    loosen(unit) {
      const hits = []
      for (const [token] of unit.typed.matchAll(TOKEN))
        for (const piece of HAN.test(token) ? pairs([...token]) : [token]) {
          const fuzzy = Math.min(2, Math.floor((piece.length - 1) / 4))
          const found = this.lookup(stem(piece), HAN.test(piece) ? {} : {prefix: true, fuzzy})
          if (found.size) hits.push([{typed: piece}, found])
        }
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

    /** Pieces to mark in a shown text: [start, end) pairs in the original string. */
    marks(text, query) {
      const {folded, words} = this.reading(text)
      const wordings = new Set(this.units(query).flatMap(unit => [
        unit.typed, ...this.twins(unit.typed),
        ...(unit.terms || []).flatMap(term => term.names.map(name => this.fold(name))),
      ]))
      const stems = [...wordings].flatMap(wording => wording.match(TOKEN) || [])
        .filter(token => !HAN.test(token)).map(joined)
      const meant = word => stems.some(s => word === s || s.length > 2 && word.startsWith(s))
      let ranges = [...wordings].filter(wording => HAN.test(wording))
        .flatMap(wording => places(folded, wording))
      for (const [start, end, word] of words) if (meant(word)) ranges.push([start, end])
      if (!ranges.length)
        ranges = this.loosened(query).flatMap(unit => places(folded, unit.typed))
      const merged = []
      for (const [start, end] of ranges.sort((a, b) => a[0] - b[0])) {
        const previous = merged[merged.length - 1]
        if (previous && start <= previous[1]) previous[1] = Math.max(previous[1], end)
        else merged.push([start, end])
      }
      return merged
    }
  }

  self.HandbookSearch = Search
})()
