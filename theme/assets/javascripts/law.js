/* The pages on law: rules past the day by which they were to be read again say so, on the reader's day; and the
 * questions on the first page pick from its list. The answers stand in the address and nowhere else. */
(() => {
  "use strict"
  const today = new Date().toLocaleDateString("sv") // as 2026-11-29
  const overdue = [...document.querySelectorAll(".hb-rule__foot time")].filter(one => one.dateTime < today)
  const advice = document.querySelector("[data-overdue]")
  overdue.forEach(one => one.closest(".hb-rule").classList.add("hb-rule--overdue"))
  if (overdue.length && advice) {
    const note = document.createElement("p")
    note.className = "hb-law__overdue"
    note.textContent = advice.dataset.overdue.replace("#", overdue.length)
    advice.after(note)
  }

  const form = document.querySelector(".hb-pick")
  if (!form) return
  const words = JSON.parse(form.dataset.words)
  const boxes = [...form.querySelectorAll("input")], count = form.querySelector("output")
  const topics = [...document.querySelectorAll(".hb-decision li[data-in]")]
  const groups = [...document.querySelectorAll(".hb-decision")]

  /* {for: {public}, model: {tune, api}}: the answers by question. */
  const chosen = () => boxes.filter(box => box.checked).reduce((all, {name, value}) => {
    (all[name] ||= new Set()).add(value)
    return all
  }, {})

  /* A topic concerns the reader unless it is about other answers to a question that the reader answered. */
  function concerns(topic, answers) {
    const tags = topic.dataset.when.split(" ").filter(Boolean).map(tag => tag.split(":"))
    const asked = Object.keys(answers).filter(name => tags.some(([one]) => one === name))
    const place = answers.where
    return (!place || topic.dataset.in.split(" ").some(one => place.has(one)))
      && (!asked.length || asked.some(name => tags.some(([one, value]) => one === name && answers[name].has(value))))
  }

  function pick() {
    const answers = chosen()
    form.dataset.asked = asked()
    let left = 0
    for (const topic of topics) {
      topic.hidden = !concerns(topic, answers)
      left += !topic.hidden
      for (const link of topic.querySelectorAll("a[data-in]")) {
        link.hidden = Boolean(answers.where) && !answers.where.has(link.dataset.in)
      }
    }
    for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])")
    const said = Object.keys(answers).length ? words.some : words.all
    count.textContent = said.replace("#", left).replace("@", topics.length)
  }

  /* The language switch takes the answers along (language.js). */
  const asked = () => Object.entries(chosen()).map(([name, values]) => `${name}=${[...values].join(",")}`).join("&")

  function remember() {
    history.replaceState(history.state, "", `${location.pathname}${asked() && `?${asked()}`}${location.hash}`)
  }

  const given = new URLSearchParams(location.search)
  for (const box of boxes) box.checked = (given.get(box.name) || "").split(",").includes(box.value)
  form.addEventListener("change", () => { pick(); remember() })
  form.addEventListener("reset", () => setTimeout(() => { pick(); remember() }))
  form.addEventListener("submit", event => event.preventDefault())
  form.hidden = false
  pick()
})()
