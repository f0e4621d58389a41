/* The switch between light and dark; partials/javascripts/palette.html sets what a page begins with. */
(() => {
  "use strict"
  const form = document.querySelector("[data-md-component=colours]")
  if (!form) return
  const inputs = [...form.querySelectorAll("input")]
  const dark = matchMedia("(prefers-color-scheme: dark)")
  const meta = document.createElement("meta")
  meta.name = "theme-color"
  document.head.append(meta)

  /** Tell the browser around the page. */
  function announce() {
    const {backgroundColor} = getComputedStyle(document.querySelector(".md-header"))
    meta.content = backgroundColor
  }

  function show(input) {
    const of = query => inputs.find(one => one.dataset.mdColorMedia.endsWith(query))
    const automatic = input.dataset.mdColorMedia === "(prefers-color-scheme)"
    const {mdColorScheme, mdColorPrimary, mdColorAccent} =
      (automatic && of(dark.matches ? ": dark)" : ": light)") || input).dataset
    document.body.dataset.mdColorSwitching = "" // the theme then leaves out its transitions
    Object.assign(document.body.dataset, {mdColorScheme, mdColorPrimary, mdColorAccent})
    for (const one of inputs) {
      one.checked = one === input
      if (one.nextElementSibling) one.nextElementSibling.hidden = one !== input
    }
    announce()
    setTimeout(() => { delete document.body.dataset.mdColorSwitching })
    return {scheme: mdColorScheme, primary: mdColorPrimary, accent: mdColorAccent}
  }

  /* Kept as the theme keeps it, so that its own script in the header finds it. */
  form.addEventListener("change", ({target}) => {
    const color = {media: target.dataset.mdColorMedia, ...show(target)}
    __md_set("__palette", {index: inputs.indexOf(target), color})
  })
  dark.addEventListener("change", () => {
    let kept = null
    try { kept = __md_get("__palette") } catch { /* none */ }
    show(inputs[kept ? kept.index : -1] || inputs.find(one => matchMedia(one.dataset.mdColorMedia).matches) || inputs[0])
  })
  requestAnimationFrame(() => requestAnimationFrame(announce)) // when the page has its styles
})()
