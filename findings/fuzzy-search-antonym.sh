#!/usr/bin/env bash
# Versions: minisearch 7.2.0 (npm)
# Guess: {fuzzy: 0.2} allows edits in a fifth of a word, rounded down as in other engines: none in a
#   Chinese word of three characters, which is exact enough to be safe.
# Behaviour seen: the share is rounded to the nearest number, so from three characters on one may
#   differ. A search for overfitting also finds underfitting, one for supervised also unsupervised
#   ("无监督" for "有监督"), and one for white box also black box.
# Output seen:
#   过拟合: 过拟合 欠拟合
#   有监督: 有监督 无监督
#   白盒: 白盒
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund minisearch@7.2.0
cat > search.mjs <<'JS'
import assert from "node:assert"
import MiniSearch from "minisearch"

const words = ["过拟合", "欠拟合", "有监督", "无监督", "白盒", "黑盒"]
const index = new MiniSearch({fields: ["word"], storeFields: ["word"]})
index.addAll(words.map((word, id) => ({id, word})))
const found = query => index.search(query, {fuzzy: 0.2}).map(hit => hit.word).join(" ")

for (const query of ["过拟合", "有监督", "白盒"]) console.log(`${query}: ${found(query)}`)
assert.equal(found("过拟合"), "过拟合 欠拟合")
assert.equal(found("有监督"), "有监督 无监督")
assert.equal(found("白盒"), "白盒")
JS
node search.mjs
