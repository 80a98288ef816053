// ---- the clock: a deadline of the server, never a count of our own ----
function corner() {
  if (!view) return ''
  if (isMarking() && view.is_vote_closed) return _('Closed')
  return view.phase === 'champion' ? '' : view.standings.length ? _('Total') : view.shown.length ? _('Results') : ''
}
function where() {
  if (!view) return ''
  if (view.phase === 'lobby' || view.phase === 'champion') return view.title
  if (view.round < 0) return ''
  if (isSudden()) return _('Sudden death')
  return view.standings.length ? _('After round {0}', view.round + 1) : _('Round {0} of {1}', view.round + 1, view.rounds)
}
function tick() {
  const clock = view && view.clock, name = document.body.classList
  $('where').textContent = where()
  const isHeld = Boolean(clock && clock.held_left !== null)
  const seconds = clock ? Math.max(0, isHeld ? clock.held_left : clock.deadline - offset - Date.now() / 1000) : 0
  const whole = Math.ceil(seconds), isLast = Boolean(clock) && !isHeld && whole <= 10
  $('clock').textContent = isHeld ? _('Paused') : clock ? Math.floor(whole / 60) + ':' + String(whole % 60).padStart(2, '0') : corner()
  $('clock').classList.toggle('runs', Boolean(clock) && !isHeld)
  $('drain').style.width = clock ? Math.min(100, 100 * seconds / (clock.length || 1)) + '%' : '0'
  name.toggle('held', isHeld)
  if (name.contains('hurry') !== isLast) {
    name.toggle('hurry', isLast)
    if (isLast && whole === 10) say(_('10 seconds left'))
    draw()
  }
}

setInterval(tick, 250)
setInterval(() => { if (document.visibilityState === 'visible' && isOnline) { ping(6000); if (kept.vote) resend() } }, 15000)
document.addEventListener('visibilitychange', wake)
addEventListener('pageshow', wake)
addEventListener('online', wake)
addEventListener('pagehide', () => { if (socket) { socket.onclose = null; socket.close() } clearTimeout(giveUpAt); isOnline = false })
if (!socket) connect()
