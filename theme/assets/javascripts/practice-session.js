/* The self-test: one question after the other, what is due first, then new ones. practice.js loads it. */
window.handbookPractice = (root, words, plain, focus) => {
  "use strict"
  const {bind, pick, read} = window.handbookQuestions
  const {studyDay, dateOf} = HandbookProgress
  const NEW = 10, ASK = {days: 7, reviews: 50}
  const SPACE = 3 // questions before one that was forgotten comes back
  const $ = selector => root.querySelector(selector), button = name => $(`[data-do=${name}]`)
  const {questions, retired} = self.handbookDeck
  const byId = new Map(questions.map(one => [one.id, one]))
  const progress = new HandbookProgress(retired)
  const card = $(".hb-recall"), done = $(".hb-done"), status = $(".hb-practice__status"), trouble = $(".hb-practice__trouble")
  const heading = $(".hb-recall__question"), answer = $(".hb-recall__answer"), grades = [...root.querySelectorAll("[data-grade]")]
  const undoButton = button("undo"), told = $(".hb-practice__told")
  let asked = read(location.search), wanted = new URLSearchParams(location.search).get("question")
  let queue = [], current = null, history = [], extra = 0
  const repeated = new Set() // forgotten in this session, and not yet known

  const fill = (text, values) => text.replace(/[#@%!]|\{\w+\}/g, mark => values[mark.replace(/[{}]/g, "")] ?? mark)
  const say = (text, ...values) => fill(text, Object.fromEntries(values.map((value, at) => ["#@%!"[at], value])))

  /* ---- which questions ---- */

  const state = id => progress.states.get(id)
  const learnt = id => Boolean(state(id)?.memory)
  const aside = id => Boolean(state(id)?.aside)
  const isDue = id => learnt(id) && !aside(id) && state(id).due <= progress.today
  const limit = () => {
    const kept = progress.setting("new")
    return /^\d{1,3}$/.test(kept ?? "") ? Number(kept) : NEW
  }

  /** The ids asked for, what is due of them (the likeliest forgotten first), what is new, and how much of that today. */
  function look() {
    const ids = pick(questions, asked).map(({one}) => one.id)
    const due = ids.filter(isDue).map(id => [progress.retrievability(id), id]).sort((a, b) => a[0] - b[0])
    const fresh = ids.filter(id => !learnt(id) && !aside(id))
    let left = fresh.length // a part of a plan is a day's work by itself
    if (!asked.part) {
      let begun = 0
      for (const one of progress.states.values()) if (one.memory && one.first === progress.today) begun++
      left = Math.max(0, limit() - begun) + extra
    }
    return {ids, due: due.map(([, id]) => id), fresh, today: fresh.slice(0, left)}
  }

  function plan() {
    const {ids, due, today} = look()
    queue = plain ? ids : [...due, ...today]
    if (wanted && byId.has(wanted)) queue = [wanted, ...queue.filter(id => id !== wanted)]
    wanted = null
  }

  /* ---- what is shown ---- */

  function counts() {
    if (plain) status.textContent = say(words.leftPlain, queue.length)
    else {
      const fresh = queue.filter(id => !learnt(id)).length
      status.textContent = say(words.left, queue.length - fresh, fresh)
    }
    trouble.hidden = !progress.trouble
    if (progress.trouble && trouble.textContent !== words[progress.trouble]) trouble.textContent = words[progress.trouble]
    undoButton.disabled = !history.length
  }

  function show(focused = true) {
    current = queue[0] || null
    card.hidden = !current
    done.hidden = Boolean(current)
    $(".hb-recall__more[hidden]")?.removeAttribute("hidden")
    counts()
    if (!current) return finish(focused)
    const {title, about, address} = byId.get(current)
    $(".hb-recall__about").textContent = about
    heading.textContent = title
    answer.hidden = $(".hb-recall__grades").hidden = $(".hb-recall__plain").hidden = true
    $(".hb-recall__show").hidden = false
    $(".hb-recall__short").textContent = byId.get(current).answer
    $(".hb-recall__full").href = location.protocol === "file:" ? address.replace("/#", "/index.html#") : address
    button("aside").hidden = plain
    if (!plain) {
      const days = progress.intervals(current)
      grades.forEach((one, at) => { one.querySelector("small").textContent = inDays(days[at]) })
    }
    if (focused) heading.focus()
  }

  const inDays = days => days <= 0 ? words.today : days === 1 ? words.day : say(words.days, days)

  function reveal() {
    if (!current || !answer.hidden) return
    answer.hidden = false
    $(".hb-recall__show").hidden = true
    $(plain ? ".hb-recall__plain" : ".hb-recall__grades").hidden = false
    answer.focus({preventScroll: true})
    answer.scrollIntoView({block: "nearest"})
  }

  function finish(focused) {
    const {ids, fresh} = look(), more = button("more")
    const dues = ids.filter(id => learnt(id) && !aside(id) && state(id).due > progress.today).map(id => state(id).due)
    const next = Math.min(...dues), said = [ids.length ? history.length || plain ? words.done : words.nothing : words.none]
    if (dues.length && !plain) {
      said.push(fill(words.next, {date: dateOf(next), "#": dues.filter(day => day === next).length}))
    }
    more.hidden = plain || !fresh.length
    if (!more.hidden) said.push(say(words.more, fresh.length, limit()))
    more.textContent = words.moreNow
    done.firstElementChild.textContent = said.join(" ")
    if (focused) done.focus()
    progress.remember()
    facts()
  }

  /* ---- what the reader does ---- */

  function grade(value) {
    if (!current || answer.hidden || plain) return
    history.push({id: current, ...progress.add(current, value)})
    queue.shift()
    repeated.delete(current)
    if (value === 1) {
      repeated.add(current)
      queue.splice(Math.min(SPACE, queue.length), 0, current)
    }
    show()
  }

  const actions = {
    show: reveal,
    again() {
      queue.splice(Math.min(SPACE + 1, queue.length), 0, queue.shift())
      show()
    },
    next() {
      queue.shift()
      show()
    },
    aside() {
      history.push({id: current, ...progress.add(current, 5)})
      queue = queue.filter(id => id !== current)
      show()
      status.textContent = `${words.setAside} ${status.textContent}`
    },
    undo() {
      const last = history.pop()
      if (!last) return
      progress.undo(last)
      queue = [last.id, ...queue.filter(id => id !== last.id)]
      show()
      status.textContent = `${words.undone} ${status.textContent}`
    },
    more() {
      extra += NEW
      plan()
      show()
    },
    takeup() {
      const ids = [...progress.states.keys()].filter(aside)
      for (const id of ids) progress.add(id, 6)
      tell(say(words.takenUp, ids.length))
      anew()
    },
    export() {
      const text = progress.export()
      const link = document.createElement("a")
      link.href = URL.createObjectURL(new Blob([text], {type: "application/json"}))
      link.download = "handbook-progress.json"
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 1e4)
      exported()
    },
    copy() {
      $(".hb-practice__copy").hidden = false
      const box = $("[name=exported]")
      box.value = progress.export()
      box.focus()
      box.select()
      exported(words.copied)
    },
    import: () => take($("[name=pasted]").value),
    clear() {
      $(".hb-practice__sure").hidden = false
      button("keep").focus()
    },
    keep() {
      $(".hb-practice__sure").hidden = true
      button("clear").focus()
    },
    sure() {
      progress.clear()
      history = []
      $(".hb-practice__sure").hidden = true
      button("clear").focus()
      tell(words.cleared)
      anew()
    },
  }

  function exported(text = say(words.saved, [...progress.all().values()].flat().length)) {
    progress.setting("exported", `${progress.now()} ${progress.total}`)
    facts()
    tell(text)
  }

  function take(text) {
    const {fault, added, known, unreadable} = progress.import(text)
    tell(fault ? words.fault[fault] : say(words.imported, added, known, unreadable))
    if (added) {
      history = []
      anew()
    }
  }

  /** Says something beside the progress; the same text twice is said twice. */
  function tell(text) {
    told.textContent = ""
    requestAnimationFrame(() => { told.textContent = text })
    counts()
  }

  /** The queue from the beginning; a question whose answer is open stays. */
  function anew(focused = false) {
    const open = current && !answer.hidden && !card.hidden ? current : null
    plan()
    if (open && byId.has(open)) {
      queue = [open, ...queue.filter(id => id !== open)]
      counts()
    } else show(focused)
    facts()
  }

  /* ---- facts, settings, statistics ---- */

  function facts() {
    const said = [], gone = [...progress.states.keys()].filter(id => !byId.has(id)).length
    const [at, total] = (progress.setting("exported") || "").split(" ").map(Number)
    said.push(at ? fill(words.lastExport, {date: dateOf(studyDay(at))}) : words.neverExport)
    const first = Math.min(progress.today, ...[...progress.states.values()].filter(one => one.memory).map(one => one.first))
    const since = progress.today - (at ? studyDay(at) : first), reviews = progress.total - (total || 0)
    if (reviews > 0 && (since >= ASK.days || reviews >= ASK.reviews)) said.push(words.askExport)
    const ahead = [...progress.ahead.values()].reduce((sum, one) => sum + one, 0)
    if (ahead) said.push(say(words.ahead, ahead))
    if (progress.unreadable) said.push(say(words.unreadable, progress.unreadable))
    if (gone) said.push(say(words.gone, gone))
    $(".hb-practice__facts").textContent = said.join(" ")
    if ($(".hb-practice__stats").open) statistics()
  }

  function statistics() {
    const here = [...progress.states].filter(([id]) => byId.has(id)), today = progress.today
    const text = document.createElement("div"), past = Array(30).fill(0), coming = Array(30).fill(0)
    let later = 0, recalled = 0
    for (const id of progress.all().keys()) {
      let last = 0
      for (const {day, grade: value, ms} of progress.reviews(id)) {
        if (value > 4 || ms > progress.now() + 864e5) continue
        if (today - day >= 0 && today - day < 30) past[29 - (today - day)]++
        if (last && day > last) {
          later++
          recalled += value > 1
        }
        last = Math.max(last, day)
      }
    }
    for (const [id, one] of here) {
      const days = Math.max(0, one.due - today)
      if (one.memory && !aside(id) && days < 30) coming[days]++
    }
    text.textContent = say(words.sums, here.filter(([id]) => learnt(id)).length, here.filter(([id]) => isDue(id)).length,
      here.filter(([id]) => aside(id)).length, progress.total)
    if (later) text.textContent += ` ${say(words.recall, Math.round(100 * recalled / later))}`
    $(".hb-practice__stats > div").replaceChildren(text, chart(words.past, past, today - 29), chart(words.ahead30, coming, today))
  }

  /** A column for each day. The picture's name tells the sum and the highest one. */
  function chart(title, values, first) {
    const most = Math.max(...values), figure = document.createElement("div"), caption = document.createElement("div")
    const svg = (name, attributes) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name)
      for (const key in attributes) element.setAttribute(key, attributes[key])
      return element
    }
    const picture = svg("svg", {viewBox: "0 0 300 62", role: "img", class: "hb-chart"})
    const sum = values.reduce((all, one) => all + one, 0)
    const label = fill(words.chart, {title, "#": sum, "@": most, date: dateOf(first + values.indexOf(most))})
    picture.setAttribute("aria-label", label)
    picture.append(svg("line", {x1: 0, y1: 61, x2: 300, y2: 61}))
    values.forEach((value, at) => {
      const height = most ? 60 * value / most : 0
      picture.append(svg("rect", {x: at * 10 + 1, y: 61 - height, width: 8, height}))
    })
    caption.textContent = label
    figure.className = "hb-practice__chart"
    figure.append(picture, caption)
    return figure
  }

  /* ---- beginning ---- */

  root.addEventListener("click", event => {
    const one = event.target.closest("button")
    if (one?.dataset.grade) grade(Number(one.dataset.grade))
    else if (actions[one?.dataset.do]) actions[one.dataset.do]()
  })
  root.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || !card.contains(event.target)) return
    if (event.key === " " && !event.target.closest("button, a") && answer.hidden) reveal()
    else if (/^[1-4]$/.test(event.key) && !answer.hidden) {
      if (!plain) grade(Number(event.key))
    } else if (event.key === "u") actions.undo()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  const number = $("[name=new]")
  number.value = limit()
  number.addEventListener("change", () => {
    if (/^\d{1,3}$/.test(number.value)) progress.setting("new", number.value)
    number.value = limit()
    anew()
  })
  $("[name=file]").addEventListener("change", async ({target}) => {
    const [file] = target.files
    if (file) take(await file.text())
    target.value = ""
  })
  $(".hb-practice__stats").addEventListener("toggle", ({target}) => target.open && statistics())
  progress.heard = () => { // what another tab has done need not be done here
    queue = queue.filter(id => plain || id === current || repeated.has(id) || isDue(id) || !learnt(id) && !aside(id))
    counts()
    facts()
  }
  $(".hb-practice__file").hidden = location.protocol !== "file:"
  for (const name of [".hb-practice__filter", ".hb-practice__stats", ".hb-practice__mine"]) $(name).hidden = false
  let bound = false
  bind($(".hb-ask"), now => {
    asked = now
    if (bound) anew()
    bound = true
  })
  plan()
  show(focus)
  facts()
}
