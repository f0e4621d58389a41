/* The switch between light and dark; partials/arrival.html sets what a page begins with. */
(() => {
  "use strict"
  const form = document.querySelector("[data-md-component=colours]")
  if (!form) return
  const inputs = [...form.querySelectorAll("input")]
  const meta = document.createElement("meta")
  meta.name = "theme-color"
  document.head.append(meta)

  /** Tell the browser around the page. */
  function announce() {
    const {backgroundColor} = getComputedStyle(document.querySelector(".md-header"))
    meta.content = backgroundColor
  }

  const media = input => input.dataset.mdColorMedia
  const matching = () => inputs.filter(input => matchMedia(media(input)).matches)

  /** Show a choice; the automatic one shows the other that matches. */
  function show(input) {
    const shown = media(input) === "(prefers-color-scheme)" && matching()[1] || input
    document.body.dataset.mdColorSwitching = "" // the theme then leaves out its transitions
    Object.assign(document.body.dataset, shown.dataset)
    for (const one of inputs) {
      one.checked = one === input
      if (one.nextElementSibling) one.nextElementSibling.hidden = one !== input
    }
    announce()
    setTimeout(() => { delete document.body.dataset.mdColorSwitching })
    const {mdColorScheme: scheme, mdColorPrimary: primary, mdColorAccent: accent} = shown.dataset
    return {media: media(input), scheme, primary, accent}
  }

  /* Kept as the theme keeps it. */
  form.addEventListener("change", ({target}) => {
    const color = show(target)
    __md_set("__palette", {index: inputs.indexOf(target), color})
    form.querySelector("button:not([hidden])")?.focus() // the one that was pressed is gone (keyboard.js)
  })
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    let kept = null
    try { kept = __md_get("__palette") } catch { /* none */ }
    show(inputs[kept ? kept.index : -1] || matching()[0] || inputs[0])
  })
  requestAnimationFrame(() => requestAnimationFrame(announce)) // when the page has its styles
})()
