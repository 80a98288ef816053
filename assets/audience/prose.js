// ---- answers: paragraphs, bold and lists of Markdown, nothing else ----
const bare = text => text.replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1').replace(/`+/g, '')
function inline(node, text) {
  bare(text).split(/(\*\*.+?\*\*|__.+?__)/).forEach((piece, i) => {
    const plain = piece.replace(/(^|\W)[*_](\S.*?)[*_](?=\W|$)/g, '$1$2')
    if (piece) node.append(i % 2 ? h('b', piece.slice(2, -2)) : plain)
  })
  return node
}
function prose(text) {
  const blocks = []
  let block = null
  text.split('\n').forEach(line => {
    const item = /^\s*(?:[-*+•]|(\d+)[.)])\s+(.*)/.exec(line), head = /^\s*#{1,6}\s+(.*)/.exec(line)
    if (!line.trim() || /^\s*(```|([-*_]\s*){3,}$)/.test(line)) block = null
    else if (head) { blocks.push(inline(h('p.b'), head[1])); block = null
    } else if (item) {
      const tag = item[1] ? 'OL' : 'UL'
      if (!block || block.tagName !== tag) { block = h(tag.toLowerCase()); if (item[1] > 1) block.start = item[1]; blocks.push(block) }
      block.append(inline(auto(h('li')), item[2]))
    } else if (block && block.said) { block.said += ' ' + line.trim(); block.textContent = ''; inline(block, block.said)
    } else if (block) { inline(block.lastChild, ' ' + line.trim())
    } else { block = inline(h('p'), line.trim()); block.said = line.trim(); blocks.push(block) }
  })
  return blocks.map(auto)
}
function firstWords(text) {
  return bare(text).replace(/^\s*(#{1,6}|[-*+•]|\d+[.)])\s+/gm, '').replace(/\*\*|__/g, '').replace(/\s+/g, ' ').slice(0, 200)
}

