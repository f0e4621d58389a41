/* The list of questions and the self-test: which questions a reader asks for, by field, level, reader and time. The
 * answers stand in the page's address and nowhere else; a time makes a plan, which cuts the questions into parts. */
(() => {
  "use strict"
  // A plan takes questions up to a level, and cuts them into as many parts: seven days, four weeks.
  const PLANS = {day: [1, 1], week: [2, 7], month: [3, 4]}
  const NAMES = ["field", "level", "for", "time"]

  /** {field: Set, …} of the words behind the ? of an address; part is a number, or 0. */
  function read(search) {
    const given = new URLSearchParams(search), asked = {}
    for (const name of NAMES) {
      const values = (given.get(name) || "").split(",").filter(Boolean)
      if (values.length) asked[name] = new Set(values)
    }
    const part = Number(given.get("part"))
    return {...asked, part: asked.time && Number.isInteger(part) && part > 0 ? part : 0}
  }

  function write(asked) {
    const said = NAMES.filter(name => asked[name]?.size).map(name => `${name}=${[...asked[name]].join(",")}`)
    if (asked.part) said.push(`part=${asked.part}`)
    return said.length ? `?${said.join("&")}` : ""
  }

  /** The questions asked for, each with the part of the plan that it is in; questions: [{id, field, level, for: []}]. */
  function pick(questions, asked) {
    const [most, parts] = PLANS[[...(asked.time || [])][0]] || [3, 1]
    const found = questions.filter(one => one.level <= most
      && (!asked.field || asked.field.has(one.field))
      && (!asked.level || asked.level.has(String(one.level)))
      && (!asked.for || one.for.some(reader => asked.for.has(reader))))
    return found
      .map((one, at) => ({one, part: parts > 1 ? Math.floor(at * parts / found.length) + 1 : 0}))
      .filter(({part}) => !asked.part || parts === 1 || part === asked.part)
  }

  /** Binds a form of the page: shows what the address asks for, calls back with it at once and after each change. */
  function bind(form, changed) {
    const boxes = [...form.querySelectorAll("input")]
    let {part, ...asked} = read(location.search)
    for (const box of boxes) box.checked = box.value ? Boolean(asked[box.name]?.has(box.value)) : !asked[box.name]
    const chosen = () => {
      const now = {part}
      for (const {name, value} of boxes.filter(box => box.checked && box.value)) (now[name] ||= new Set()).add(value)
      if (!now.time) now.part = 0
      return now
    }
    const told = first => {
      const now = chosen(), said = write(now)
      form.dataset.asked = said.slice(1) // the language switch takes the answers along (language.js)
      if (!first) history.replaceState(history.state, "", location.pathname + said + location.hash)
      changed(now)
    }
    const anew = () => { part = 0; told() }
    form.addEventListener("change", anew)
    form.addEventListener("reset", () => setTimeout(() => {
      for (const box of boxes) box.checked = !box.value
      anew()
    }))
    form.addEventListener("submit", event => event.preventDefault())
    form.hidden = false
    told(true)
  }

  window.handbookQuestions = {bind, pick, read, write}

  /* ---- the list ---- */

  const form = document.querySelector(".hb-ask"), list = document.querySelector(".hb-questions")
  if (!form || !list) return
  const words = JSON.parse(form.dataset.words), count = form.querySelector("output")
  const practice = document.querySelector(".hb-ask__start")
  const items = [...list.querySelectorAll("li")].map(item => {
    const {id, field, level, for: readers} = item.dataset
    return {item, id, field, level: Number(level), for: readers.split(" ")}
  })
  const groups = [...list.querySelectorAll(".hb-questions__field")]
  const start = practice.getAttribute("href")

  bind(form, asked => {
    const found = pick(items, asked), time = [...(asked.time || [])][0]
    for (const old of list.querySelectorAll(".hb-questions__part")) old.remove()
    for (const {item} of items) item.hidden = true
    let before = 0
    for (const {one: {item}, part} of found) {
      item.hidden = false
      if (part === before) continue
      before = part
      const head = document.createElement("li"), link = document.createElement("a")
      head.className = "hb-questions__part"
      head.append(`${words[time].replace("#", part)} · `, link)
      link.href = start + write({...asked, part})
      link.textContent = words.practise
      item.before(head)
    }
    for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])")
    count.textContent = words.found.replace("#", found.length).replace("@", items.length)
    practice.href = start + write(asked)
  })
})()
