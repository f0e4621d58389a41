/* What the calculators do, without a page: numbers as readers type them, the formulas of snippets/calculators/, numbers in
 * the words of a language. Pure functions, so that a test can compare them with Python; calculators.js shows them. */
self.calculators = (() => {
  "use strict"

  /* ---- numbers as people type them: snippets/calculators/numbers.py ---- */

  const SCALES = {
    k: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, million: 1e6, b: 1e9, bn: 1e9, g: 1e9, billion: 1e9, t: 1e12, tn: 1e12, trillion: 1e12,
    百: 1e2, 千: 1e3, 万: 1e4, 萬: 1e4, 十万: 1e5, 百万: 1e6, 百萬: 1e6, 千万: 1e7, 千萬: 1e7, 亿: 1e8, 億: 1e8, 十亿: 1e9, 百亿: 1e10,
    千亿: 1e11, 万亿: 1e12, 萬億: 1e12,
  }
  const BYTES = {kb: 1e3, mb: 1e6, gb: 1e9, kib: 1024, mib: 1048576, gib: 1073741824}
  const BINARY = {k: 1024, m: 1048576}
  const MONEY = {
    $: "USD", us$: "USD", usd: "USD", 美元: "USD", dollars: "USD", "¥": "CNY", "￥": "CNY", cny: "CNY", rmb: "CNY", yuan: "CNY",
    元: "CNY", 人民币: "CNY",
  }
  const WORDS = {
    parameters: ["parameters", "params", "参数", "个参数"],
    tokens: ["token", "tokens", "个token", "词元", "个词元"],
    "tokens/month": ["token", "tokens", "词元", "个词元"],
    cards: ["card", "cards", "gpu", "gpus", "张", "块", "卡", "张卡"],
    hours: ["h", "hour", "hours", "小时", "时", "卡时"],
    "hours/month": ["h", "hour", "hours", "小时"],
    W: ["w", "瓦"],
    "TFLOP/s": ["tflop/s", "tflops"],
    bytes: ["byte", "bytes", "字节"],
    months: ["month", "months", "个月", "月"],
    turns: ["turn", "turns", "轮"],
    layers: ["layer", "layers", "层"],
    "characters or tokens": ["字", "个字", "characters", "token", "tokens", "词元", "个词元"],
    conversations: ["个", "users", "conversations"],
  }
  const has = (table, key) => Object.hasOwn(table, key)
  const longest = names => [...names].sort((a, b) => b.length - a.length)
  const without = (text, end) => text.endsWith(end) ? text.slice(0, text.length - end.length) : text
  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", LOWERED = "0123456789-"
  const PLAIN = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/
  const GROUPED = /^\d{1,3}([,_' ])\d{3}(?:\1\d{3})*(?:\.\d+)?$/
  const POWER = /^(?:(\d+\.?\d*|\.\d+)(?:[×*x]))?10(?:\^|\*\*)([+-]?\d+)$/
  const BETWEEN = /\s*(?:\.\.+|~|〜|至|到|(?<![\p{L}\p{N}_])to(?![\p{L}\p{N}_])|(?<=[^e\s])\s*-\s*(?=[\d.$¥￥]))\s*/u
  const TOKEN = /[\d.,_' ×*^e+-]*\d\.?/
  const PIECES = /([\d.,_' ×*^+-]*\d\.?(?:e[+-]?\d+)?)\s*([^\d\s.,+-]*[^\d.,+-]*)/g

  class InputError extends Error {
    constructor(field, message, values = {}) {
      super(message)
      Object.assign(this, {field, values})
    }
  }

  const readBefore = new WeakMap() // what has been typed is read once: by field, currency and text

  /** The number, or [low, high] for a field of kind "range". Throws InputError. */
  function parse(text, field, currency = "") {
    if (typeof text !== "string") return parsed(text, field, currency)
    let known = readBefore.get(field)
    if (!known || known.size > 200) readBefore.set(field, known = new Map())
    const key = `${currency}\n${text}`
    if (!known.has(key)) known.set(key, parsed(text, field, currency))
    return known.get(key)
  }

  function parsed(text, field, currency) {
    const parts = typeof text === "string" ? read(text, field, currency) : both(text)
    for (const value of parts) checkLimits(value, String(text), field)
    if (parts[0] > parts.at(-1)) throw new InputError(field.name, "order", {value: text})
    return field.kind === "number" ? parts[0] : [parts[0], parts.at(-1)]
  }

  const bounds = ({min, max, share}) => ({low: written(min, share), high: written(max, share)})

  function checkLimits(value, text, field) {
    if (value < 0) throw new InputError(field.name, "negative", {value: text})
    if (!(field.min <= value && value <= field.max)) {
      throw new InputError(field.name, "limits", {value: text, ...bounds(field)})
    }
    if (field.whole && value !== Math.floor(value)) throw new InputError(field.name, "not_whole", {value: text})
  }

  function read(text, field, currency) {
    const clean = tidy(text), value = text.trim()
    if (!clean) throw new InputError(field.name, "needed")
    const parts = clean.split(BETWEEN)
    if (parts.length > 2 || !parts.every(Boolean)) throw new InputError(field.name, "not_a_number", {value})
    let tail = ""
    if (parts.length === 2) {
      if (field.kind !== "range") throw new InputError(field.name, "one_number", {value})
      tail = PLAIN.test(parts[0]) ? parts[1].replace(TOKEN, "").trim() : ""
      if (has(MONEY, tail)) tail = ""
    }
    return [parts[0] + tail, ...parts.slice(1)].map(end => one(end, value, field, currency))
  }

  function tidy(text) {
    return text.replace(/[\u200b\u2060\ufeff]/g, "")
      .replace(/[！-～]/g, one => String.fromCharCode(one.charCodeAt() - 0xFEE0))
      .replace(/[\u3000\u00a0\u2000-\u200a\u202f\u205f\t\r\n]/g, " ")
      .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+/g, power => "^" + power.replace(/./g, one => LOWERED[RAISED.indexOf(one)]))
      .replace(/(?<=[0-9])\s*[x*]\s*(?=10[\^*])/g, "×")
      .replaceAll("−", "-").replaceAll("\u2019", "'").replace(/[—–]/g, "~").trim().toLowerCase()
  }

  function one(text, typed, field, currency) {
    const name = field.name
    text = text.trim()
    if (/^[+-]/.test(text)) {
      const sign = text[0]
      text = text.slice(1).trim()
      const value = !text || /^[+-]/.test(text) ? NaN : one(text, typed, field, currency)
      if (sign === "-" && value > 0) throw new InputError(name, "negative", {value: typed})
      if (Number.isNaN(value)) throw new InputError(name, "not_a_number", {value: typed})
      return value
    }
    text = withoutCurrency(text, typed, field, currency)
    if (text.includes("兆")) throw new InputError(name, "zhao", {value: typed})
    const percent = /(?:%|percents?|per cent)$/.test(text)
    if (percent) {
      text = text.replace(/\s*(?:%|per ?cents?)$/, "")
      if (!field.share) throw new InputError(name, "not_a_share", {value: typed})
    }
    const value = sumOfParts(text, typed, field)
    if (percent) return value / 100
    if (field.share && value > 1) throw new InputError(name, "share", {value: typed, percent: `${typed}%`})
    return value
  }

  function withoutCurrency(text, typed, field, currency) {
    if (!field.unit.startsWith("money")) return text
    for (const mark of longest(Object.keys(MONEY)))
      if (text.startsWith(mark) || text.endsWith(mark)) {
        if (currency && MONEY[mark] !== currency) throw new InputError(field.name, "currency", {value: typed, currency})
        return without(text.startsWith(mark) ? text.slice(mark.length) : text, mark).trim()
      }
    return text
  }

  /** 1.2亿, 7b, 1亿2000万: numbers with scales, each smaller than the one before. */
  function sumOfParts(text, typed, field) {
    const pieces = [...text.matchAll(PIECES)]
    const all = pieces.map(([, digits, unit]) => digits + unit).join("")
    const fail = () => { throw new InputError(field.name, "not_a_number", {value: typed}) }
    if (all.replaceAll(" ", "") !== text.replaceAll(" ", "")) fail()
    let total = 0, last = Infinity
    pieces.forEach(([, digits, unit], index) => {
      const scale = scaleOf(unit.trim(), digits.trim(), typed, field)
      if (scale >= last || index && scale === 1) fail()
      total += digitsOf(digits.trim(), typed, field) * scale
      last = scale
    })
    return total
  }

  function scaleOf(unit, digits, typed, field) {
    const words = WORDS[without(field.unit, "/million")] || []
    for (const end of longest(words)) {
      const rest = without(unit, end).trim()
      if (unit.endsWith(end) && (!rest || has(SCALES, rest))) {
        unit = rest
        break
      }
    }
    if (!unit) return 1
    if (field.unit === "bytes" && has(BYTES, unit)) return BYTES[unit]
    if (["context", "sequence", "window"].includes(field.name) && has(BINARY, unit)) {
      const count = digitsOf(digits, typed, field)
      const both = {decimal: written(count * SCALES[unit]), binary: written(count * BINARY[unit])}
      throw new InputError(field.name, "binary", {value: typed, ...both})
    }
    if (has(SCALES, unit)) return SCALES[unit]
    if (PLAIN.test(digits)) throw new InputError(field.name, "unit", {value: typed, unit: field.unit})
    throw new InputError(field.name, "not_a_number", {value: typed})
  }

  function digitsOf(digits, typed, field) {
    const power = POWER.exec(digits.replaceAll(" ", ""))
    const value = PLAIN.test(digits) ? Number(digits) : power ? Number(`${power[1] || "1"}e${power[2]}`)
      : GROUPED.test(digits) ? Number(digits.replace(/[,_' ]/g, "")) : NaN
    if (Number.isNaN(value)) {
      throw new InputError(field.name, /^[0-9.,_' ]*$/.test(digits) ? "separators" : "not_a_number", {value: typed})
    }
    if (value === Infinity) throw new InputError(field.name, "limits", {value: typed, ...bounds(field)})
    return value
  }

  /** A number in a sentence: 1e15, 131,072, 0.001, 45%. */
  function written(value, share = false) {
    if (share) return written(Math.round(value * 1e6) / 1e4) + "%"
    if (value && !(value >= 1e-3 && value < 1e9)) {
      const exponent = Math.floor(Math.log10(value) + 1e-12)
      return `${Math.round(value / 10 ** exponent * 1000) / 1000}e${exponent}`
    }
    const whole = Math.floor(value), rest = Math.round((value - whole) * 1e6) / 1e6
    const end = rest ? rest.toFixed(6).replace(/0+$/, "").replace(/\.$/, "").slice(1) : ""
    return String(whole).replace(/\B(?=(\d{3})+$)/g, ",") + end
  }

  /* ---- from what was typed to values, and what all share: snippets/calculators/fields.py ---- */

  const both = amount => Array.isArray(amount) ? amount : [amount, amount]
  const times = (one, two) => {
    const [a, b] = both(one), [c, d] = both(two)
    return [a * c, b * d]
  }
  const over = (one, two) => {
    const [a, b] = both(one), [c, d] = both(two)
    return [a / d, b / c]
  }
  const plus = (...ranges) => ranges.reduce(([low, high], one) => {
    const [a, b] = both(one)
    return [low + a, high + b]
  }, [0, 0])
  const bare = name => name.slice(name.lastIndexOf("/") + 1).toLowerCase().replace(/[ \-_.]/g, "")

  const orders = new WeakMap()

  /** The fields by name, and in the order in which they are read: currencies and other choices first. */
  function orderOf({inputs}) {
    if (!orders.has(inputs)) {
      const order = [...inputs].sort((a, b) => (b.kind === "choice") - (a.kind === "choice"))
      orders.set(inputs, {order, fields: Object.fromEntries(inputs.map(field => [field.name, field]))})
    }
    return orders.get(inputs)
  }

  /** The values of one calculation. data: what the page holds; given: texts by the names of the inputs.
   * Where an input cannot be read, `errors` holds why, and its value stays null. */
  class Inputs {
    constructor(data, given) {
      const {fields, order} = orderOf(data)
      Object.assign(this, {data, fields, values: {}, origin: {}, errors: {}, sources: []})
      for (const field of order) {
        const typed = given[field.name] ?? "", empty = typeof typed === "string" && !typed.trim()
        const text = empty ? field.default ?? "" : typed
        this.values[field.name] = null
        this.origin[field.name] = empty ? "default" : "typed"
        try {
          if (text !== "") this.values[field.name] = this.value(field, text)
          else if (field.needed) throw new InputError(field.name, "needed")
        } catch (error) { this.wrong(error) }
      }
    }

    /** The same with another amount for one of them. */
    with(name, amount) {
      const made = Object.assign(Object.create(Inputs.prototype), this, {errors: {}, sources: []})
      return Object.assign(made, {values: {...this.values, [name]: amount}, origin: {...this.origin}})
    }

    wrong(error) {
      if (!(error instanceof InputError)) throw error
      this.errors[error.field] ??= error
    }

    value(field, text) {
      const {name, kind} = field
      if (kind === "number" || kind === "range") return parse(text, field, this.values.currency || "")
      text = text.trim()
      if (kind === "choice") {
        const found = field.options.includes(text) ? text : field.options.find(one => bare(one) === bare(text))
        if (found === undefined) throw new InputError(name, "choice", {value: text, options: field.options.join(", ")})
        return found
      }
      const rows = this.rows(kind), row = rows.find(one => one.id === text) || rows.find(one => bare(one.id) === bare(text))
      if (!row) throw new InputError(name, kind, {value: text, near: ""})
      return row
    }

    rows(kind) { return this.data.tables[`${kind}s`] }
    typed(name) { return this.values[name] !== null && this.origin[name] === "typed" }

    /** The value, or what a table holds for it; without either the message, or null where there is none. */
    fill(name, amount, message = "", values = {}) {
      if (this.values[name] === null && amount !== undefined && amount !== null) {
        this.values[name] = this.value(this.fields[name], amount)
        this.origin[name] = "table"
      }
      if (this.values[name] === null && message) throw new InputError(name, message, values)
      return this.values[name]
    }

    card(name = "gpu") {
      this.cite("cards")
      return this.values[name]
    }

    cite(source) { if (!this.sources.includes(source)) this.sources.push(source) }
  }

  /** Results as ranges, with what is not known. */
  class Answer {
    constructor(inputs) { Object.assign(this, {inputs, results: {}, notes: [], extra: {}}) }
    set(name, amount) { this.results[name] = both(amount) }
    note(output, message, values = {}) { this.notes.push({output, message, values}) }
  }

  /* ---- a training run: snippets/calculators/training.py ---- */

  function training(inputs, answer) {
    const {values} = inputs, card = inputs.card()
    /* With the hours alone there is still money, energy and carbon. */
    const hours = values.tokens || !values.gpu_hours ? work(inputs, answer, card) : values.gpu_hours
    answer.set("gpu_hours", hours)
    answer.set("days", over(hours, values.gpus * 24))
    const {currency} = values, price = inputs.fill("price", card.price?.[currency])
    if (price) answer.set("cost", times(hours, price))
    else answer.note("cost", "no_price", {card: card.id, currency})
    inputs.cite("grids")
    const carbon = inputs.fill("carbon_intensity", inputs.data.tables.grids[values.grid].carbon)
    const power = inputs.fill("power", card.power)
    if (!power) {
      answer.note("energy", "no_power", {card: card.id})
      return
    }
    const energy = times(times(hours, over(power, 1000)), values.pue)
    answer.set("energy", energy)
    answer.set("carbon", over(times(energy, carbon), 1000))
  }

  function work(inputs, answer, card) {
    const {values} = inputs
    if (!values.tokens) throw new InputError("tokens", "needed")
    const flops = compute(inputs, active(inputs))
    const peak = inputs.fill("peak", values.precision === "8" ? card.peak8 : card.peak, "card_lacks", {card: card.id})
    const speed = peak * 1e12, hours = hoursUsed(values, flops, speed)
    const measured = values.gpu_hours || values.tokens_per_second
    answer.set("flops", flops)
    answer.set("utilisation", measured ? over(flops, times(hours, speed * 3600)) : values.utilisation)
    return hours
  }

  function active(inputs) {
    const model = inputs.values.model || {}
    if (inputs.values.model) inputs.cite("models")
    const amount = model.active || (model.experts ? null : model.total)
    return inputs.fill("parameters", amount, model.experts ? "experts" : "shape")
  }

  function compute(inputs, parameters) {
    const {recomputation, layers, attention_width: width, sequence, tokens} = inputs.values
    let perToken = (recomputation === "full" ? 8 : 6) * parameters
    if (layers && width && sequence) perToken += 12 * layers * width * sequence
    else if (layers || width || sequence) {
      const name = ["layers", "attention_width", "sequence"].find(one => !inputs.values[one])
      throw new InputError(name, "together", {others: "layers, attention_width, sequence"})
    }
    return perToken * tokens
  }

  function hoursUsed(values, flops, speed) {
    if (values.gpu_hours) return both(values.gpu_hours)
    if (values.tokens_per_second) return both(values.tokens / values.tokens_per_second * values.gpus / 3600)
    return over(flops / speed / 3600, values.utilisation)
  }

  /* ---- memory: snippets/calculators/memory.py ---- */

  const STATES = {adam: 8, adam_8bit: 2, momentum: 4, sgd: 0} // bytes a parameter
  const FOUR_BITS = [.5 + .127 / 8, .5 + .5 / 8]
  const SHARDED = {
    none: [], zero1: ["optimizer"], zero2: ["optimizer", "gradients"], zero3: ["optimizer", "gradients", "weights"],
  }

  function memory(inputs, answer) {
    const {values} = inputs, model = values.model || {}
    if (values.model) inputs.cite("models")
    inputs.fill("parameters", model.total, values.model ? "experts" : "shape")
    for (const name of ["layers", "hidden", "heads", "intermediate", "vocabulary"]) inputs.fill(name, model[name])
    if (!model.window_bytes && !model.state) { // else the heads differ by layer
      inputs.fill("kv_heads", model.kv_heads)
      inputs.fill("head_dim", model.head_dim)
    }
    const parts = states(inputs, answer)
    answer.set("states", plus(...Object.values(parts)))
    activations(values, answer, parts)
    for (const name in parts) answer.set(name, parts[name])
    const perCard = plus(...Object.values(parts))
    answer.set("per_gpu", perCard)
    answer.set("total", times(perCard, values.gpus))
    inputs.cite("cards")
    const [low, high] = values.usable_memory
    answer.extra.cards = inputs.rows("card").map(card => {
      const room = card.memory * 1e9
      return {card: card.id, fits: perCard[1] <= room * low ? "yes" : perCard[0] <= room * high ? "tight" : "no"}
    })
  }

  function states(inputs, answer) {
    const {values} = inputs, {parameters: base, method, optimizer, precision} = values, wide = precision === "32"
    const trained = method === "full" ? base : adapters(inputs)
    const weight = wide ? 4 : 2, gradient = wide || values.gradients === "32" ? 4 : 2
    const state = STATES[optimizer] + (precision === "mixed" ? 4 : 0)
    const weights = method === "full" ? base * weight
      : plus(times(base, method === "qlora" ? FOUR_BITS : weight), trained * weight)
    const parts = {weights: both(weights), gradients: both(trained * gradient), optimizer: both(trained * state)}
    answer.set("trainable_parameters", trained)
    answer.set("bytes_per_parameter", over(plus(...Object.values(parts)), base))
    for (const name of SHARDED[values.sharding]) parts[name] = over(parts[name], values.gpus)
    return parts
  }

  function adapters(inputs) {
    const {values} = inputs, {hidden, heads, targets} = values, model = values.model || {}
    if (values.trainable) return values.trainable
    if (model.latent) throw new InputError("targets", "lora_mla", {model: model.id})
    for (const name of ["layers", "hidden", "heads"]) if (!values[name]) throw new InputError(name, "shape")
    if (values.model && !values.head_dim) throw new InputError("trainable", "shape")
    const size = values.head_dim || hidden / heads, queries = heads * size, keys = (values.kv_heads || heads) * size
    let sides = hidden + queries + (hidden + keys)
    if (targets !== "qv") sides = sides + (hidden + keys) + (queries + hidden)
    if (targets === "all") {
      if (!values.intermediate) throw new InputError("targets", "lora_experts")
      sides += 3 * (hidden + values.intermediate)
    }
    return values.rank * sides * values.layers
  }

  function activations(values, answer, parts) {
    const {model, sequence, batch, layers, hidden, heads, attention, precision, checkpointing, vocabulary} = values
    const tokens = sequence * batch
    if (layers && hidden && heads) {
      let layer = 34 * tokens * hidden, stored = 2 * tokens * hidden
      if (attention === "plain") layer += 5 * heads * sequence * tokens
      if (precision === "32") {
        layer *= 2
        stored *= 2
      }
      if (model?.active) answer.note("activations", "dense_layers")
      answer.set("activations_per_layer", layer)
      parts.activations = both(checkpointing === "full" ? stored * layers + layer : layer * layers)
    } else answer.note("activations", "no_activations")
    if (vocabulary) parts.logits = [0, 4 * tokens * vocabulary]
    else answer.note("logits", "no_logits")
  }

  /* ---- serving: snippets/calculators/serving.py ---- */

  const WEIGHTS = {16: [2, 2], 8: [1, 1], 4: [.5, .625]} // bytes
  const SHAPE = ["layers", "kv_heads", "head_dim", "latent", "rope_dim", "window_layers"]
  const fit = (room, one) => room > 0 ? Math.floor(room / one) : 0

  function serving(inputs, answer) {
    const machine = new Machine(inputs), {values} = inputs, {currency, gpu: card, gpus} = values
    answer.set("kv_bytes_per_token", machine.cache.token)
    answer.set("kv_bytes_per_conversation", machine.conversation)
    answer.set("fixed_bytes", machine.cache.fixed)
    answer.set("weights", machine.weights)
    answer.set("users", machine.users)
    const model = values.model || {}
    if (model.index) answer.note("tokens_per_second", "sparse")
    if (values.context > model.context) answer.note("users", "beyond", {model: model.id, tokens: written(model.context)})
    const price = inputs.fill("price", card.price?.[currency])
    if (price) answer.set("cost_per_hour", times(price, gpus))
    else answer.note("cost_per_hour", "no_price", {card: card.id, currency})
    answer.set("ceiling", machine.ceiling())
    if (machine.users[1] < 1) {
      answer.note("users", "no_fit", {needed: written(machine.cardsNeeded())})
      return
    }
    const batch = machine.batch()
    answer.set("tokens_per_second_per_user", [1 / machine.step(batch[1], 0), 1 / machine.step(batch[0], 1)])
    answer.set("tokens_per_second", [batch[0] / machine.step(batch[0], 0), batch[1] / machine.step(batch[1], 1)])
    const sustained = machine.sustained(batch)
    answer.set("sustained_tokens_per_second", sustained)
    answer.set("time_to_first_token", machine.wait())
    const early = machine.turn(1, 0), late = machine.turn(0, 1)
    if (early === null) answer.note("turning_batch", "never_compute")
    else if (late === null) answer.note("turning_batch", "maybe_never", {low: written(Math.ceil(early))})
    else answer.set("turning_batch", [early, late])
    answer.extra.regime = early === null || batch[1] < early ? "memory-bound"
      : late !== null && batch[0] >= late ? "compute-bound" : "either"
    if (price) {
      const million = times(times(over(times(price, gpus), 3600), over(1, sustained)), 1e6)
      answer.set("cost_per_million_output_tokens", over(million, values.load))
    }
  }

  /** The cache's bytes: of a token, and of a conversation what does not grow. */
  function cacheOf(inputs) {
    const {values} = inputs, model = values.model || {}, scale = Number(values.kv_bits) / 16, {context} = values
    let token, window, length, state
    if (!values.model || SHAPE.some(name => inputs.typed(name))) {
      token = both(fromShape(inputs, model))
      window = windowOf(values)
      length = values.window || 0
      state = inputs.fill("fixed_bytes", null) || 0
    } else {
      if (!model.kv) throw new InputError("layers", "shape")
      token = [model.kv, model.kv + (model.index || 0)]
      window = model.window_bytes || 0
      length = model.window || 0
      state = inputs.fill("fixed_bytes", model.state || 0)
    }
    return {token: times(token, scale), fixed: window * Math.min(context, length) * scale + state}
  }

  /** A model on some cards. Index 0 is the slow end of the ranges, 1 the fast end. */
  class Machine {
    constructor(inputs) {
      const card = inputs.card(), {values} = inputs, {gpus, context} = values
      this.values = values;
      [this.total, this.active] = sizes(inputs)
      this.cache = cacheOf(inputs)
      this.conversation = plus(times(this.cache.token, context), this.cache.fixed)
      this.weights = times(this.total, WEIGHTS[values.weight_bits])
      for (const name of ["memory", "bandwidth", "peak"])
        if (!card[name]) throw new InputError("gpu", "card_lacks", {card: card.id})
      this.memory = card.memory * 1e9
      this.bandwidth = card.bandwidth * 1e12 * gpus
      const usable = times(this.memory * gpus, values.usable_memory)
      const eight = values.weight_bits === "8" ? card.peak8 ?? card.peak : card.peak
      this.speed = times([card.peak, eight], 1e12 * gpus) // 8 bits may help, or not
      this.users = [
        fit(usable[0] - this.weights[1], this.conversation[1]), fit(usable[1] - this.weights[0], this.conversation[0]),
      ]
      this.output = context * values.output_share
      const start = context - this.output
      this.prompt = times(start, [1 - values.cached[1], 1 - values.cached[0]])
      this.read = [this.cache.token[0] * start + this.cache.fixed, this.cache.token[1] * context + this.cache.fixed]
    }

    cardsNeeded() {
      return Math.ceil((this.weights[0] + this.conversation[0]) / (this.memory * this.values.usable_memory[1]))
    }

    batch() {
      const {batch} = this.values
      if (!batch) return [Math.max(1, this.users[0]), this.users[1]]
      if (batch > this.users[1]) {
        throw new InputError("batch", "too_many", {value: written(batch), most: written(this.users[1])})
      }
      return [batch, batch]
    }

    experts(batch) { return 1 - (1 - this.active / this.total) ** batch }
    tokenSeconds(end) { return 2 * this.active / (this.speed[end] * this.values.compute_efficiency[end]) }

    step(batch, end) {
      const loaded = this.weights[1 - end] * this.experts(batch) + batch * this.read[1 - end]
      return Math.max(loaded / (this.bandwidth * this.values.bandwidth_efficiency[end]), batch * this.tokenSeconds(end))
    }

    wait() {
      return [1, 0].map(end => {
        const loaded = this.weights[1 - end] * this.experts(this.prompt[1 - end])
        const reading = loaded / (this.bandwidth * this.values.bandwidth_efficiency[end])
        return Math.max(reading, this.prompt[1 - end] * this.tokenSeconds(end))
      })
    }

    sustained(batch) {
      return [0, 1].map(end => {
        const prompt = this.prompt[1 - end] * this.tokenSeconds(end) / this.output
        return 1 / (this.step(batch[end], end) / batch[end] + prompt)
      })
    }

    ceiling() {
      const loaded = times(this.active, WEIGHTS[this.values.weight_bits])
      return [this.bandwidth / (loaded[1] + this.conversation[1]), this.bandwidth / loaded[0]]
    }

    turn(reach, compute) {
      const bandwidth = this.bandwidth * this.values.bandwidth_efficiency[reach], end = 1 - reach
      const spare = this.tokenSeconds(compute) * bandwidth - this.read[end]
      return spare > 0 ? this.weights[end] / spare : null
    }
  }

  function sizes(inputs) {
    const model = inputs.values.model || {}
    if (inputs.values.model) inputs.cite("models")
    const total = inputs.fill("parameters", model.total, model.experts ? "experts" : "shape")
    if (model.experts && !inputs.values.active_parameters && !model.active) {
      throw new InputError("active_parameters", "experts")
    }
    const working = inputs.fill("active_parameters", model.active)
    if (working && working > total) {
      const words = {value: written(working), low: written(1e3), high: written(total)}
      throw new InputError("active_parameters", "limits", words)
    }
    return [total, working || total]
  }

  function fromShape(inputs, model) {
    const layers = inputs.fill("layers", model.growing_layers, "shape")
    const latent = inputs.fill("latent", inputs.typed("kv_heads") || inputs.typed("head_dim") ? null : model.latent)
    if (latent) return layers * (latent + inputs.fill("rope_dim", model.rope_dim, "together", {others: "latent"})) * 2
    const heads = inputs.fill("kv_heads", model.kv_heads, "shape")
    return 2 * layers * heads * inputs.fill("head_dim", model.head_dim, "shape") * 2
  }

  function windowOf(values) {
    if (!values.window_layers) return 0
    for (const name of ["window", "kv_heads", "head_dim"])
      if (!values[name]) throw new InputError(name, "together", {others: "window_layers"})
    return 2 * values.window_layers * values.kv_heads * values.head_dim * 2
  }

  /* ---- an API bill: snippets/calculators/api.py ---- */

  const MONTHS = 12, DAYS = 365

  function api(inputs, answer) {
    const {values} = inputs, prices = priceList(inputs), use = givenTotals(values) ? totals(values) : dialogues(inputs)
    const daily = values.period === "day", months = daily ? DAYS / MONTHS : 1
    answer.set("input_tokens", times(use.input, months))
    answer.set("cached_tokens", times([use.input[0] * use.hits[0], use.input[1] * use.hits[1]], months))
    answer.set("output_tokens", times(use.output, months))
    const bill = ends(prices, use)
    answer.set("day", times(bill, daily ? 1 : MONTHS / DAYS))
    answer.set("month", times(bill, months))
    answer.set("year", times(bill, daily ? DAYS : MONTHS))
    if (use.dialogues) answer.set("per_dialogue", over(bill, use.dialogues))
    if (use.output[0] > 0) {
      const million = bill.map((each, end) => each / use.output[end] * 1e6)
      answer.set("cost_per_million_output_tokens", [Math.min(...million), Math.max(...million)])
    }
    if (inputs.origin.price_input === "typed") answer.note("month", "typed_prices")
    else if (use.longest > values.model.tier) {
      answer.note("month", "tier", {model: values.model.id, tokens: written(values.model.tier)})
    }
    answer.extra.levers = levers(inputs, answer, prices, use, months)
  }

  function priceList(inputs, field = "model") {
    const {values} = inputs
    if (["price_input", "price_output", "price_cached"].some(name => inputs.typed(name))) {
      for (const name of ["price_input", "price_output"])
        if (values[name] === null) throw new InputError(name, "together", {others: "price_input, price_output"})
      inputs.fill("price_cached", values.price_input)
      inputs.fill("peak_factor", 1)
      const {price_input: input, price_cached: cached, price_output: output, peak_factor: peak} = values
      return {input, cached, output, peak, batch: 1}
    }
    inputs.cite("prices")
    const found = priced(values[field], field, values.currency)
    for (const name of ["input", "cached", "output"]) found[name] = inputs.fill(`price_${name}`, found[name]) && found[name]
    return {...found, peak: inputs.fill("peak_factor", found.peak)}
  }

  function priced(row, field, currency) {
    const one = row.lists[currency]
    if (!one) throw new InputError(field, "no_list", {value: row.id, currency, options: Object.keys(row.lists).join(", ")})
    return {input: one.input, cached: one.cached, output: one.output, peak: row.peak ?? 1, batch: row.batch ?? 1}
  }

  function givenTotals(values) {
    if (["input_tokens", "output_tokens", "cached_tokens"].every(name => values[name] === null)) return false
    for (const name of ["input_tokens", "output_tokens"])
      if (values[name] === null) throw new InputError(name, "together", {others: "input_tokens, output_tokens"})
    return true
  }

  function totals({input_tokens: amount, cached_tokens: cached, output_tokens: output, shorter, ...billed}) {
    let hits = billed.cached
    if (cached !== null) {
      const words = {value: written(cached), whole: written(amount)}
      if (cached > amount) throw new InputError("cached_tokens", "part_of", words)
      hits = both(amount ? cached / amount : 0)
    }
    return {
      input: both(amount), output: both(output), hits, peak: billed.peak, batch: billed.batch, dialogues: 0,
      shorter: [both(amount), both(output * (1 - shorter))],
    }
  }

  function dialogues(inputs) {
    const {values} = inputs, rate = rateOf(inputs), {turns, dialogues: count, thinking} = values
    const [system, question, answer] = ["system", "question", "answer"].map(name => times(values[name], rate))
    const sent = spoken(turns, system, question, answer), short = times(answer, 1 - values.shorter)
    const fresh = plus(times(question, turns), times(answer, turns - 1))
    return {
      input: times(sent, count), output: times(times(plus(answer, thinking), turns), count),
      hits: values.cached, peak: values.peak, batch: values.batch, dialogues: count,
      shorter: [times(spoken(turns, system, question, short), count), times(times(plus(short, thinking), turns), count)],
      longest: system[1] + question[1] * turns + answer[1] * (turns - 1),
      repeated: sent.map((all, end) => all ? 1 - fresh[end] / all : 0),
    }
  }

  function spoken(turns, system, question, answer) {
    return plus(times(system, turns), times(question, turns * (turns + 1) / 2), times(answer, turns * (turns - 1) / 2))
  }

  function rateOf(inputs) {
    const {values} = inputs
    if (values.counted_in === "tokens") return [1, 1]
    inputs.cite("tokens")
    const named = inputs.origin.price_input === "typed" ? null : values.model.tokenizer
    return inputs.data.tables.rates[inputs.fill("tokenizer", named || "unknown")][values.text]
  }

  function billOf(prices, use, end, hits) {
    const cached = use.input[end] * hits
    let tokens = (use.input[end] - cached) * prices.input + cached * prices.cached
    tokens = (tokens + use.output[end] * prices.output) / 1e6
    return tokens * (1 + use.peak[end] * (prices.peak - 1)) * (1 - use.batch[1 - end] * (1 - prices.batch))
  }

  const ends = (prices, use) => [
    Math.min(...use.hits.map(hits => billOf(prices, use, 0, hits))),
    Math.max(...use.hits.map(hits => billOf(prices, use, 1, hits))),
  ]

  function levers(inputs, answer, prices, use, months) {
    const now = ends(prices, use), after = {}, found = []
    if (use.repeated) {
      const most = use.hits.map((share, end) => Math.max(share, use.repeated[end]))
      after.caching = [prices, {...use, hits: most}]
    }
    after.shorter = [prices, {...use, input: use.shorter[0], output: use.shorter[1]}]
    const other = smallerList(inputs)
    if (other) after.smaller = [other, use]
    if (prices.batch < 1) after.batch = [prices, {...use, batch: [1, 1]}]
    if (prices.peak > 1) after.off_peak = [prices, {...use, peak: [0, 0]}]
    for (const name of ["caching", "shorter", "smaller", "batch", "off_peak"]) {
      const then = after[name] ? ends(...after[name]) : now
      const saved = [(now[0] - then[0]) * months, (now[1] - then[1]) * months].sort((a, b) => a - b)
      if (saved[1] > 0) found.push([name, saved])
      else answer.note(name, "no_lever")
    }
    return found.sort((a, b) => b[1][1] - a[1][1])
  }

  function smallerList(inputs) {
    const {smaller, currency, model} = inputs.values
    if (smaller) return priced(smaller, "smaller", currency)
    const name = inputs.origin.price_input === "typed" ? null : model.smaller
    const row = name && inputs.rows("price").find(one => one.id === name)
    return row && row.lists[currency] ? priced(inputs.fill("smaller", row.id), "smaller", currency) : null
  }

  /* ---- what pays from when: snippets/calculators/breakeven.py ---- */

  const HOURS = 365 * 24 / 12 // a month
  const WAYS = ["own", "small"]

  function breakeven(inputs, answer) {
    inputs.cite("prices")
    const card = inputs.card(), {values} = inputs, {currency, output_tokens: demand, wage} = values
    const price = inputs.fill("price", card.price?.[currency])
    if (!price) throw new InputError("price", "card_lacks", {card: card.id})
    const each = apiPrice(values, priced(values.api, "api", currency))
    answer.set("api_month", times(each, demand))
    const tuning = plus(times(values.tuning_hours, wage), times(values.tuning_gpu_hours, price))
    const spread = {own: [0, 0], small: over(tuning, values.months)}
    answer.extra.pays = {}
    for (const way of WAYS) {
      const capacity = times(throughput(inputs, way), HOURS * 3600), cards = times(price, values[`${way}_gpus`] * HOURS)
      const people = plus(times(values[`${way}_hours`], wage), spread[way])
      const copies = [Math.ceil(demand / capacity[1]), Math.ceil(demand / capacity[0])]
      if (copies[1] > 1) answer.note(`${way}_month`, "more_copies")
      answer.set(`${way}_people`, people)
      answer.set(`${way}_capacity`, capacity)
      answer.set(`${way}_month`, plus(times(cards, copies), people))
      answer.set(`${way}_load`, over(demand, capacity))
      const tokens = over(plus(cards, people), each), load = over(tokens, capacity)
      answer.set(`${way}_breakeven_tokens`, tokens)
      answer.set(`${way}_breakeven`, load)
      answer.extra.pays[way] = load[1] <= 1 ? "yes" : load[0] <= 1 ? "perhaps" : "no"
    }
    const months = ["api", ...WAYS].map(way => answer.results[`${way}_month`])
    const place = months.findIndex(([, high]) => months.every(one => one[1] === high && one[0] <= high || high < one[0]))
    answer.extra.cheapest = ["api", ...WAYS][place] || "open"
  }

  function apiPrice(values, prices) {
    const each = [0, 1].map(end => {
      const hits = values.cached[1 - end]
      const fresh = values.input_ratio[end] * ((1 - hits) * prices.input + hits * prices.cached)
      return (fresh + prices.output) / 1e6 * (1 + values.peak[end] * (prices.peak - 1))
    })
    if (each[0] <= 0) throw new InputError("api", "nothing")
    return each
  }

  function throughput(inputs, way) {
    const {values} = inputs, model = values[`${way}_model`], count = values[`${way}_gpus`]
    if (values[`${way}_throughput`]) return both(values[`${way}_throughput`])
    const rates = [0, 1].map(end => {
      const ratio = values.input_ratio[1 - end]
      const machine = new Machine(new Inputs({...inputs.data, inputs: inputs.data.serving}, {
        model: model.id, gpu: values.gpu.id, gpus: count, context: values.context, weight_bits: values.weight_bits,
        cached: values.cached, output_share: Math.max(.001, 1 / (1 + ratio)),
      }))
      if (machine.users[1] < 1) {
        const names = {model: model.id, count: written(count), card: values.gpu.id}
        throw new InputError(`${way}_gpus`, "no_room", {...names, needed: written(machine.cardsNeeded())})
      }
      return machine.sustained(machine.batch())[end]
    })
    inputs.cite("models")
    return rates
  }

  const FORMULAS = {training, memory, serving, api, breakeven}

  /** All of it: {inputs, results, notes, extra, errors}. data: what the page holds; given: what stands in each field. */
  function calculate(data, given) {
    const inputs = new Inputs(data, given), answer = new Answer(inputs)
    if (!Object.keys(inputs.errors).length) {
      try { FORMULAS[data.name](inputs, answer) } catch (error) { inputs.wrong(error) }
    }
    return Object.assign(answer, {errors: inputs.errors})
  }

  /** The results for each amount of one input, null where there are none. */
  function series(data, given, name, amounts) {
    const inputs = new Inputs(data, given)
    return amounts.map(amount => {
      const answer = new Answer(inputs.with(name, amount))
      try { FORMULAS[data.name](answer.inputs, answer) } catch (error) {
        if (!(error instanceof InputError)) throw error
        return null
      }
      return answer.results
    })
  }

  /** The sentence of a message. words: of its places, as in “{field}: at least {low}”. */
  const sentence = (text, words) => text.replace(/\{(\w+)\}/g, (all, name) => words[name] ?? "")

  /* ---- numbers as readers read them: the same as handbook/calculators/figures.py ---- */

  const SIZES = [[1e15, " PB"], [1e12, " TB"], [1e9, " GB"], [1e6, " MB"], [1e3, " KB"], [1, " B"]]
  const LARGE = {
    zh: [[1e12, " 万亿"], [1e8, " 亿"], [1e4, " 万"]],
    en: [[1e12, " trillion"], [1e9, " billion"], [1e6, " million"]],
  }
  const SCIENTIFIC = 1e15, NONE = [1, ""]
  const three = value => Number(value.toPrecision(3))
  const raised = power => String(power).replace(/./g, one => RAISED[LOWERED.indexOf(one)])

  /** Digits with separators; a power of ten where they would be too many. */
  function plain(value) {
    const size = Math.abs(value)
    if (size && (size >= SCIENTIFIC || size < 1e-4)) {
      const [digits, power] = value.toExponential(2).split("e")
      return `${Number(digits)} × 10${raised(Number(power))}`
    }
    return size >= 1000 ? value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",") : String(three(value))
  }

  function number(low, high, scales) {
    const ends = [three(low), three(high)]
    const found = ends.map(end => Math.abs(end) >= SCIENTIFIC && scales !== SIZES ? NONE
      : scales.find(([scale]) => Math.abs(end) >= scale) || NONE)
    const texts = ends.map((end, place) => plain(end / found[place][0]))
    if (ends[0] === ends[1]) return texts[1] + found[1][1]
    if (found[0] !== found[1]) {
      const byHigh = ends[0] / found[1][0]
      if (ends[0] && byHigh < .1) return `${texts[0]}${found[0][1]}–${texts[1]}${found[1][1]}`
      texts[0] = plain(byHigh)
    }
    return `${texts[0]}–${texts[1]}${found[1][1]}`
  }

  /** A range with its unit. pattern: of the unit, "# token(s)". */
  function figure([low, high], unit, pattern, language) {
    const factor = unit === "share" ? 100 : 1
    const scales = unit === "bytes" ? SIZES : unit === "share" || unit === "FLOP" ? [] : LARGE[language]
    const text = number(low * factor, high * factor, scales)
    return pattern.replace("#", text).replace("(s)", text === "1" ? "" : "s")
      .replace(/([万亿]) (?=[万美元个张小时天秒吨层维条轮])/g, "$1")
  }

  return {calculate, series, sentence, figure, parse}
})()
