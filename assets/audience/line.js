const KEY = 'finale', PROTOCOL = 1, FORGET_MS = 600000
const OFFLINE = _('This page keeps trying. Is this phone in the hall’s Wi-Fi?')
const $ = id => document.getElementById(id)

// ---- what this phone keeps: its pass, and a tap that was not confirmed yet ----
let kept = {}
try { kept = JSON.parse(localStorage.getItem(KEY)) || {} } catch (e) { /* private mode */ }
function keep() { try { localStorage.setItem(KEY, JSON.stringify(kept)) } catch (e) { /* full */ } }
function reread() {
  // Another tab of this phone may have tapped: the newest tap counts, so its rev must be known.
  try { Object.assign(kept, JSON.parse(localStorage.getItem(KEY))) } catch (e) { /* as it was */ }
}

let view = null, epoch = -1, version = -1, own = {}, replaced = {}
let socket = null, isOnline = false, tries = 0, retryAt = 0, quietAt = 0, giveUpAt = 0, lostAt = 0, why = ''
let offset = 0, bestTrip = Infinity
let open = '', isReading = false, isWhole = false, late = null, back = '', wasOffline = false
let roomCode = (/^\?([a-z]{4,16})\b/i.exec(location.search) || ['', ''])[1].toUpperCase(), isCodeWanted = false
let drawn = '', noted = '', shownParts = new Set(), spoken = ''

// ---- the socket ----
function connect() {
  clearTimeout(retryAt)
  if (socket) { socket.onclose = socket.onmessage = null; socket.close() }
  socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/ws?' + LANGUAGE)
  socket.onopen = join
  socket.onmessage = event => { clearTimeout(giveUpAt); receive(JSON.parse(event.data)) }
  socket.onclose = event => lost(event.reason)
  expect(8000)
}
function join() {
  // Another tab of this phone may have been let in: its pass serves this one too.
  if (!kept.token) reread()
  if (socket.readyState > 1) connect()
  send({ kind: 'join', v: PROTOCOL, token: kept.token || '', code: roomCode })
  expect(8000)
}
function expect(ms) { clearTimeout(giveUpAt); giveUpAt = setTimeout(() => { socket.onclose = null; socket.close(); lost('') }, ms) }
function send(message) { if (socket && socket.readyState === 1) socket.send(JSON.stringify(message)) }
function lost(reason) {
  clearTimeout(giveUpAt)
  if (isOnline || !lostAt) lostAt = Date.now()
  isOnline = false; why = reason
  if (waiting()) wasOffline = true
  const pause = Math.min(8000, 400 * 2 ** tries++) * (0.5 + Math.random())
  clearTimeout(retryAt); retryAt = setTimeout(connect, pause)
  if (isCodeWanted && (why || tries > 2)) hint(why || OFFLINE)
  draw(); setTimeout(draw, 1300)
}
function wake() {
  if (document.visibilityState === 'hidden') return
  if (isOnline && socket.readyState === 1) { ping(2500); return }
  tries = 0
  if (!socket || socket.readyState > 1) connect()
}
function ping(ms) { if (isOnline) { send({ kind: 'ping', at: Date.now() }); expect(ms) } }

function receive(frame) {
  // A link that is copied from the address bar must not carry the code.
  if (location.search) history.replaceState(null, '', location.pathname)
  if (frame.kind === 'code_wanted') { wantCode(frame.is_wrong); return }
  if (frame.kind === 'welcome') {
    isCodeWanted = false; kept.token = frame.token; keep()
    own = {}; frame.own.forEach(ballot => { own[ballot.round] = ballot })
    epoch = frame.epoch; version = -1; tries = 0; lostAt = 0; isOnline = true; why = ''
    if (bestTrip === Infinity) offset = frame.now - Date.now() / 1000
    take(frame); resend(); ping(6000)
  } else if (frame.kind === 'view') { take(frame)
  } else if (frame.kind === 'ack') { counted(frame)
  } else if (frame.kind === 'refused') { refused(frame)
  } else if (frame.kind === 'pong') { setClock(frame) }
  if (frame.epoch !== epoch || frame.version > version) send({ kind: 'ask' })
  draw()
}
function take(frame) {
  if (frame.epoch !== epoch || frame.version < version) return
  const before = view
  view = frame.view; version = frame.version
  if (note() && note() !== noted) { noted = note(); say(view.message.text) }
  if (before && before.round === view.round && before.phase === view.phase && before.is_vote_open === view.is_vote_open) return
  if (!before || before.round !== view.round) { isReading = isWhole = false; open = back = ''; late = null }
  if (!view.is_vote_open) { isReading = false; back = '' }
  // A vote that is opened again takes the tap that came too late the first time.
  if (view.is_vote_open && late && late.round === view.round) { kept.vote = late; late = null; keep(); resend() }
  if (before) { scrollTo(0, 0); open = view.phase === 'marking' && before.phase === 'reading' ? open : '' }
}
function setClock(pong) {
  const now = Date.now(), trip = (now - pong.at) / 1000, guess = pong.now + trip / 2 - now / 1000
  if (trip <= bestTrip || Math.abs(guess - offset) > (trip + bestTrip) / 2) { bestTrip = trip; offset = guess }
}

