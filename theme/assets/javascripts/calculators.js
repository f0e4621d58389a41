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

  const places = inputs.map(({name}) => ({name, error: calculator.querySelector(`#error-${name}`), basis: calculator.querySelector(`[data-basis="${name}"]`)}))
  const figures = all("[data-result]").map(one => ({text: node(one), name: one.dataset.result, row: one.closest("tr, .hb-calc__line")}))
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
    return changed.map(({name}) => `${name}=${encodeURIComponent(dotted(fields[name].value)).replace(/%2C/g, ",")}`).join("&")
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
    for (const {name, kind, default: assumed, from} of inputs)
      if (/number|range/.test(kind) && assumed && !from && !texts[name].trim()) answer.errors[name] ||= {field: name, message: "needed"}
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
    const overdue = used.filter(name => data.recheck[name] < today)
      .map(name => engine.sentence(data.messages.overdue, {table: words[name], day: data.recheck[name]}))
    const fits = ["yes", "tight", "no"].map(kind => [kind, (extra.cards || []).filter(one => one.fits === kind).map(one => one.card)])
    return [
      ...overdue,
      ...fits.filter(([, cards]) => cards.length).map(([kind, cards]) => words[kind === "yes" ? "fits" : kind] + cards.join(words.join) + words.stop.trim()),
      ...extra.regime ? [words[extra.regime]] : [],
      ...extra.cheapest ? [words[`cheapest_${extra.cheapest}`]] : [],
      ...(extra.levers || []).map(([name, range], at) => said(at ? words.lever : words.most, {lever: levers[name].label, amount: shown(range, "money")})),
      ...told.map(({output, message, values}) => {
        const text = engine.sentence(data.messages[message], values), again = told.filter(one => one.message === message).length > 1
        return again ? `${(levers[output] || results[output]).label}${words.colon}${text}` : text
      }),
    ]
  }

  let last = null, frame, timer
  function update() {
    const answer = last = calculate(state()), broken = Object.keys(answer.errors), {values, origin} = answer.inputs
    for (const {name, error, basis} of places) {
      const field = byName[name], wrong = answer.errors[name], numeric = /number|range/.test(field.kind)
      const text = wrong ? engine.sentence(data.messages[wrong.message], {...wrong.values, field: field.label}) : ""
      write(node(error), text)
      show(error, Boolean(text))
      give(fields[name], "aria-invalid", String(Boolean(text)))
      if (numeric && !broken.length) give(fields[name], "placeholder", origin[name] === "table" ? inForce(answer, name) : "")
      if (basis) {
        const shown = !broken.length && values[name] !== null && (field.kind === "range" || origin[name] === "table")
        if (shown) write(node(basis.querySelector("strong")), whole(inForce(answer, name)))
        show(basis, shown)
      }
      if (wrong && field.group === "advanced") part("more").open = true
    }
    show(found, !broken.length)
    show(calculator.querySelector(".hb-calc__answer .hb-calc__line"), !broken.length)
    show(missing, broken.length > 0)
    show(part("plot"), !broken.length)
    if (broken.length) {
      const labels = broken.map(name => `“${byName[name]?.label || name}”`).join(words.join)
      write(node(missing), said(words.missing, {labels}))
    } else {
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

  const unitOf = (unit, currency) => pattern(unit, currency).replace(/^每(\S+) # (.+)$/, "$2/$1").replace("#", "").replace("(s)", "s").replace(/\s+/g, " ").trim()

  /** Said to who does not see it, once the keys rest. */
  function speak() {
    const lines = all(".hb-calc__line:not([hidden])").map(one => one.textContent.trim())
    write(node(spoken), missing.hidden ? lines.join(words.semicolon) : missing.textContent)
    remember()
  }

  /* ---- the plot ---- */

  const LEFT = 58, RIGHT = 386, TOP = 8, BOTTOM = 212, SAMPLES = 25
  const svg = calculator.querySelector(".hb-calc__plot svg"), marks = axis => all(`[data-tick="${axis}"]`)
  const ticks = {x: marks("x"), y: marks("y")}, grids = {x: svg.querySelector('[data-grid="x"]'), y: svg.querySelector('[data-grid="y"]')}
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
    return [...amounts].map((x, at) => [x, plotted.map(name => made[at]?.[name])]).filter(([, ranges]) => ranges.every(Boolean))
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
    const lows = drawn.flatMap(([, ranges]) => ranges.map(([low]) => low)), highs = drawn.flatMap(([, ranges]) => ranges.map(([, high]) => high))
    const most = Math.max(...highs), positive = highs.filter(one => one > 0)
    show(part("plot"), drawn.length > 1 && most > 0)
    if (drawn.length < 2 || !(most > 0)) return
    const least = Math.max(Math.min(...lows.filter(one => one > 0), ...positive), most / 1e6)
    const span = {x: [drawn[0][0], drawn.at(-1)[0]], y: [least / 1.2, most * 1.2]}
    const scale = (value, [low, high], from, to) => from + Math.log(Math.max(value, low) / low) / Math.log(high / low) * (to - from)
    const x = value => scale(value, span.x, LEFT, RIGHT).toFixed(1), y = value => scale(value, span.y, BOTTOM, TOP).toFixed(1)
    bands.forEach((band, at) => {
      const up = drawn.map(([value, ranges]) => `${x(value)},${y(ranges[at][1])}`)
      const down = drawn.map(([value, ranges]) => `${x(value)},${y(ranges[at][0])}`).reverse()
      give(band, "d", `M${up.join("L")}L${down.join("L")}Z`)
    })
    const at = x(last.inputs.values[over])
    give(part("here"), "d", `M${at},${TOP}V${BOTTOM}`)
    for (const axis of ["x", "y"]) {
      const values = steps(...span[axis]), unit = axis === "x" ? byName[over].unit : results[plotted[0]].unit
      give(grids[axis], "d", values.map(one => axis === "x" ? `M${x(one)},${TOP}V${BOTTOM}` : `M${LEFT},${y(one)}H${RIGHT}`).join(""))
      ticks[axis].forEach((mark, place) => {
        const value = values[place]
        write(node(mark), value === undefined ? "" : shortly(value, unit))
        if (value === undefined) return
        give(mark, "x", axis === "x" ? x(value) : String(LEFT - 5))
        give(mark, "y", axis === "x" ? String(BOTTOM + 17) : String(Number(y(value)) + 4))
      })
    }
    if (calculator.querySelector(".hb-calc__plot details").open) tabulate()
  }

  /** A number on an axis, without its unit; bytes and shares keep theirs. */
  const shortly = (value, unit) => engine.figure([value, value], /bytes|share/.test(unit) ? unit : "1", /share/.test(unit) ? "#%" : "#", language)

  function tabulate() {
    const body = part("points").tBodies[0], few = drawn.filter((_, place) => place % 4 === 0 || place === drawn.length - 1)
    body.replaceChildren(...few.map(([value, ranges]) => {
      const row = document.createElement("tr"), cells = [last.figure([value, value], byName[over].unit), ...ranges.map((range, at) => last.figure(range, results[plotted[at]].unit))]
      row.append(...cells.map(text => Object.assign(document.createElement("td"), {textContent: text})))
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

  const tablesRead = () => last.inputs.sources.filter(name => data.checked[name]).map(name => `${words[name]}${words.colon}${said(words.checked, {day: data.checked[name]})}`)

  function asText() {
    const rows = inputs.map(({name, label}) => [label, inForce(last, name)]).filter(([, text]) => text)
    const found = data.results.filter(({name}) => last.results[name]).map(({name, label, unit}) => [label, last.figure(last.results[name], unit)])
    const lines = pairs => pairs.map(([label, text]) => `${label}${words.colon}${text}`)
    return [data.title, "", ...lines(found), ...remarks(last), "", `${words.form}${words.colon.trim()}`, ...lines(rows), "", ...tablesRead(), address()].join("\n").replace(/\u2060/g, "")
  }

  function asCsv() {
    const quoted = text => /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
    const money = unit => unit.replace("money", last.currency)
    const rows = [["kind", "name", "label", "low", "high", "unit"]]
    for (const {name, label, unit = ""} of inputs) {
      const value = last.inputs.values[name]
      if (value !== null) rows.push(["input", name, label, ...typeof value === "object" && !Array.isArray(value) ? [value.id, ""] : Array.isArray(value) ? value : [value, ""], money(unit)])
    }
    for (const {name, label, unit} of data.results) if (last.results[name]) rows.push(["result", name, label, ...last.results[name], money(unit)])
    for (const [name, range] of last.extra.levers || []) rows.push(["lever", name, levers[name].label, ...range, last.currency])
    for (const name of last.inputs.sources) if (data.checked[name]) rows.push(["table", name, words[name], data.checked[name], "", ""])
    rows.push(["address", "", "", address(), "", ""])
    return rows.map(row => row.map(one => quoted(String(one))).join(",")).join("\r\n") + "\r\n"
  }

  const COPIES = {link: address, text: asText, csv: asCsv}
  const copy = (text, message) => window.handbook?.copy ? window.handbook.copy(text, message) : navigator.clipboard.writeText(text)

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
