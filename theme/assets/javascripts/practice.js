/* The self-test's beginning: what it needs is loaded when it starts. It starts by itself for whoever comes by a link to a
 * question or a part, or has been here before. */
(() => {
  "use strict"
  const root = document.querySelector(".hb-practice"), begin = root.querySelector(".hb-practice__begin")
  const status = root.querySelector(".hb-practice__status"), words = JSON.parse(root.dataset.words)

  const load = source => new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = source
    script.async = false // they are fetched together and run in their order
    script.onload = resolve
    script.onerror = () => reject(new Error(source))
    document.body.append(script)
  })

  async function start(plain, own) {
    begin.hidden = true
    status.textContent = words.loading
    try {
      const {fsrs, progress, deck, session} = root.dataset
      await Promise.all([fsrs, progress, deck, session].map(load))
    } catch {
      status.textContent = words.failed
      begin.hidden = false
      return
    }
    window.handbookPractice(root, words, plain, own)
  }

  function known() {
    try {
      return Object.keys(localStorage).some(key => key.startsWith("handbook.r1:"))
    } catch {
      return false
    }
  }

  root.querySelector("[data-do=start]").addEventListener("click", () => start(false, true))
  root.querySelector("[data-do=plain]").addEventListener("click", () => start(true, true))
  if (/[?&](question|field|level|for|time)=/.test(location.search) || known()) start(false, false)
  else begin.hidden = false
})()
