/* The form of the lab on tokens: what a reader pastes is counted on this device, by the tokenizer that is chosen.
 * Nothing is loaded before the reader asks. Text is set as text, never as markup. */
(() => {
  "use strict"
  const form = document.querySelector(".hb-count")
  const {text: field, tokenizer: choice, list, in: priceIn, out: priceOut, tokens: tokensOut, calls} = {
    text: form.querySelector("textarea"), ...Object.fromEntries([...form.elements].map(one => [one.name, one])),
  }
  const part = name => form.querySelector(`.hb-count__${name}`)
  const [result, found, notes, tokens, split, compared, cost] =
    ["result", "found", "notes", "tokens", "split", "compared", "cost"].map(part)
  const progress = form.querySelector("progress"), words = JSON.parse(form.dataset.words)
  const LONGEST = 200_000, COLOURED = 4000, LISTED = 20, WAIT = 250
  const CONTROL = /<\|[^|<>\n]{1,40}\|>|<｜[^｜\n]{1,40}｜>|<\/?think>|\[\/?INST\]/
  const number = new Intl.NumberFormat(document.documentElement.lang).format
  const said = (key, values = {}) => words[key].replace(/#(\w*)/g, (_, name) => values[name || "n"])
  const ready = new Set(), prices = [...list.options]
  let machine, asked = false, loading = null, ticket = 0, timer, windowsEnds = false, last = null
  let counts = new Map(), counted = null // of the text that is shown, by tokenizer

  /* ---- the worker; from a folder, where none may be started and no file fetched, scripts beside the page ---- */

  function script(address) {
    return new Promise((done, fail) => {
      const made = document.createElement("script")
      Object.assign(made, {src: address, onload: done, onerror: fail})
      document.head.append(made)
      made.onload = () => { made.remove(); done() }
    })
  }

  function besideThePage() {
    const tokenizers = {}, stand = {}
    let taken
    self.handbookVocabulary = text => { taken = text }
    stand.postMessage = async ({load, url, count, text, limit, ticket}) => {
      try {
        if (!load) {
          setTimeout(() => stand.onmessage({data: {ticket, name: count, ...tokenizers[count].look(text, limit)}}))
          return
        }
        if (!self.Tokenizer) await script(new URL(form.dataset.engine, location.href))
        await script(url)
        tokenizers[load] = new self.Tokenizer(load, await self.unpacked(taken))
        taken = null
        stand.onmessage({data: {ready: load}})
      } catch (error) { stand.onmessage({data: {error: load, why: String(error)}}) }
    }
    return stand
  }

  function start() {
    if (machine) return
    machine = location.protocol === "file:" ? besideThePage() : new Worker(new URL(form.dataset.worker, location.href))
    machine.onmessage = ({data}) => {
      if (data.error) failed()
      else if ("progress" in data) {
        progress.value = data.progress
        tell(data.progress < 1 ? said("loading", {n: Math.round(100 * data.progress)}) : words.unpacking)
      } else if (data.ready) {
        ready.add(data.ready)
        if (loading === data.ready) loading = null
        count()
      } else if (data.ticket === ticket) show(data)
    }
    machine.onerror = failed
  }

  function failed() {
    machine.terminate?.()
    machine = loading = null // the next press begins anew
    ready.clear()
    progress.hidden = true
    tell(words.missing)
  }

  /* ---- counting ---- */

  function tell(text, isResult = false) {
    if (result.textContent !== text) result.textContent = text
    found.hidden = !isResult
  }

  function count() {
    clearTimeout(timer)
    const name = choice.value, text = field.value
    ticket++
    if (counted !== text) {
      counts = new Map()
      counted = text
    }
    progress.hidden = true
    if (!text) tell(words.empty)
    else if (text.includes("\0")) tell(words.binary)
    else if (text.length > LONGEST) tell(said("long", {limit: number(LONGEST)}))
    else if (!("DecompressionStream" in self)) tell(words.old)
    else if (ready.has(name)) machine.postMessage({count: name, text, limit: COLOURED, ticket})
    else {
      progress.hidden = false
      progress.value = 0
      tell(said("loading", {n: 0}))
      if (loading === name) return
      loading = name
      start()
      const {file, bytes} = choice.selectedOptions[0].dataset
      machine.postMessage({load: name, url: new URL(file, location.href).href, bytes: +bytes})
    }
  }

  function show({name, tokens: total, stretches, shown}) {
    const text = counted, characters = [...text].length
    counts.set(name, total)
    last = {name, total}
    const told = [
      windowsEnds && words.ends, /\p{Surrogate}/u.test(text) && words.half, CONTROL.test(text) && words.control,
      name.startsWith("qwen") && text.normalize("NFC") !== text && words.normalised,
      shown < text.length && said("part", {shown: number(shown)}),
    ]
    notes.replaceChildren(...told.filter(Boolean).map(one => element("li", "", one)))
    tokens.setAttribute("aria-label", words.coloured)
    tokens.replaceChildren(...stretches.map(stretch))
    form.querySelector("[data-legend]").textContent = words.legend
    const cut = new Map(stretches.filter(([, n]) => n > 1))
    const listed = [...cut].slice(0, LISTED).map(([piece, n]) => `${piece.trim() || "␣"} ×${n}`).join(" ")
    const more = cut.size > LISTED ? ` … ${said("more", {n: cut.size})}` : ""
    split.textContent = cut.size ? words.split + listed + more : words.whole
    compare()
    offer(name)
    tell(said("result", {
      tokens: number(total), characters: number(characters), ratio: (total / characters).toFixed(3),
    }), true)
  }

  function element(tag, name, text = "") {
    const made = document.createElement(tag)
    if (name) made.className = name
    made.textContent = text
    return made
  }

  /** One stretch of the text in colour; line ends are shown, since they are tokens, too. */
  function stretch([text, n], place) {
    const made = element("span", `hb-token hb-token--${n > 1 ? "split" : place % 4}`, text.replace(/\n/g, "↵\n"))
    if (n > 1) {
      made.title = said("pieces", {text, count: n})
      made.append(element("sub", "", n))
    }
    return made
  }

  /** All tokenizers that have counted the same text, the fewest tokens first. */
  function compare() {
    const bars = element("dl", "hb-count__bars"), most = Math.max(...counts.values())
    for (const [name, total] of [...counts].sort((a, b) => a[1] - b[1])) {
      const bar = element("meter"), figure = element("dd")
      Object.assign(bar, {max: most, value: total})
      bar.setAttribute("aria-hidden", "true")
      figure.append(bar, element("span", "", number(total)))
      bars.append(element("dt", "", [...choice.options].find(one => one.value === name).dataset.models), figure)
    }
    compared.replaceChildren(...counts.size > 1 ? [element("div", "", words.compared), bars] : [])
  }

  /* ---- money: whole numbers of millionths, rounded once ---- */

  function offer(name) {
    const before = list.value
    list.replaceChildren(...prices.filter(({dataset}) => !dataset.tokenizer || dataset.tokenizer === name))
    if ([...list.options].some(one => one.value === before)) list.value = before
    if (list.value !== before || !priceIn.value) fill()
    pay()
  }

  function fill() {
    const {dataset} = list.selectedOptions[0]
    if (dataset.in) [priceIn.value, priceOut.value] = [dataset.in, dataset.out]
    pay()
  }

  /** An amount in millionths; null for what is no number. */
  function units(text) {
    const [, whole, rest = ""] = /^\s*(\d{1,9})(?:\.(\d{0,6}))?\s*$/.exec(text) || []
    return whole === undefined ? null : BigInt(whole) * 1000000n + BigInt(rest.padEnd(6, "0"))
  }

  /** Millionths as money: two places, more where it would be too little. */
  function money(amount) {
    const places = amount && amount < 10000n ? 6 : amount < 1000000n ? 4 : 2, unit = 10n ** BigInt(6 - places)
    const rounded = (2n * amount + unit) / (2n * unit)
    const digits = String(rounded).padStart(places + 1, "0")
    const whole = digits.slice(0, -places).replace(/\B(?=(\d{3})+$)/g, ",")
    return said(list.selectedOptions[0].dataset.currency, {amount: `${whole}.${digits.slice(-places)}`})
  }

  function pay() {
    const [one, two] = [priceIn, priceOut].map(({value}) => units(value))
    const [out, times] = [tokensOut, calls].map(({value}) => /^\s*\d{1,12}\s*$/.test(value) ? BigInt(value) : null)
    if (!last || [one, two, out, times].includes(null)) {
      cost.textContent = words.no_price
      return
    }
    const call = BigInt(last.total) * one + out * two // of 10⁻¹²
    const rounded = amount => (2n * amount + 1000000n) / 2000000n
    cost.textContent = said("cost", {
      call: money(rounded(call)), month: money(rounded(call * times)), calls: number(times),
    })
  }

  /* ---- what readers do ---- */

  form.addEventListener("submit", event => {
    event.preventDefault()
    asked = true
    count()
  })
  field.addEventListener("input", () => {
    clearTimeout(timer)
    if (asked) timer = setTimeout(count, WAIT)
  })
  field.addEventListener("paste", ({clipboardData}) => { windowsEnds = clipboardData.getData("text/plain").includes("\r\n") })
  choice.addEventListener("change", () => { if (asked) count() })
  for (const sample of form.querySelectorAll("[data-text]"))
    sample.addEventListener("click", () => {
      field.value = sample.dataset.text
      windowsEnds = false
      if (asked) count()
    })
  list.addEventListener("change", fill)
  for (const one of [priceIn, priceOut])
    one.addEventListener("input", () => { list.value = "own"; pay() })
  for (const one of [tokensOut, calls]) one.addEventListener("input", pay)
  form.hidden = false
})()
