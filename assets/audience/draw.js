// ---- what stands where ----
function isMarking() { return view.phase === 'reading' || view.phase === 'marking' }
function screen() {
  if (isCodeWanted) return door()
  if (!view) return [h('h1', lostAt ? _('No connection yet.') : _('Joining the room…')), h('p.quiet', lostAt ? why || OFFLINE : _('No app, no account, no name.'))]
  if (view.phase === 'lobby') return lobby()
  if (stageText()) return stage()
  if (view.phase === 'champion') return champion()
  if (!isMarking()) return view.standings.length || view.phase === 'standings' ? standings() : results()
  const mine = own[view.round]
  if (view.is_vote_closed) return closed(mine)
  return view.is_vote_open && mine && !waiting() && !isReading && !back ? voted(mine) : read()
}

function captions(mine, tap) {
  if (view.phase === 'reading') return [_('The vote opens soon'), _('Read first')]
  if (view.is_vote_closed) return [late && late.round === view.round ? _('{0} was not counted', late.letter) : mine ? _('Your vote: {0}', mine.letter) : _('Voting is closed'), mine || late ? _('Voting is closed') : '']
  if (tap) return [isOnline ? _('Sending {0}…', tap.letter) : _('{0} is waiting to be sent', tap.letter), mine ? _('Until then {0} counts', mine.letter) : _('Change it until 0:00')]
  const isLast = document.body.classList.contains('hurry'), until = isLast ? _('Last call') : _('Change it until 0:00')
  if (mine) return [isReading || back ? _('Your vote: {0}', mine.letter) : _('Changed your mind? Tap'), until]
  return isLast ? [_('Last call: tap your favourite'), ''] : [_('Tap your favourite'), _('One vote, change it until 0:00')]
}
function voteBar() {
  const mine = own[view.round], tap = waiting(), [text, more] = captions(mine, tap)
  const tiles = mixed(view.answers).map(({ letter }) => {
    const isMine = mine && mine.letter === letter && !tap, isLate = late && late.round === view.round && late.letter === letter && view.is_vote_closed
    const node = button(tap && tap.letter === letter ? 'dash' : isLate ? 'void' : isMine ? 'mine' : 'free', 'tile' + letter, () => vote(letter), letter)
    node.disabled = !view.is_vote_open
    return set(node, { 'aria-label': _('Vote for {0}', letter), 'aria-pressed': Boolean(isMine || (tap && tap.letter === letter)) })
  })
  const bar = h('div.vote', tiles), count = tiles.length
  bar.style.setProperty('--n', count > 5 ? Math.ceil(count / 2) : count)
  return [h('div.caption', h('b', text), h('span.quiet', more)), bar]
}
function closing() {
  const won = winners(), mine = own[view.round], next = left() ? _('Round {0} of {1} comes next.', view.round + 2, view.rounds) : ''
  const two = (first, second) => [h('b', first), h('p.quiet.small', second)]
  if (view.phase === 'standings' || view.phase === 'break') return next ? two(next, _('This page opens the vote by itself.')) : []
  if (view.phase === 'champion' || view.phase === 'sudden_death') return []
  const then = won.length ? _('The standings come next.') : view.bars.some(bar => bar.tag) ? _('The other names follow.') : _('The names come last.')
  if (!mine) return two(_('You did not vote in this round.'), then)
  const chosen = view.bars.find(bar => bar.letter === mine.letter)
  if (!chosen.tag) return two(_('Your vote: {0}', mine.letter), both(_('Who wrote it?'), then))
  return two(won.includes(chosen) ? _('You picked the winner.') : _('Your vote went to {0}.', chosen.tag.short_name), then)
}
function foot() {
  if (!view || view.phase === 'lobby' || stageText()) return []
  return isMarking() && view.answers.length ? voteBar() : closing()
}

const note = () => view && view.message ? view.message.at + view.message.text : ''
const say2 = (first, second) => h('span', h('b', first), h('br'), second)
function message() {
  if (!note() || kept.seen === note()) return ''
  return h('div.calm', say2(_('From the host, {0}', clockTime(view.message.at, 'short')), h('bdi', view.message.text)), button('link', 'seen', () => { kept.seen = note(); keep(); draw() }, _('Close')))
}
function banner() {
  const tap = waiting()
  if (view && !isOnline && tap) return h('div.strong', tile(tap.letter, '.dash'), say2(_('Reconnecting. {0} is kept.', tap.letter), _('It is sent as soon as you are back.')), h('i.turn'))
  if (view && !isOnline && Date.now() - lostAt > 1200) return h('div.strong', say2(_('Reconnecting.'), why || _('Nothing is lost; what was counted stays counted.')), h('i.turn'))
  if (late && view && (late.round !== view.round || isMarking())) return h('div.late', alertMark(), say2(late.isSlow ? _('Not counted: {0} came too late.', late.letter) : _('Not counted: {0}.', late.letter), late.text))
  if (back && own[view.round]) return h('div.calm', tile(back), say2(_('Back online. {0} is counted.', back), _('Code {0}', code(own[view.round].receipt))), h('i.tick'))
  if (view && view.is_held) return h('div.calm', say2(_('The host has stopped the show.'), _('It goes on in a moment.')))
  return ''
}

function draw() {
  // What is being typed must not be drawn anew: the keyboard would close.
  const state = isCodeWanted ? 'door' : JSON.stringify([version, epoch, own, kept.vote, kept.seen, late, back, open, isReading, isWhole, isOnline, why, Boolean(lostAt) && Date.now() - lostAt > 1200, document.body.className])
  if (state === drawn) return
  drawn = state
  const focus = document.activeElement && document.activeElement.dataset.key
  fill($('banner'), [banner(), message()]); fill($('main'), screen()); fill($('foot'), foot())
  const again = focus && document.querySelector('[data-key="' + focus + '"]')
  if (again) again.focus({ preventScroll: true })
  const title = $('main').querySelector('h1')
  if (isCodeWanted) $('code').focus()
  if (title && title.textContent !== spoken) { spoken = title.textContent; say(spoken) }
  tick()
}
function say(text) {
  // Said once: whoever reads the page from its top later must not find it.
  $('live').textContent = text; clearTimeout(quietAt); quietAt = setTimeout(() => { $('live').textContent = '' }, 5000)
}

