/* A worksheet on its page: figures by calculators-engine.js as the reader types, sentences by choice, and the whole as
 * Markdown. handbook/worksheets/sheets.py computes the same at build. The state stands in the address alone. */
(() => {
  "use strict"
  const sheet = document.querySelector(".hb-sheet"), engine = self.calculators
  const part = selector => sheet.querySelector(selector), all = selector => [...sheet.querySelectorAll(selector)]
  const data = JSON.parse(part(".hb-sheet__data").textContent), {fields, figures, calculators, units, messages, words} = data
  const form = part("form"), language = document.documentElement.lang.slice(0, 2)
  const byName = Object.fromEntries(fields.map(one => [one.name, one])), input = name => form.elements.namedItem(name)
  const FOREIGN = /^(?:p|q|from|isappinstalled|utm_\w+|fbclid|gclid|spm|share_\w+|nsukey|scene|clicktime|enterid)$/
  const said = (text, values = {}) => text.replace(/#(\w*)/g, (one, name) => values[name] ?? one)
  const show = (place, shown) => { if (place) place.hidden = !shown }
  const today = new Date().toLocaleDateString("sv") // as 2026-11-29
  const dotted = text => text.trim().replace(/\s*–\s*/g, ".."), dashed = text => text.replace("..", "–")
  const numeric = ({kind}) => kind === "number" || kind === "range"

  /* ---- the state ---- */

  const state = () => Object.fromEntries(fields.map(({name}) => [name, input(name).value.trim()]))
  const encoded = pairs => pairs.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2C/g, ",")}`).join("&")
  const query = () => encoded(fields.filter(({name, initial}) => input(name).value.trim() !== initial.trim())
    .map(one => [one.name, numeric(one) ? dotted(input(one.name).value) : input(one.name).value.trim()]))
  const address = () => `${location.href.replace(/[?#].*/, "")}${query() && `?${query()}`}`

  /** Fill the fields from an address; a sentence for each thing that is not understood. */
  function take(search) {
    const strange = []
    for (const {name, initial} of fields) input(name).value = initial
    for (const [key, value] of new URLSearchParams(search)) {
      const one = byName[key]
      if (FOREIGN.test(key)) continue
      if (!one) strange.push(said(words.unknown_key, {key: key.slice(0, 40)}))
      else if (!input(key).options) input(key).value = numeric(one) ? dashed(value.slice(0, 200)) : value.slice(0, 900)
      else if ([...input(key).options].some(option => option.value === value)) input(key).value = value
      else strange.push(said(words.option, {label: one.label, value: value.slice(0, 40)}))
    }
    const list = part(".hb-calc__strange")
    list.replaceChildren(...strange.map(text => Object.assign(document.createElement("li"), {textContent: text})))
    show(list, strange.length)
  }

  function remember(push) {
    form.dataset.asked = query() // the language switch takes it along (language.js)
    try {
      const url = `${location.pathname}${query() && `?${query()}`}${location.hash}`
      history[push ? "pushState" : "replaceState"](history.state, "", url)
    } catch { /* forbidden to pages from a folder in some browsers: the button that copies the link has it all the same */ }
  }

  /* ---- figures ---- */

  const sentence = (wrong, label) => engine.sentence(messages[wrong.message], {...wrong.values, field: label})
  const both = value => Array.isArray(value) ? value : [value, value]

  /** The inputs of a calculator by the address that a reader pasted; null where it is none. */
  function pasted(text, calculator) {
    if (!text.match(new RegExp(`tools/${calculator}(?:/|\\.html|$|[?#])`))) return null
    const inputs = calculators[calculator].inputs, found = Object.fromEntries(inputs.map(one => [one.name, one.initial ?? ""]))
    for (const [key, value] of new URLSearchParams(text.replace(/^[^?]*\??/, "").replace(/#.*/, ""))) {
      if (FOREIGN.test(key)) continue
      if (!(key in found)) return null
      found[key] = value
    }
    return found
  }

  /** What the calculator of a figure is given: the form over what is fixed over its defaults. */
  function given({calculator, fixed = {}, take: taken}, texts) {
    const found = Object.fromEntries(calculators[calculator].inputs.map(one => [one.name, one.default ?? ""]))
    for (const [key, value] of Object.entries(fixed)) found[key] = String(value)
    for (const [key, field] of Object.entries(taken)) if (texts[field]) found[key] = texts[field]
    return found
  }

  /** A figure made of others, as in sheets.py. */
  function made(one, values) {
    const of = part => typeof part === "string" ? values[part] : [part, part]
    if (one.margin) {
      const [price, cost] = one.margin.map(of)
      return price && cost && [1 - cost[1] / price[0], 1 - cost[0] / price[1]]
    }
    const parts = [...one.sum.flat(), one.reserve ?? 0, one.per ?? 1].map(of)
    if (!parts.every(Boolean)) return undefined
    const reserve = of(one.reserve ?? 0), per = of(one.per ?? 1)
    const sum = [0, 1].map(end => one.sum.reduce((total, product) => total + product.reduce((all, part) => all * of(part)[end], 1), 0) * (1 + reserve[end]))
    return [sum[0] / per[1], sum[1] / per[0]]
  }

  /** All figures for these texts: {values, errors by field, notes by figure, currencies}. */
  function compute(texts) {
    const values = {}, errors = {}, notes = {}, inputs = {}, currency = {"": texts.currency || "USD"}
    for (const one of fields) {
      if (!numeric(one) || one.from && !texts[one.name]) continue
      try { values[one.name] = both(engine.parse(texts[one.name], one, texts.currency || "")) } catch (error) {
        if (!error.field) throw error
        errors[one.name] = sentence(error, one.label)
      }
    }
    const wrong = new Set(Object.keys(errors))
    for (const one of figures) {
      if (!one.calculator) {
        const value = made(one, values)
        if (value) values[one.name] = value
        continue
      }
      const {calculator} = one, paste = one.paste && texts[one.paste]
      const asked = paste ? pasted(paste, calculator) : given(one, texts)
      if (!asked) {
        errors[one.paste] = said(words.paste, {title: calculators[calculator].title})
        continue
      }
      if (!paste && Object.values(one.take).some(name => wrong.has(name))) continue
      if (paste && texts.currency && (asked.currency || "USD") !== texts.currency) currency[""] = asked.currency || "USD"
      const answer = engine.calculate(calculators[calculator], asked)
      inputs[one.name] = asked
      currency[one.name] = asked.currency || "USD"
      for (const [key, error] of Object.entries(answer.errors)) {
        const field = !paste && one.take[key], label = calculators[calculator].inputs.find(i => i.name === key)?.label || key
        if (field) errors[field] ||= sentence(error, byName[field].label)
        else if (paste) errors[one.paste] ||= sentence(error, label)
        else notes[one.name] = sentence(error, label)
      }
      if (Object.keys(answer.errors).length) continue
      for (const key of one.show) if (answer.results[key]) values[`${one.name}.${key}`] = answer.results[key]
      const overdue = answer.inputs.sources.filter(name => calculators[calculator].recheck[name] < today)
      if (overdue.length) notes[one.name] = engine.sentence(messages.overdue, {table: overdue.join(", "), day: calculators[calculator].recheck[overdue[0]]})
    }
    return {values, errors, notes, inputs, currency}
  }

  const valueOf = (found, {name, calculator}, key) => found.values[calculator ? `${name}.${key}` : name]
  function inWords(found, figure, [key, , unit]) {
    const value = valueOf(found, figure, key), money = found.currency[figure.name] || found.currency[""]
    const pattern = typeof units[unit] === "string" ? units[unit] : units[unit][money]
    return value ? engine.figure(value, unit, pattern, language) : ""
  }

  /* ---- what stands on the page ---- */

  let found
  function update() {
    const texts = state()
    found = compute(texts)
    for (const {name} of fields) {
      const place = part(`#error-${name}`), text = found.errors[name] || ""
      place.textContent = text
      show(place, text)
      input(name).setAttribute("aria-invalid", String(Boolean(text)))
    }
    show(part(".hb-sheet__wrong"), Object.keys(found.errors).length)
    for (const figure of figures) {
      for (const one of figure.shown) {
        const place = part(`[data-figure="${figure.name}.${one[0]}"]`), text = inWords(found, figure, one) || "—"
        place.textContent = text.replace(/(?<=\d)–(?=\d)/, "\u2060–\u2060") // never broken (handbook/markup.py)
      }
      if (!figure.calculator) continue
      const link = part(`[data-calculator="${figure.name}"]`), note = part(`#error-figure-${figure.name}`)
      const {inputs} = calculators[figure.calculator], asked = found.inputs[figure.name] || {}
      const pairs = inputs.filter(one => asked[one.name] !== undefined && dashed(asked[one.name]) !== dashed(one.initial ?? ""))
      link.href = `${link.getAttribute("href").replace(/\?.*/, "")}?${encoded(pairs.map(one => [one.name, dotted(asked[one.name])]))}`
      note.textContent = found.notes[figure.name] || ""
      show(note.parentElement, note.textContent)
      const basis = part(`[data-basis="${figure.name}"]`), used = figure.paste && texts[figure.paste] && !found.errors[figure.paste]
      basis.textContent = used ? `${words.pasted} · ` : ""
      show(basis, used)
    }
    for (const item of all("[data-when]")) {
      const when = Object.entries(JSON.parse(item.dataset.when))
      show(item, when.every(([name, options]) => options.includes(texts[name])))
    }
    show(part(".hb-sheet__says"), all("[data-when]:not([hidden])").length)
    for (const cell of all("[data-told]")) cell.textContent = told(cell.dataset.told)
  }

  const told = name => input(name).options ? input(name).selectedOptions[0]?.text || "" : input(name).value.trim()

  function asMarkdown() {
    const line = (label, text) => `- **${label}${words.colon.trim()}** ${text.replace(/\s*\n\s*/g, " ")}`
    const rows = fields.map(({name, label}) => [label, told(name)]).filter(([, text]) => text)
    const results = figures.flatMap(figure => figure.shown.map(one => [one[1], inWords(found, figure, one)])).filter(([, text]) => text)
    const says = all("[data-when]:not([hidden])").map(item => {
      const copy = item.cloneNode(true)
      copy.querySelectorAll("a").forEach((link, at) => link.replaceWith(`[${link.textContent}](${item.querySelectorAll("a")[at].href})`))
      return `- ${copy.textContent}`
    })
    const dates = [...new Set(figures.filter(one => one.calculator).map(one => said(words.dated, {day: Object.values(calculators[one.calculator].checked).sort().at(-1)})))]
    const block = (title, lines) => lines.length ? [`## ${title}`, "", ...lines, ""] : []
    return [
      `# ${data.title}`, "", `${words.question}${data.question}`, "",
      ...block(words.form, rows.map(([label, text]) => line(label, text))),
      ...block(words.figures, [...results.map(([label, text]) => line(label, text)), ...dates.map(one => `- ${one}`)]),
      ...block(words.says, says), `${words.address}${address()}`, "",
    ].join("\n")
  }

  /* ---- what readers do ---- */

  const copy = (text, message) => window.handbook?.copy ? window.handbook.copy(text, message) : navigator.clipboard.writeText(text)
  let timer
  form.addEventListener("input", () => {
    update()
    clearTimeout(timer)
    timer = setTimeout(() => {
      remember()
      const first = figures.at(-1)
      if (first) part(".hb-calc__spoken").textContent = Object.keys(found.errors).length ? words.wrong : `${first.shown.at(-1)[1]}${words.colon}${inWords(found, first, first.shown.at(-1))}`
    }, 700)
  })
  form.addEventListener("change", () => { update(); remember() })
  form.addEventListener("submit", event => event.preventDefault())
  sheet.addEventListener("click", ({target}) => {
    const what = target.closest("[data-do]")?.dataset.do
    if (what === "copy") copy(asMarkdown(), words.copied)
    else if (what === "link") copy(address(), words.copied_link)
    else if (what === "print") print()
    else if (what === "reset") {
      take("")
      update()
      remember(true)
      input(fields[0].name).focus()
    }
  })
  /* An example opens in the form without a new page; its link leads there all the same. */
  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-example]")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    take(link.dataset.example)
    update()
    remember(true)
    sheet.scrollIntoView({block: "start"})
    input(fields[0].name).focus({preventScroll: true})
  })
  addEventListener("popstate", () => { take(location.search); update() })

  take(location.search)
  update()
  form.dataset.asked = query()
  show(part(".hb-calc__actions"), true)
})()
