/* The language switch keeps the section and the words in the search box. It is a plain link to
 * the same page without this script. */
document.querySelector("[data-language-switch]")?.addEventListener("click", event => {
  const link = event.currentTarget
  const url = new URL(link.href)
  const query = document.querySelector(".md-search__input")?.value.trim()
  const open = document.getElementById("__search")?.checked
  url.search = query && open ? new URLSearchParams({q: query}) : ""
  url.hash = location.hash
  link.href = url
})
