// ---- the screens ----
const isSudden = () => view.round >= view.rounds
const words = one => _n('{0} word', '{0} words', one.words)
// The label of an understudy, “understudy 3”, is the show file’s word for it.
const label = endpoint => endpoint.replace('understudy judge', _('understudy judge')).replace('understudy', _('understudy'))
const standIn = tag => tag.endpoint.startsWith('understudy') ? _('understudy') : ''
const about = tag => [tag.affiliation, label(tag.endpoint)].filter(Boolean).join(' · ')
// No name breaks inside a word: `most` pixels, or as many as its longest word has room for. Japanese
// breaks anywhere.
function fit(node, text, most, share) {
  const longest = Math.max(1, ...(text.match(/[^\s\u2066-\uFFEF-]+/g) || []).map(word => word.length))
  node.style.fontSize = 'min(' + most + 'px,' + share / longest + 'vw)'
  return node
}
const title = (text, most) => fit(h('h1', text), text, most, 112)
function named(tag, small, badge = '') {
  return fit(h('div.name', h('bdi', h('b', tag.name)), ' ', badge, small ? h('div.quiet.tiny', small) : ''), tag.name, 17, 95)
}
function faces(tags) {
  return h('ul.rows', tags.map(tag => h('li', h('div.face', token(tag.lectern), named(tag, about(tag))))))
}
function lobby() {
  return [h('h1', _('You are in.')),
    h('p.quiet', _('Keep this page open; it wakes up by itself when the show begins.')),
    faces(view.finalists),
    h('p.aside', both(_n('One vote a round, {0} round in all.', 'One vote a round, {0} rounds in all.', view.rounds),
      _('You read the answers under blind letters and find out who wrote them only after the vote.'))),
    h('p.quiet.small', _('This phone counts once. Nobody sees who it belongs to.'))]
}
function stageText() {
  return {
    question: [_('The question'), _('The finalists are reading it now. Tuning starts in a moment.')],
    tuning: [_('Tuning'), _('The finalists are tuning their prompts. Look up: their answers come here afterwards, without names.')],
    locked: view.is_round_void ? [_('No answers in this round'), _('It counts for nobody.')]
      : [_('The answers are locked'), _('They come to this page in a moment, without names.')],
  }[view.phase]
}
function stage() {
  const [title, text] = stageText()
  return [h('h1', title), auto(h('p.q', view.question)), h('p.quiet', text), view.is_round_void ? '' : h('p.aside', _('Then you vote: one tap, one answer.'))]
}
function question() {
  if (view.question.length < 130) return [auto(h('h1.q', view.question))]
  return [auto(h(isWhole ? 'h1.q' : 'h1.q.cut', view.question)),
    button('link', 'question', () => { isWhole = !isWhole; draw() }, isWhole ? _('Shorter') : _('Full question'))]
}
function answer(one) {
  const letter = one.letter, isOpen = open === letter
  const head = button('answer', 'open' + letter, () => toggle(letter), tile(letter),
    h('span', isOpen ? '' : auto(h('span.two', firstWords(one.text))), h('span.quiet.tiny', words(one))), h('span.chev'))
  set(head, { 'aria-expanded': isOpen, 'aria-label': _n('Answer {1}, {0} word', 'Answer {1}, {0} words', one.words, letter) })
  if (!isOpen) return h('li', head)
  const go = view.is_vote_open ? button('wide.go', 'vote' + letter, () => vote(letter), _('Vote for {0}', letter)) : ''
  return h('li', head, h('div.prose', prose(one.text), go))
}
function toggle(letter) {
  open = open === letter ? '' : letter
  draw()
  const head = document.querySelector('[data-key="open' + letter + '"]')
  if (open && head.getBoundingClientRect().top < 64) scrollTo(0, scrollY + head.getBoundingClientRect().top - 64)
}
function read() { return [...question(), h('ul.rows', mixed(view.answers).map(answer))] }

function receipt(mine) {
  const line = (name, ...value) => h('div', h('dt', name), h('dd', ...value)), before = replaced[view.round]
  return h('dl.receipt', h('dt.small', _('Receipt code')), h('dd.code', code(mine.receipt)),
    line(_('Round'), isSudden() ? _('Sudden death') : _('{0} of {1}', view.round + 1, view.rounds)),
    line(_('Answer'), mine.letter), line(_('Received'), clockTime(mine.at)),
    before ? line(_('Replaces'), h('s', _('{0} at {1}', before.letter, clockTime(before.at)))) : '', line(_('Ballot'), _('Counted')))
}
const published = () => h('p.quiet.small', _('After the show every code is published with its letter. Find yours and check that it was counted. No names, no numbers.'))
const lookUp = () => h('p.b', _('Look up. The scores come on the big screen, then here.'))
function voted(mine) {
  const copy = navigator.clipboard ? button('wide', 'copy', event => { navigator.clipboard.writeText(mine.receipt); event.target.textContent = _('Copied') }, _('Copy code')) : ''
  return [h('div.voted', tile(mine.letter, '.xl'), h('h1', _('Your vote for {0} is in', mine.letter))), receipt(mine),
    h('div.pair', copy, button('wide', 'again', () => { isReading = true; draw() }, _('Read again'))), published()]
}
function closed(mine) {
  if (late && late.round === view.round && late.isSlow) return tooLate(mine)
  if (mine) return [h('div.voted', tile(mine.letter, '.xl'), h('h1', _('Voting is closed.'), h('br'), _('{0} is final.', mine.letter))), receipt(mine), lookUp(), published()]
  return [h('h1', _('You did not vote in this round.')), h('p.quiet', _('That is fine. This page opens the next vote by itself.')), lookUp()]
}
function tooLate(mine) {
  return [h('h1', _('Sorry, the clock won.')),
    h('p.quiet', _('A vote counts when it reaches us, not when it is tapped: a phone’s own clock can be wrong. This tap is not in the totals.')),
    mine ? h('p.b', _('Your earlier vote for {0} counts. Its code is {1}.', mine.letter, code(mine.receipt))) : '',
    h('p', _('If many phones in the room lost the connection, the host can open the vote again. Then {0} goes out without a tap from you.', late.letter)),
    lookUp()]
}

