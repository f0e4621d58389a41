/* A sign behind a sentence opens its note and closes it again (handbook/notes). One note is open at a time; Escape
 * closes it, and its address opens it. */
(() => {
  "use strict"
  const note = sign => document.getElementById(sign.hash.slice(1))
  const signs = [...document.querySelectorAll(".hb-sign")].filter(note)

  function toggle(sign, open) {
    if (open) signs.filter(other => note(other).classList.contains("hb-open") && note(other) !== note(sign)).forEach(other => toggle(other, false))
    note(sign).classList.toggle("hb-open", open)
    for (const same of signs) if (note(same) === note(sign)) same.setAttribute("aria-expanded", open)
  }

  function reveal() {
    const sign = signs.find(({hash}) => hash === location.hash)
    if (!sign) return
    toggle(sign, true)
    sign.scrollIntoView({block: "center"})
  }

  for (const sign of signs) {
    sign.setAttribute("role", "button")
    sign.setAttribute("aria-expanded", "false")
    sign.setAttribute("aria-controls", note(sign).id)
    sign.addEventListener("click", event => {
      event.preventDefault()
      toggle(sign, !note(sign).classList.contains("hb-open"))
    })
    sign.addEventListener("keydown", event => { if (event.key === " ") { event.preventDefault(); sign.click() } })
    if (note(sign).querySelector(".hb-note__close")) continue
    const close = document.createElement("button")
    close.className = "hb-note__close"
    close.textContent = "×"
    close.setAttribute("aria-label", handbook.words.closeNote)
    close.addEventListener("click", () => { toggle(sign, false); sign.focus() })
    note(sign).prepend(close)
  }
  addEventListener("keydown", event => {
    if (event.key !== "Escape") return
    const open = signs.find(sign => note(sign).classList.contains("hb-open"))
    if (!open) return
    if (note(open).contains(document.activeElement)) open.focus()
    toggle(open, false)
  })
  addEventListener("hashchange", reveal)
  reveal()
})()
