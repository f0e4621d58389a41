/* What the search engine takes for a word: spelling, stems, slips, runs of Chinese. Plain functions
 * of texts, which know nothing of sections.
 *
 * Chinese is cut into pairs of neighbouring characters, in the index and in the query alike, so no
 * dictionary decides which words can be found. Where a pair would make a word of the halves of two
 * others, the index holds a border (handbook/search/words.py), and no pair stands across it.
 * Latin words are reduced to a light stem with one spelling for -ise and -ize.
 */
(() => {
  "use strict"

  const TOKEN = /[\p{sc=Latin}\p{N}]+(?:[-._'’+#][\p{sc=Latin}\p{N}]+)*|\p{sc=Han}+/gu
  const HAN = /\p{sc=Han}/u
  /* What asks, and carries no subject: it may be typed, but never decides. */
  const EMPTY = new Set((
    "a about after all an and any are as at be been before but by can cannot could did do " +
    "does done for from get gets give had has have he her here how i if in into is it its just make " +
    "makes many may me might more most much must my need needs no not of on one only or our out over " +
    "really same shall she should so some still than that the their them then there these they this " +
    "those to too up us use used using very was way we were what when where which while who whom why " +
    "will with without would you your 之后 之前 以后 以前 一定 需要 应该 应当 必须 出来 起来 没有 不是 " +
    "就是 还是 这样 那样 这些 那些 时候 我们 你们 他们 一个 一种 一下 到底 究竟").split(" "))
  const QUESTION = new RegExp("怎么办|怎么样|怎么|怎样|如何|为什么|为何|是什么|有什么|什么|有哪些|" +
    "哪些|哪个|哪种|哪里|多少|请问|是否|可以|能否|能不能|要不要|会不会|是不是|有没有|大不大|关于|" +
    "[的了吗呢吧呀啊我你]", "g")
  /* Where the browser knows no Chinese words, pairs of characters do. */
  const segmenter = self.Intl && Intl.Segmenter && new Intl.Segmenter("zh", {granularity: "word"})
  /* Pasted code: names with_lines, inCamelCase or of.parts, calls(, and what only code writes. */
  const CODE = /[a-z\d]_+[a-z\d]|[a-z][A-Z]|[a-z\d]\.[a-z_]|\w[([{]|__|[=;{}]|=>/
  const ENDINGS = ("ations ation ators ator ability able ating ated ate ions ion ings ing ers er " +
    "ed es ity ly").split(" ")

  const SEPARATORS = /[-._'’+#]/g
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
      .replace(/([bt])re(s|d)?$/, "$1er$2")
      .replace(/ogue(s?)$/, "og$1")
      .replace(/(lic|def|off)ence(s?)$/, "$1ense$2")
    w = w.replace(/ies$/, "y").replace(/(ss|sh|ch|x|z)es$/, "$1").replace(/([^su])s$/, "$1")
    const ending = ENDINGS.find(end => w.endsWith(end) && w.length - end.length >= 4)
    if (ending) w = w.slice(0, -ending.length)
    w = w.replace(/([bdgmnprt])\1$/, "$1")
    return w.length > 4 ? w.replace(/e$/, "") : w
  }

  /** A compound without its separators, as one term. */
  function joined(word) { return stem(owned(word).replace(SEPARATORS, "")) }

  /** A word without the 's of an owner. */
  function owned(word) { return word.replace(/['’]s$/, "") }

  /** Latin compound (gpt-3, bert-base-chinese) as its whole, joined, and its parts. */
  function latinTerms(word) {
    const parts = owned(word).split(SEPARATORS)
    if (parts.length === 1) return [stem(parts[0])]
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

  /** How likely one word is a slip for another: 0 unless one letter is exchanged, or, likelier, put in
   *  or left out, or two have changed places. */
  function slip(typed, meant) {
    if (Math.abs(typed.length - meant.length) > 1) return 0
    let i = 0
    while (i < typed.length && typed[i] === meant[i]) i++
    const swapped = typed[i] === meant[i + 1] && typed[i + 1] === meant[i]
    if (typed.slice(i) === meant.slice(i + 1) || typed.slice(i + 1) === meant.slice(i) ||
      swapped && typed.slice(i + 2) === meant.slice(i + 2)) return 2
    return typed.slice(i + 1) === meant.slice(i + 1) ? 1 : 0
  }

  /** Neighbouring characters, two by two. */
  function pairs(chars) { return chars.slice(1).map((char, i) => chars[i] + char) }

  /** A run of Chinese as it may stand in the index: a border may only part it into words. */
  function standing(run) {
    const parted = at => at > 1 && at < run.length - 1 ? "\x7f?" : ""
    return new RegExp([...run].map((char, at) => parted(at) + char).join(""), "g")
  }

  /** Where a run stands in a text: [start, end) of each. */
  function places(text, run) {
    return [...text.matchAll(standing(run))].map(({0: found, index}) => [index, index + found.length])
  }

  self.HandbookTerms = {
    TOKEN, HAN, EMPTY, QUESTION, CODE, SEPARATORS, segmenter,
    fold, stem, joined, indexTerms, squash, slip, pairs, standing, places,
  }
})()
