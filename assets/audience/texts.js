'use strict'
// ---- what is said: each page is made for one language, and its texts are put in on the server ----
// `_('Vote for {0}', letter)` and `_n('{0} round', '{0} rounds', n)` reach the phone in its language,
// `_n` with the list of that language's forms in place of the two English ones.
const LANGUAGE = document.documentElement.lang, LOCALE = LANGUAGE === 'en' ? 'en-GB' : LANGUAGE + '-u-nu-latn'
// Names and codes in Latin letters must not turn the order of an Arabic sentence around.
const [ISOLATE, END] = document.dir === 'rtl' ? ['\u2068', '\u2069'] : ['', '']
function _(text, ...values) { return text.replace(/{(\d)}/g, (place, i) => ISOLATE + values[i] + END) }
function _n(forms, n, ...values) { return _(forms[Number(PLURAL_FORM)], n, ...values) }
// The pieces of a text with a node at each place.
const woven = (text, ...nodes) => text.split(/{(\d)}/).map((piece, i) => i % 2 ? nodes[piece] : piece)
const both = (first, second) => _('{0} {1}', first, second)
const fixed = number => number.toFixed(1).replace('.', DECIMAL_POINT)
const clockTime = (at, timeStyle = 'medium') => new Date(at * 1000).toLocaleTimeString(LOCALE, { timeStyle })
