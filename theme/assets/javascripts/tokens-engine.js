/* Counts a text's tokens as the model's own tokenizer does: byte-pair encoding on a vocabulary of the lab on tokens
 * (snippets/labs/tokens/vocabularies.py says whose; tokens-worker.js and tests load this file). */
(scope => {
  "use strict"
  /* How a text is cut into pieces before anything is joined. \s is written out: that of JavaScript differs from that of
   * the references by U+FEFF and U+0085. Small and capital letters of endings are written out, too: (?i:) is young. */
  const SPACE = "\\p{White_Space}"
  const END = "'(?:[sS\u017f]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])"
  const LAST = `${SPACE}*[\\r\\n]+|${SPACE}+(?!\\P{White_Space})|${SPACE}+`
  const words = (letters, other, digits) =>
    `${END}|[^\\r\\n\\p{L}\\p{N}]?${letters}+|\\p{N}${digits}| ?[^${SPACE}${other}\\p{N}]+[\\r\\n]*|${LAST}`
  const upper = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]", lower = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]", start = "[^\\r\\n\\p{L}\\p{N}]?"
  const cased = end => `${start}${upper}*${lower}+${end}|${start}${upper}+${lower}*${end}`
  const symbols = digits => `|\\p{N}${digits}| ?[^${SPACE}\\p{L}\\p{N}]+[\\r\\n/]*|${LAST}`
  const RULES = {
    cl100k: [words("\\p{L}", "\\p{L}", "{1,3}")],
    o200k: [cased(`(?:${END})?`) + symbols("{1,3}")],
    qwen3: [words("\\p{L}", "\\p{L}", "")],
    qwen36: [words("[\\p{L}\\p{M}]", "\\p{L}\\p{M}", "")],
    tekken: [cased("") + symbols("")],
    deepseek: [ // one after the other, each on what the one before has left
      "\\p{N}{1,3}",
      "[一-龥\u3040-ゟ゠-ヿ]+",
      "[!\"#$%&'()*+,\\-./:;<=>?@[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
        + `| ?[\\p{P}\\p{S}]+[\\r\\n]*|${LAST}`,
    ],
  }
  const NORMALISED = ["qwen3", "qwen36"], CACHED = 50000, LONGEST_CACHED = 15

  /** Pieces of a text; what a rule leaves between its matches are pieces as well. */
  function* cut(text, [rule, ...others]) {
    if (!rule) {
      yield text
      return
    }
    let from = 0
    for (const {0: piece, index} of text.matchAll(rule)) {
      if (index > from) yield* cut(text.slice(from, index), others)
      yield piece
      from = index + piece.length
    }
    if (from < text.length) yield* cut(text.slice(from), others)
  }

  class Tokenizer {
    /** name: a rule above. data: how many tokens (32 bits), the length of each (8 bits), their bytes, in order of ids. */
    constructor(name, data) {
      this.rules = RULES[name].map(rule => new RegExp(rule, "gu"))
      this.normalised = NORMALISED.includes(name)
      this.data = data
      const count = new DataView(data.buffer, data.byteOffset).getUint32(0, true)
      this.lengths = data.subarray(4, 4 + count)
      this.places = new Int32Array(count) // of each token's bytes
      this.hashes = new Int32Array(count) // of their bytes; that of two together follows from both
      this.mask = 2 ** Math.ceil(Math.log2(count) + 1) - 1
      this.table = new Int32Array(this.mask + 1).fill(-1) // ids, by hash
      this.bytes = new Int32Array(256).fill(-1)
      for (let id = 0, at = 4 + count; id < count; id++) {
        let hash = 0
        this.places[id] = at
        for (const end = at + this.lengths[id]; at < end; at++) hash = Math.imul(hash, BASE) + data[at] + 1 | 0
        this.hashes[id] = hash
        if (this.lengths[id] === 1) this.bytes[data[at - 1]] = id
        let place = mixed(hash) & this.mask
        while (this.table[place] >= 0) place = place + 1 & this.mask
        if (this.lengths[id]) this.table[place] = id
      }
      this.cache = new Map()
      this.asked = new Int32Array(2 << 32 - SHIFT).fill(-1)
      this.known = new Int32Array(1 << 32 - SHIFT)
      this.sure = this.sureCharacters()
      this.makeRoom(1024)
    }

    /** What each character of three bytes, as most Chinese ones are, surely begins with: the id of the whole, or that of
     * its first two bytes, negative; 0 for nothing. It is sure when the joints within it have lower ids than any that would
     * take a byte of it away, and than any with a neighbour. So a piece may begin with these, and the outcome is the same. */
    sureCharacters() {
      const {data, places, lengths, bytes} = this, sure = new Int32Array(0x10000)
      const taken = new Int32Array(0x10000).fill(NONE) // the lowest id of a longer token that begins or ends with the character
      // The lowest id of a token that ends in the first byte, or two, of a character, or begins with its last one or two.
      const [firstOne, firstTwo, lastOne, lastTwo] = [1, 2, 1, 2].map(n => new Int32Array(256 ** n).fill(NONE))
      const lower = (table, key, id) => { if (id < table[key]) table[key] = id }
      const inside = byte => (byte & 0xc0) === 0x80
      for (let id = 0; id < lengths.length; id++) {
        const n = lengths[id], at = places[id], end = at + n
        if (n < 2) continue
        if (data[end - 1] >= 0xe0) lower(firstOne, data[end - 1], id)
        if (n > 2 && data[end - 2] >= 0xe0) lower(firstTwo, data[end - 2] << 8 | data[end - 1], id)
        if (inside(data[at]) && !inside(data[at + 1])) lower(lastOne, data[at], id)
        if (n > 2 && inside(data[at]) && inside(data[at + 1])) lower(lastTwo, data[at] << 8 | data[at + 1], id)
        for (const from of n > 3 ? [at, end - 3] : [])
          if (data[from] >> 4 === 0xe)
            lower(taken, (data[from] & 15) << 12 | (data[from + 1] & 63) << 6 | data[from + 2] & 63, id)
      }
      for (let code = 0x800; code < 0x10000; code++) {
        const a = 0xe0 | code >> 12, b = 0x80 | code >> 6 & 63, c = 0x80 | code & 63
        const front = this.joined(bytes[a], bytes[b]), back = this.joined(bytes[b], bytes[c])
        const pair = Math.min(front, back)
        if (pair === NONE) continue
        const id = front < back ? this.joined(front, bytes[c]) : this.joined(bytes[a], back)
        const others = Math.min(firstOne[a], firstTwo[a << 8 | b], lastTwo[b << 8 | c], taken[code])
        if (Math.max(id, pair) < Math.min(others, lastOne[c])) sure[code] = id
        else if (front < Math.min(back, others)) sure[code] = -front
      }
      return sure
    }

    /** The ids of a text, in order. */
    encode(text) {
      const found = []
      this.each(text, (ids, n) => { for (let i = 0; i < n; i++) found.push(ids[i]) })
      return found
    }

    /** How many tokens a text has. */
    count(text) {
      let sum = 0
      this.each(text, (ids, n) => { sum += n })
      return sum
    }

    /** The bytes of a token. */
    bytesOf(id) { return this.data.subarray(this.places[id], this.places[id] + this.lengths[id]) }

    /** Gives the ids of each piece, how many they are, and the piece: take(ids, n, piece). */
    each(text, take) {
      for (const piece of cut(this.normalised ? text.normalize("NFC") : text, this.rules)) {
        const known = this.cache.get(piece), n = known ? known.length : this.join(piece)
        take(known || this.part, n, piece)
        if (known || piece.length > LONGEST_CACHED) continue
        if (this.cache.size >= CACHED) this.cache.clear()
        this.cache.set(piece, this.part.slice(0, n))
      }
    }

    /** What a page shows of a text: how many tokens it has, and of its first characters the stretches.
     *
     * A stretch is the fewest characters that whole tokens make up: [text, tokens]. Mostly that is one token; one character
     * that is two tokens has no parts that could be shown. */
    look(text, limit) {
      const stretches = []
      let tokens = 0, shown = 0
      this.each(text, (ids, n, piece) => {
        tokens += n
        if (shown >= limit) return
        shown += piece.length
        let at = 0, from = 0, read = 0, reached = 0, count = 0
        for (let i = 0; i < n; i++) {
          count++
          reached += this.lengths[ids[i]]
          while (read < reached) {
            const code = piece.codePointAt(at)
            at += code > 0xffff ? 2 : 1
            read += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
          }
          if (read > reached) continue
          stretches.push([piece.slice(from, at), count])
          from = at
          count = 0
        }
      })
      return {tokens, stretches, shown}
    }

    /** Puts the ids of one piece into `part` and returns how many: the two neighbours whose joint has the lowest id are joined,
     * until none has any. */
    join(piece) {
      if (3 * piece.length > this.room) this.makeRoom(3 * piece.length)
      const {part, joint} = this, n = this.begin(piece)
      for (let at = 0; at + 1 < n; at++) joint[at] = this.joined(part[at], part[at + 1])
      return n > FEW ? this.joinMany(n) : this.joinFew(n)
    }

    /** Puts the ids of a piece's bytes, or of what they surely become, into `part`; returns how many. */
    begin(text) {
      const {part, bytes, sure} = this
      let n = 0
      for (let at = 0; at < text.length; at++) {
        let code = text.charCodeAt(at)
        if (code < 0x80) part[n++] = bytes[code]
        else if (sure[code] > 0) part[n++] = sure[code]
        else if (sure[code]) {
          part[n++] = -sure[code]
          part[n++] = bytes[0x80 | code & 63]
        }
        else {
          if (code >= 0xd800 && code < 0xe000) {
            code = text.codePointAt(at)
            if (code > 0xffff) at++
            else code = 0xfffd // half a character
          }
          if (code < 0x800) part[n++] = bytes[0xc0 | code >> 6]
          else {
            if (code < 0x10000) part[n++] = bytes[0xe0 | code >> 12]
            else {
              part[n++] = bytes[0xf0 | code >> 18]
              part[n++] = bytes[0x80 | code >> 12 & 63]
            }
            part[n++] = bytes[0x80 | code >> 6 & 63]
          }
          part[n++] = bytes[0x80 | code & 63]
        }
      }
      return n
    }

    /** Looks at all joints for the lowest, and closes the gap on the way: quicker than a heap as long as there are few. */
    joinFew(n) {
      const {part, joint} = this
      let lowest = NONE, at = 0
      for (let i = 0; i < n - 1; i++) if (joint[i] < lowest) lowest = joint[at = i]
      while (lowest !== NONE) {
        let next = NONE, place = 0
        part[at] = lowest
        n--
        for (let i = 0; i < at - 1; i++) if (joint[i] < next) next = joint[place = i]
        if (at && (joint[at - 1] = this.joined(part[at - 1], lowest)) < next) next = joint[place = at - 1]
        if (at < n - 1 && (joint[at] = this.joined(lowest, part[at + 2])) < next) next = joint[place = at]
        for (let i = at + 1; i < n; i++) {
          part[i] = part[i + 1]
          if (i < n - 1 && (joint[i] = joint[i + 1]) < next) next = joint[place = i]
        }
        lowest = next
        at = place
      }
      return n
    }

    /** Keeps the joints in a heap: a long piece, as a line of Chinese without a comma, takes no longer by the token. */
    joinMany(n) {
      const {part, joint, next, last} = this, heap = []
      const look = at => {
        joint[at] = next[at] < n ? this.joined(part[at], part[next[at]]) : NONE
        if (joint[at] !== NONE) push(heap, joint[at] * PLACES + at)
      }
      for (let at = 0; at < n; at++) {
        next[at] = at + 1
        last[at] = at - 1
        look(at)
      }
      while (heap.length) {
        const lowest = pop(heap), at = lowest % PLACES, id = (lowest - at) / PLACES
        if (joint[at] !== id) continue // it has been joined otherwise meanwhile
        const other = next[at]
        part[at] = id
        joint[other] = NONE
        next[at] = next[other]
        if (next[at] < n) last[next[at]] = at
        look(at)
        if (last[at] >= 0) look(last[at])
      }
      let count = 0
      for (let at = 0; at < n; at = next[at]) part[count++] = part[at]
      return count
    }

    makeRoom(size) {
      this.room = size
      for (const name of ["part", "joint", "next", "last"]) this[name] = new Int32Array(size)
    }

    /** The id of the token that two tokens are together, or NONE: what was asked lately is known. */
    joined(one, two) {
      const {asked, known} = this, place = Math.imul(one, 0x9e3779b1) + Math.imul(two, 0x85ebca6b) >>> SHIFT << 1
      if (asked[place] === one && asked[place + 1] === two) return known[place >> 1]
      asked[place] = one
      asked[place + 1] = two
      return known[place >> 1] = this.find(one, two)
    }

    find(one, two) {
      const {table, hashes, lengths, places, data, mask} = this, first = lengths[one], length = first + lengths[two]
      const hash = Math.imul(hashes[one], POWERS[lengths[two]]) + hashes[two] | 0
      search: for (let place = mixed(hash) & mask, id; (id = table[place]) >= 0; place = place + 1 & mask) {
        if (hashes[id] !== hash || lengths[id] !== length) continue
        const at = places[id], there = places[one], here = places[two] - first
        for (let i = 0; i < first; i++) if (data[at + i] !== data[there + i]) continue search
        for (let i = first; i < length; i++) if (data[at + i] !== data[here + i]) continue search
        return id
      }
      return NONE
    }
  }

  const NONE = 0x7fffffff, SHIFT = 16, PLACES = 2 ** 30, FEW = 100, BASE = 0x01000193
  const POWERS = new Int32Array(256).fill(1).map((_, n, all) => n ? all[n] = Math.imul(all[n - 1], BASE) : 1)
  const mixed = hash => hash ^ hash >>> 15

  /* A heap of numbers, the lowest on top. */
  function push(heap, value) {
    let at = heap.length
    while (at) {
      const above = (at - 1) >> 1
      if (heap[above] <= value) break
      heap[at] = heap[above]
      at = above
    }
    heap[at] = value
  }

  function pop(heap) {
    const top = heap[0], value = heap.pop(), n = heap.length
    if (!n) return top
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= n) break
      if (below + 1 < n && heap[below + 1] < heap[below]) below++
      if (heap[below] >= value) break
      heap[at] = heap[below]
      at = below
    }
    heap[at] = value
    return top
  }

  /** A vocabulary as `snippets/labs/tokens/pack.py` wrote it: base64 of gzip. */
  async function unpacked(text) {
    const packed = Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))
    return new Uint8Array(await new Response(stream).arrayBuffer())
  }

  Object.assign(scope, {Tokenizer, unpacked})
})(typeof module === "object" ? module.exports : self)
