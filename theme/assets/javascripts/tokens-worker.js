/* Counts tokens off the page's thread. In: {load, url, bytes} once for each vocabulary, then {count, text, limit, ticket};
 * out: {progress}, {ready}, {ticket, …what the engine found}; {error} when a vocabulary cannot be had. */
importScripts("tokens-engine.js")

const tokenizers = {}
let waiting = null // the latest text; those before it need no answer

/** A file's text, telling how much of it has come. */
async function fetched(url, bytes) {
  const response = await fetch(url)
  if (!response.ok) throw new Error(response.status)
  const reader = response.body.getReader(), decoder = new TextDecoder()
  let text = ""
  for (let part; !(part = await reader.read()).done;) {
    text += decoder.decode(part.value, {stream: true})
    postMessage({progress: Math.min(1, text.length / bytes)})
  }
  return text
}

async function load({load: name, url, bytes}) {
  try {
    const text = await fetched(url, bytes)
    tokenizers[name] = new Tokenizer(name, await unpacked(text.slice(text.indexOf('("') + 2, text.lastIndexOf('"'))))
    postMessage({ready: name})
  } catch (error) { postMessage({error: name, why: String(error)}) }
}

function count() {
  const {count: name, text, limit, ticket} = waiting
  waiting = null
  postMessage({ticket, name, ...tokenizers[name].look(text, limit)})
}

onmessage = ({data}) => {
  if (data.load) load(data)
  else {
    if (!waiting) setTimeout(count) // after the messages that have come already
    waiting = data
  }
}
