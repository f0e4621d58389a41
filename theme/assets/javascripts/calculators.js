/* A calculator on its page: reads the fields, asks calculators-engine.js, and changes the texts that differ. The state
 * stands in the address and nowhere else. Words, tables and inputs come with the page. */
(() => {
  "use strict"
  const calculator = document.querySelector(".hb-calc"), engine = self.calculators
  const part = name => calculator.querySelector(`.hb-calc__${name}`)
  const all = selector => [...calculator.querySelectorAll(selector)]
  const data = JSON.parse(part("data").textContent), {words, inputs, plot: {over, results: plotted}} = data
  const form = part("form"), language = document.documentElement.lang.slice(0, 2)
  const named = list => Object.fromEntries(list.map(one => [one.name, one]))
  const byName = named(inputs), results = named(data.results), levers = named(data.levers)
  const fields = Object.fromEntries(inputs.map(({name}) => [name, form.elements.namedItem(name)]))
  const known = new Map(inputs.flatMap(({name, also = []}) => [name, ...also].map(one => [one, name])))
  /* Keys that other scripts of this site and chat clients put into an address. */
  const FOREIGN = /^(?:p|q|from|isappinstalled|utm_\w+|fbclid|gclid|spm|share_\w+|nsukey|scene|clicktime|enterid)$/
  const said = (text, values = {}) => text.replace(/#(\w*)/g, (one, name) => values[name] ?? one)
  const today = new Date().toLocaleDateString("sv") // as 2026-11-29

  /* ---- only what differs is written ---- */

  /* A range is never broken between lines, as in the text of all pages (handbook/markup.py). */
  const whole = text => text.replace(/(?<=\d%?) ?–(?=\d)/, "\u2060–\u2060")
  const node = place => place.firstChild || place.appendChild(document.createTextNode(""))
  const write = (text, content) => { if (text.data !== content) text.data = content }
  const show = (place, shown) => { if (place.hidden === shown) place.hidden = !shown }
  const give = (place, name, value) => { if (place.getAttribute(name) !== value) place.setAttribute(name, value) }
  function list(place, texts) {
    while (place.children.length < texts.length) place.append(document.createElement("li"))
    while (place.children.length > texts.length) place.lastChild.remove()
    texts.forEach((text, at) => write(node(place.children[at]), text))
    show(place, texts.length > 0)
  }

  const places = inputs.map(({name}) => ({
    name, error: calculator.querySelector(`#error-${name}`), basis: calculator.querySelector(`[data-basis="${name}"]`),
  }))
  const figures = all("[data-result]").map(place => ({
    text: node(place), name: place.dataset.result, row: place.closest("tr, .hb-calc__line"),
  }))
  const first = figures[0] // the big one
  const sources = all("[data-source]"), missing = part("missing"), found = part("found"), notes = part("notes")
  const chosen = all("[data-row]").map(row => ({row, link: row.querySelector("a"), name: row.dataset.row}))
  const units = all("[data-unit]"), spoken = part("spoken")

  /* ---- the state: what stands in each field ---- */

  const state = () => Object.fromEntries(inputs.map(({name}) => [name, fields[name].value]))

  /* A range is read as 14%–52%, and stands in an address as 14%..52%. */
  const dotted = text => text.trim().replace(/\s*–\s*/g, "..")
  const dashed = text => text.replace("..", "–")

  /** Only what differs from what the page opens with. */
  function query() {
    const changed = inputs.filter(({name, initial = ""}) => fields[name].value.trim() !== initial)
    const written = ({name}) => `${name}=${encodeURIComponent(dotted(fields[name].value)).replace(/%2C/g, ",")}`
    return changed.map(written).join("&")
  }

  /** Fill the fields from an address; a sentence for each thing that is not understood. */
  function take(search) {
    const strange = []
    for (const {name, initial = ""} of inputs) fields[name].value = initial
    for (const [key, value] of new URLSearchParams(search)) {
      const name = known.get(key.toLowerCase().replace(/-/g, "_")), field = fields[name]
      if (FOREIGN.test(key)) continue
      if (!name) strange.push(said(words.key, {key: key.slice(0, 40)}))
      else if (field.options) {
        const option = [...field.options].find(one => one.value.toLowerCase() === value.trim().toLowerCase())
        if (option) field.value = option.value
        else strange.push(said(words.option, {label: byName[name].label, value: value.slice(0, 40)}))
      } else field.value = dashed(value.slice(0, 200))
      if (name && byName[name].group === "advanced" && value) part("more").open = true
    }
    list(part("strange"), strange)
  }

  const address = () => `${location.href.replace(/[?#].*/, "")}${query() && `?${query()}`}`

  function remember(push) {
    const asked = query()
    form.dataset.asked = asked // the language switch takes it along (language.js)
    try {
      const url = `${location.pathname}${asked && `?${asked}`}${location.hash}`
      history[push ? "pushState" : "replaceState"](history.state, "", url)
    } catch { /* forbidden to pages from a folder in some browsers: the button that copies the link has it all the same */ }
  }

  /* ---- the result ---- */

  function pattern(unit, currency) {
    const one = data.units[unit]
    return typeof one === "string" ? one : one[currency]
  }

  /** The answer, and as an error each assumption that the reader has taken away: none is put in silently. */
  function calculate(texts) {
    const answer = engine.calculate(data, texts), currency = texts.currency || "USD"
    for (const {name, kind, default: assumed, from} of inputs) {
      const taken = /number|range/.test(kind) && assumed && !from && !texts[name].trim()
      if (taken) answer.errors[name] ||= {field: name, message: "needed"}
    }
    answer.figure = (range, unit) => engine.figure(range, unit, pattern(unit, currency), language)
    answer.shown = (range, unit) => whole(answer.figure(range, unit))
    answer.texts = texts
    answer.currency = currency
    return answer
  }

  /** An input in force as it is read: a number with its unit, the words of a choice. */
  function inForce(answer, name) {
    const value = answer.inputs.values[name], {kind, unit} = byName[name]
    if (value === null || value === undefined) return ""
    if (kind === "number" || kind === "range") return answer.figure(Array.isArray(value) ? value : [value, value], unit)
    const wanted = value.id ?? value
    return [...fields[name].options].find(one => one.value === wanted)?.text || ""
  }

  /** What must be known about this result. */
  function remarks({extra, notes: told, inputs: {sources: used}, shown}) {
    const texts = used.filter(name => data.recheck[name] < today)
      .map(name => engine.sentence(data.messages.overdue, {table: words[name], day: data.recheck[name]}))
    for (const [kind, begin] of [["yes", words.fits], ["tight", words.tight], ["no", words.no]]) {
      const cards = (extra.cards || []).filter(one => one.fits === kind).map(one => one.card)
      if (cards.length) texts.push(begin + cards.join(words.join) + words.stop.trim())
    }
    if (extra.regime) texts.push(words[extra.regime])
    if (extra.cheapest) texts.push(words[`cheapest_${extra.cheapest}`])
    for (const [at, [name, range]] of (extra.levers || []).entries()) {
      const amount = shown(range, "money")
      texts.push(said(at ? words.lever : words.most, {lever: levers[name].label, amount}))
    }
    for (const one of told) {
      const again = told.filter(({message}) => message === one.message).length > 1
      texts.push((again ? (levers[one.output] || results[one.output]).label + words.colon : "") + note(one))
    }
    return texts
  }

  const note = ({message, values}) => engine.sentence(data.messages[message], values)

  let last = null, frame, timer
  function update() {
    const answer = last = calculate(state()), broken = Object.keys(answer.errors), {values, origin} = answer.inputs
    for (const {name, error, basis} of places) {
      const field = byName[name], wrong = answer.errors[name], numeric = /number|range/.test(field.kind)
      const text = wrong ? engine.sentence(data.messages[wrong.message], {...wrong.values, field: field.label}) : ""
      write(node(error), text)
      show(error, Boolean(text))
      give(fields[name], "aria-invalid", String(Boolean(text)))
      const hint = origin[name] === "table" ? inForce(answer, name) : ""
      if (numeric && !broken.length) give(fields[name], "placeholder", hint)
      if (basis) {
        const shown = !broken.length && values[name] !== null && (field.kind === "range" || origin[name] === "table")
        if (shown) write(node(basis.querySelector("strong")), whole(inForce(answer, name)))
        show(basis, shown)
      }
      if (wrong && field.group === "advanced") part("more").open = true
    }
    show(found, !broken.length)
    show(part("plot"), !broken.length)
    const lacks = !broken.length && !answer.results[first.name]
    show(missing, broken.length > 0 || lacks)
    if (broken.length) {
      const labels = broken.map(name => `“${byName[name]?.label || name}”`).join(words.join)
      write(node(missing), said(words.missing, {labels}))
      show(first.row, false)
    } else {
      const why = answer.notes.find(({output}) => output === first.name)
      if (lacks) write(node(missing), why ? note(why) : said(words.lacking, {label: results[first.name].label}))
      for (const {text, name, row} of figures) {
        const range = answer.results[name]
        write(text, range ? answer.shown(range, results[name].unit) : "")
        show(row, Boolean(range))
      }
      for (const one of units) write(node(one), unitOf(one.dataset.unit, answer.currency))
      for (const {row, link, name} of chosen) {
        const value = values[name], found = value && (value.id ? value : data.tables.grids?.[value])
        show(row, Boolean(found?.source))
        if (!found?.source) continue
        give(link, "href", found.source)
        write(node(link), value.id || inForce(answer, name))
      }
      for (const one of sources) show(one, answer.inputs.sources.includes(one.dataset.source))
      list(notes, remarks(answer))
    }
    cancelAnimationFrame(frame)
    if (!broken.length) frame = requestAnimationFrame(draw)
    clearTimeout(timer)
    timer = setTimeout(speak, 900)
  }

  function unitOf(unit, currency) {
    const turned = pattern(unit, currency).replace(/^每(\S+) # (.+)$/, "$2/$1")
    return turned.replace("#", "").replace("(s)", "s").replace(/\s+/g, " ").trim()
  }

  /** Said to who does not see it, once the keys rest. */
  function speak() {
    const lines = all(".hb-calc__line:not([hidden])").map(one => one.textContent.trim())
    write(node(spoken), missing.hidden ? lines.join(words.semicolon) : missing.textContent)
    remember()
  }

  /* ---- the plot ---- */

  const LEFT = 58, RIGHT = 386, TOP = 8, BOTTOM = 212, SAMPLES = 25
  const svg = calculator.querySelector(".hb-calc__plot svg"), marks = axis => all(`[data-tick="${axis}"]`)
  const ticks = {x: marks("x"), y: marks("y")}
  const grids = {x: svg.querySelector('[data-grid="x"]'), y: svg.querySelector('[data-grid="y"]')}
  const bands = plotted.map(name => svg.querySelector(`[data-band="${name}"]`))

  /** Results for many values of one input: [[x, [low, high] of each result], …]. */
  function points(answer) {
    const {min, max, whole} = byName[over], here = answer.inputs.values[over]
    const from = Math.max(min, here / 10), to = Math.min(max, here * 10)
    const amounts = new Set(Array.from({length: SAMPLES}, (_, step) => {
      const value = from * (to / from) ** (step / (SAMPLES - 1))
      return whole ? Math.max(min, Math.round(value)) : value
    }))
    const made = engine.series(data, answer.texts, over, [...amounts])
    const all = [...amounts].map((x, at) => [x, plotted.map(name => made[at]?.[name])])
    return all.filter(([, ranges]) => ranges.every(Boolean))
  }

  /** Places of the marks on an axis of powers of ten: 1, 2, 5, 10 … or powers alone. */
  function steps(low, high) {
    const decades = Math.log10(high / low), factors = decades > 3.5 ? [1] : decades > 1.6 ? [1, 3] : [1, 2, 5]
    const every = decades > 7 ? Math.ceil(decades / 5) : 1, made = []
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += every)
      for (const factor of factors) {
        const value = factor * 10 ** power
        if (value >= low * .999 && value <= high * 1.001) made.push(value)
      }
    return made.slice(0, ticks.x.length)
  }

  let drawn = []
  function draw() {
    drawn = points(last)
    const lows = drawn.flatMap(([, ranges]) => ranges.map(([low]) => low))
    const highs = drawn.flatMap(([, ranges]) => ranges.map(([, high]) => high))
    const most = Math.max(...highs), positive = highs.filter(one => one > 0)
    show(part("plot"), drawn.length > 1 && most > 0)
    if (drawn.length < 2 || !(most > 0)) return
    const least = Math.max(Math.min(...lows.filter(one => one > 0), ...positive), most / 1e6)
    const span = {x: [drawn[0][0], drawn.at(-1)[0]], y: [least / 1.2, most * 1.2]}
    const place = (value, [low, high]) => Math.log(Math.max(value, low) / low) / Math.log(high / low)
    const x = value => (LEFT + place(value, span.x) * (RIGHT - LEFT)).toFixed(1)
    const y = value => (BOTTOM - place(value, span.y) * (BOTTOM - TOP)).toFixed(1)
    bands.forEach((band, at) => {
      const up = drawn.map(([value, ranges]) => `${x(value)},${y(ranges[at][1])}`)
      const down = drawn.map(([value, ranges]) => `${x(value)},${y(ranges[at][0])}`).reverse()
      give(band, "d", `M${up.join("L")}L${down.join("L")}Z`)
    })
    const at = x(last.inputs.values[over])
    give(part("here"), "d", `M${at},${TOP}V${BOTTOM}`)
    for (const axis of ["x", "y"]) {
      const values = steps(...span[axis]), unit = axis === "x" ? byName[over].unit : results[plotted[0]].unit
      const line = one => axis === "x" ? `M${x(one)},${TOP}V${BOTTOM}` : `M${LEFT},${y(one)}H${RIGHT}`
      give(grids[axis], "d", values.map(line).join(""))
      ticks[axis].forEach((mark, number) => {
        const value = values[number]
        write(node(mark), value === undefined ? "" : shortly(value, unit))
        if (value === undefined) return
        give(mark, "x", axis === "x" ? x(value) : String(LEFT - 5))
        give(mark, "y", axis === "x" ? String(BOTTOM + 17) : String(Number(y(value)) + 4))
      })
    }
    if (calculator.querySelector(".hb-calc__plot details").open) tabulate()
  }

  /** A number on an axis, without its unit; bytes and shares keep theirs. */
  function shortly(value, unit) {
    const kept = /bytes|share/.test(unit)
    return engine.figure([value, value], kept ? unit : "1", unit === "share" ? "#%" : "#", language)
  }

  function tabulate() {
    const few = drawn.filter((_, at) => at % 4 === 0 || at === drawn.length - 1)
    part("points").tBodies[0].replaceChildren(...few.map(([value, ranges]) => {
      const row = document.createElement("tr")
      const texts = ranges.map((range, at) => last.figure(range, results[plotted[at]].unit))
      for (const text of [last.figure([value, value], byName[over].unit), ...texts]) row.insertCell().textContent = text
      return row
    }))
  }

  /* ---- copies ---- */

  function tellInputs() {
    for (const row of all("[data-input]")) {
      const text = last && !Object.keys(last.errors).length ? inForce(last, row.dataset.input) : ""
      write(node(row.lastElementChild), text)
      show(row, Boolean(text))
    }
  }

  const tablesUsed = () => last.inputs.sources.filter(name => data.checked[name])

  function asText() {
    const line = (label, text) => `${label}${words.colon}${text}`
    const found = data.results.filter(({name}) => last.results[name])
    const used = inputs.filter(({name}) => inForce(last, name))
    const lines = [
      data.title, "", ...found.map(({name, label, unit}) => line(label, last.figure(last.results[name], unit))), ...remarks(last),
      "", line(words.form, ""), ...used.map(({name, label}) => line(label, inForce(last, name))),
      "", ...tablesUsed().map(name => line(words[name], said(words.checked, {day: data.checked[name]}))), address(),
    ]
    return lines.join("\n").replace(/\u2060/g, "")
  }

  function asCsv() {
    const quoted = text => /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
    const money = unit => unit.replace("money", last.currency)
    const rows = [["kind", "name", "label", "low", "high", "unit"]]
    for (const {name, label, unit = ""} of inputs) {
      const value = last.inputs.values[name], ends = Array.isArray(value) ? value : [value?.id ?? value, ""]
      if (value !== null) rows.push(["input", name, label, ...ends, money(unit)])
    }
    for (const {name, label, unit} of data.results) {
      if (last.results[name]) rows.push(["result", name, label, ...last.results[name], money(unit)])
    }
    for (const [name, range] of last.extra.levers || []) rows.push(["lever", name, levers[name].label, ...range, last.currency])
    for (const name of tablesUsed()) rows.push(["table", name, words[name], data.checked[name], "", ""])
    rows.push(["address", "", "", address(), "", ""])
    return rows.map(row => row.map(one => quoted(String(one))).join(",")).join("\r\n") + "\r\n"
  }

  const COPIES = {link: address, text: asText, csv: asCsv}
  const copy = (text, message) => window.handbook.copy?.(text, message) // share.js

  /* ---- what readers do ---- */

  form.addEventListener("input", update)
  form.addEventListener("change", () => { update(); remember() })
  form.addEventListener("submit", event => event.preventDefault())
  calculator.addEventListener("click", ({target}) => {
    const what = target.closest("[data-do]")?.dataset.do
    if (what === "reset") {
      take("")
      update()
      remember(true)
      fields[inputs[0].name].focus()
    } else if (what && (what === "link" || !Object.keys(last.errors).length)) copy(COPIES[what](), words[`copied_${what}`])
  })
  /* An example opens in the form without a new page; its link leads there all the same. */
  document.addEventListener("click", event => {
    const link = event.target.closest('a[href^="?"]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    take(link.search)
    update()
    remember(true)
    calculator.scrollIntoView({block: "start"})
    fields[inputs[0].name].focus({preventScroll: true})
  })
  addEventListener("popstate", () => { take(location.search); update() })
  addEventListener("beforeprint", () => { tellInputs(); tabulate() })
  calculator.querySelector(".hb-calc__plot details").addEventListener("toggle", () => tabulate())

  take(location.search)
  update()
  form.dataset.asked = query()
  show(part("actions"), true)
})()
