/* The reader's reviews, in localStorage, and what follows from them: when each question is due.
 *
 * A log is one key, `handbook.r1:<log>`, written by one tab alone and only ever appended to: records joined by “;”, each
 * `<id>,<ms since 1970, base 36>,<grade>,<study day>` or, in a log that an import wrote, with the log it came from behind.
 * Grades: 1 again, 2 hard, 3 good, 4 easy; 5 set aside, 6 taken up again; 0 takes back the review of the same id, time and
 * log. So the union of all logs is the whole truth: two tabs, two devices, an import done twice.
 *
 * `handbook.practice.states` is derived: the schedule of each question, valid while the logs have the same number and
 * length. With it a long history opens as fast as a short one; without it everything is replayed. */
(() => {
  "use strict"
  const LOG = "handbook.r1:", OWN = "handbook.practice.", STATES = `${OWN}states`
  const MOST = 100 // records of a log: each append writes the log anew
  const DAY = 864e5, AHEAD = 1.5 * DAY
  const FORMAT = "handbook-progress", VERSION = 1
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/, NAME = /^[a-z0-9]{1,24}$/
  // The defaults of FSRS-6 in ts-fsrs 5.4.2, kept here: dates are replayed, so others would move everyone's.
  const SCHEDULE = {
    w: [0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
      1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542],
    request_retention: 0.9, maximum_interval: 365, enable_fuzz: false, enable_short_term: false,
  }

  /** The reader's day, which begins at 04:00 where the reader is, as a number. */
  function studyDay(ms) {
    return Math.floor((ms - new Date(ms).getTimezoneOffset() * 6e4 - 4 * 36e5) / DAY)
  }

  /** 2026-12-01 for a study day. */
  const dateOf = day => new Date(day * DAY).toISOString().slice(0, 10)

  /** A record, or null for what nobody could have written. The day is that of the time, in some time zone. */
  function record(id, ms, grade, day, log) {
    const sound = typeof id === "string" && id.length <= 60 && ID.test(id) && typeof log === "string" && NAME.test(log)
      && [ms, grade, day].every(Number.isInteger) && ms > 0 && ms < 1e13 && grade >= 0 && grade <= 6
      && Math.abs(day - ms / DAY) < 2.5
    return sound ? {id, ms, grade, day, log} : null
  }

  function parse(text, log) {
    const [id, ms, grade, day, from = log] = text.split(",")
    return record(id, parseInt(ms, 36), parseInt(grade), parseInt(day), from)
  }

  const line = ({id, ms, grade, day, log}, own) =>
    `${id},${ms.toString(36)},${grade},${day}${log === own ? "" : `,${log}`}`
  const nameOf = ({id, ms, log, grade}) => `${id},${ms},${log}${grade ? "" : ",0"}`
  const random = () => Date.now().toString(36) + crypto.getRandomValues(new Uint32Array(1))[0].toString(36)

  class Progress {
    /** retired: {old id: id that takes its history over}; now: the clock, in ms. */
    constructor(retired = {}, now = Date.now) {
      this.retired = retired
      this.now = now
      this.trouble = "" // "refused" or "full": what is done is not kept
      this.unsaved = new Set() // keys that the browser did not take
      this.algorithm = new FSRS.FSRSAlgorithm(FSRS.generatorParameters(SCHEDULE))
      this.heard = () => {}
      try {
        this.store = window.localStorage
        this.store.length
      } catch {
        this.store = null
        this.trouble = "refused"
      }
      this.begin()
      this.open()
      addEventListener("storage", event => this.hear(event))
      addEventListener("pagehide", () => this.remember())
      document.addEventListener("visibilitychange", () => document.hidden && this.remember())
    }

    /** A log of this tab's own. */
    begin() {
      this.own = random()
      this.lines = []
    }

    get today() { return studyDay(this.now()) }

    /* ---- opening ---- */

    open() {
      this.logs = new Map()
      this.size = 0
      this.ahead = new Map() // reviews dated in the future, by question
      this.known = null // Map of id to records, when all have been read
      for (const key of this.keys(LOG)) this.put(key, this.get(key))
      const kept = this.restored()
      if (kept) [this.states, this.total] = kept
      else this.replayAll()
    }

    keys(start) {
      try {
        return Object.keys(this.store || {}).filter(key => key.startsWith(start))
      } catch {
        return []
      }
    }

    get(key) {
      try {
        return this.store?.getItem(key) ?? null
      } catch {
        return null
      }
    }

    put(key, value) {
      this.size += (value || "").length - (this.logs.get(key) || "").length
      if (value === null) this.logs.delete(key)
      else this.logs.set(key, value)
    }

    /** What the states were made of: logs only grow, so their number and length tell. */
    get made() { return `1 ${this.logs.size} ${this.size} ${JSON.stringify(this.retired)}` }

    restored() {
      try {
        const {of, total, newest, states} = JSON.parse(this.get(STATES))
        if (of !== this.made || newest > this.now() + AHEAD) return null // or the clock was set back
        return [new Map(states.map(([id, s, d, first, last, due, count, lapses, aside, at]) =>
          [id, {memory: count ? {difficulty: d, stability: s} : null, first, last, due, count, lapses, aside, at}])), total]
      } catch {
        return null
      }
    }

    /** Keeps the states for the next time, unless a clock that was ahead makes them depend on the hour. */
    remember() {
      if (!this.changed || !this.store || this.ahead.size || this.trouble) return
      this.changed = false
      const newest = Math.max(0, ...[...this.states.values()].map(({at}) => at))
      const states = [...this.states].map(([id, one]) => [id, one.memory?.stability ?? 0, one.memory?.difficulty ?? 0,
        one.first, one.last, one.due, one.count, one.lapses, one.aside, one.at])
      try {
        this.store.setItem(STATES, JSON.stringify({of: this.made, total: this.total, newest, states}))
      } catch { /* it is derived: the next opening takes longer */ }
    }

    /* ---- records ---- */

    /** All records by question, each once. */
    all() {
      if (this.known) return this.known
      const seen = new Set()
      this.known = new Map()
      this.unreadable = 0
      for (const [key, value] of this.logs) {
        const log = key.slice(LOG.length)
        for (const text of value.split(";")) if (text) this.learn(parse(text, log), seen)
      }
      this.seen = seen
      return this.known
    }

    learn(one, seen = this.seen) {
      if (!one) {
        this.unreadable++
        return false
      }
      const name = nameOf(one)
      if (seen.has(name)) return false
      seen.add(name)
      const id = this.retired[one.id] || one.id
      if (this.known.has(id)) this.known.get(id).push(one)
      else this.known.set(id, [one])
      return true
    }

    /** The reviews of a question that were not taken back, in the order of time. */
    reviews(id) {
      const all = this.all().get(id) || []
      const back = new Set(all.filter(one => !one.grade).map(one => `${one.ms},${one.log},${one.id}`))
      return all.filter(one => one.grade && !back.has(`${one.ms},${one.log},${one.id}`))
        .sort((a, b) => a.ms - b.ms || (a.log < b.log ? -1 : 1))
    }

    replayAll() {
      this.states = new Map()
      this.total = 0
      for (const [id, records] of this.all()) {
        for (const {grade} of records) this.total += grade ? 1 : -1
        this.replay(id)
      }
      this.changed = true
    }

    replay(id) {
      const latest = this.now() + AHEAD, reviews = this.reviews(id)
      const past = reviews.filter(({ms}) => ms <= latest) // a clock was wrong: the others are kept, and wait
      if (past.length < reviews.length) this.ahead.set(id, reviews.length - past.length)
      else this.ahead.delete(id)
      const state = past.reduce((before, one) => this.next(before, one), null)
      if (state) this.states.set(id, state)
      else this.states.delete(id)
    }

    /** The state after a review. Of several on one study day the first counts. */
    next(state, {grade, day, ms}) {
      const before = state || {memory: null, first: 0, last: 0, due: 0, count: 0, lapses: 0, aside: 0, at: ms}
      if (grade > 4) return {...before, aside: grade === 5 ? 1 : 0, at: ms}
      if (before.memory && day <= before.last) return {...before, aside: 0, at: ms}
      const days = before.memory ? day - before.last : 0
      const memory = this.algorithm.next_state(before.memory, days, grade)
      const due = day + this.algorithm.next_interval(memory.stability, days)
      return {memory, first: before.memory ? before.first : day, last: day, due, count: before.count + 1,
        lapses: before.lapses + (before.memory && grade === 1 ? 1 : 0), aside: 0, at: ms}
    }

    /** Days until a question comes again, for each grade; 0 where today's review has been counted. */
    intervals(id) {
      const state = this.states.get(id)
      return [1, 2, 3, 4].map(grade => this.next(state, {grade, day: this.today}).due - this.today)
    }

    /** How likely the reader still knows it, 0 to 1. */
    retrievability(id) {
      const {memory, last} = this.states.get(id)
      return this.algorithm.forgetting_curve(Math.max(0, this.today - last), memory.stability)
    }

    /* ---- writing ---- */

    /** Grades a question, or sets it aside (5) or takes it up (6); gives what `undo` needs. */
    add(id, grade) {
      if (this.lines.length >= MOST && !this.trouble) this.begin()
      const now = this.now(), ms = now === this.latest ? now + 1 : now
      this.latest = ms
      const one = record(id, ms, grade, studyDay(now), this.own), before = this.states.get(id)
      this.append(one)
      this.total++
      if (before && ms < before.at) this.recount([id]) // the clock was set back
      else this.states.set(id, this.next(before, one))
      return {one, before, after: this.states.get(id)}
    }

    /** Takes a review back. It stays in its log, so that no other tab or device brings it back to life. */
    undo({one, before, after}) {
      this.append({...one, grade: 0})
      this.total--
      if (this.states.get(one.id) !== after) this.recount([one.id]) // another tab has gone on
      else if (before) this.states.set(one.id, before)
      else this.states.delete(one.id)
    }

    append(one) {
      if (this.known) this.learn(one)
      this.changed = true
      this.lines.push(line(one, this.own))
      this.save(LOG + this.own, this.lines.join(";"))
    }

    save(key, value) {
      this.put(key, value)
      if (!this.store) return
      this.unsaved.add(key)
      try {
        this.flush()
      } catch (error) {
        this.trouble = /quota/i.test(error.name) ? "full" : "refused"
        if (this.trouble !== "full" || !this.get(STATES)) return
        try { // room for reviews is worth more than a fast opening
          this.store.removeItem(STATES)
          this.flush()
        } catch { /* told by the page */ }
      }
    }

    /** Stores what was not taken before. Throws what the browser throws. */
    flush() {
      for (const key of this.unsaved) {
        this.store.setItem(key, this.logs.get(key))
        this.unsaved.delete(key)
      }
      this.trouble = ""
    }

    recount(ids) {
      this.all()
      for (const id of new Set(ids)) this.replay(id)
      this.changed = true
    }

    /* ---- other tabs ---- */

    hear({key, newValue, storageArea}) {
      if (!this.store || storageArea !== this.store) return
      if (key !== null && !key.startsWith(LOG)) return
      if (key === null || newValue === null) { // somebody deletes
        if (key === null || key === LOG + this.own) this.begin()
        this.unsaved.clear()
        this.open()
      } else {
        const old = this.logs.get(key) || "", log = key.slice(LOG.length)
        const more = newValue.startsWith(old) ? newValue.slice(old.length) : newValue
        this.all()
        this.put(key, newValue)
        const found = more.split(";").filter(Boolean).map(text => parse(text, log))
        const fresh = found.filter(one => this.learn(one))
        for (const {grade} of fresh) this.total += grade ? 1 : -1
        this.recount(fresh.map(one => this.retired[one.id] || one.id))
      }
      this.heard()
    }

    /* ---- taking along ---- */

    export() {
      const reviews = [...this.all().values()].flat().sort((a, b) => a.ms - b.ms)
        .map(({id, ms, log, grade, day}) => [id, ms, log, grade, day])
      return JSON.stringify({format: FORMAT, version: VERSION, made: new Date(this.now()).toISOString(), reviews})
    }

    /** Adds what is missing. Gives {added, known, unreadable}, or {fault: "json" | "format" | "newer"}: nothing changed. */
    import(text) {
      let given
      try {
        given = JSON.parse(text.replace(/^\ufeff/, ""))
      } catch {
        return {fault: "json"}
      }
      if (given?.format !== FORMAT || !Array.isArray(given.reviews) || !Number.isInteger(given.version)) {
        return {fault: "format"}
      }
      if (given.version > VERSION) return {fault: "newer"}
      this.all()
      const found = given.reviews.map(one => Array.isArray(one) && record(one[0], one[1], one[3], one[4], one[2]))
      const sound = found.filter(Boolean), added = sound.filter(one => this.learn(one))
      for (let at = 0; at < added.length; at += 5 * MOST) {
        const log = random()
        this.save(LOG + log, added.slice(at, at + 5 * MOST).map(one => line(one, log)).join(";"))
      }
      if (added.length) this.replayAll()
      this.remember()
      return {added: added.length, known: sound.length - added.length, unreadable: found.length - sound.length}
    }

    /** Deletes what this page has stored, and nothing of others. */
    clear() {
      const keys = [...this.keys(OWN), ...this.keys(LOG)] // what is derived first
      try {
        for (const key of keys) this.store.removeItem(key)
      } catch { /* nothing was kept */ }
      this.begin()
      this.open()
      this.changed = false
    }

    setting(name, value) {
      if (value === undefined) return this.get(OWN + name)
      try {
        this.store?.setItem(OWN + name, value)
      } catch { /* told when a review is stored */ }
    }
  }

  window.HandbookProgress = Object.assign(Progress, {studyDay, dateOf})
})()
