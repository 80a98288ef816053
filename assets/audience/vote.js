// ---- the vote ----
function waiting() { return kept.vote && view && kept.vote.round === view.round ? kept.vote : null }
function vote(letter) {
  reread()
  const round = view.round, mine = own[round], kin = waiting()
  if (kin ? kin.letter === letter : mine && mine.letter === letter) { isReading = false; resend(); draw(); return }
  const rev = 1 + Math.max(mine ? mine.rev : 0, kin ? kin.rev : 0)
  kept.vote = { round, letter, rev, id: Date.now().toString(36) + Math.random().toString(36).slice(2, 10), at: Date.now() }
  keep(); back = ''; late = null; wasOffline = !isOnline
  if (navigator.vibrate) navigator.vibrate(10)
  resend(); draw()
}
function resend() {
  const tap = kept.vote
  if (!tap) return
  if (Date.now() - tap.at > FORGET_MS) { delete kept.vote; keep(); return }
  send({ kind: 'vote', id: tap.id, round: tap.round, letter: tap.letter, rev: tap.rev })
  if (isOnline) expect(8000)
}
function counted(frame) {
  const before = own[frame.own.round], now = frame.own, tap = kept.vote
  if (!before || before.rev <= now.rev) {
    if (before && before.letter !== now.letter) replaced[now.round] = before
    own[now.round] = now
  }
  if (!tap || tap.id !== frame.id) return
  if (tap.letter !== now.letter) {
    // Another page with the same pass had tapped more often: what is tapped last still wins.
    tap.rev = now.rev + 1; tap.id += 'r'; keep(); resend(); return
  }
  if (wasOffline) back = now.letter
  delete kept.vote; keep(); wasOffline = isReading = false; open = ''
  say(_('Your vote for {0} is counted.', now.letter))
  if (view && view.round === now.round && !back) scrollTo(0, 0)
}
function refused(frame) {
  if (!kept.vote || kept.vote.id !== frame.id) return
  late = { ...kept.vote, text: frame.text, isSlow: frame.is_too_late }
  delete kept.vote; keep(); wasOffline = false
  say(both(_('Not counted: {0}.', late.letter), frame.text))
}

