// SwiGLU in the op table.

import { type OpCase, opTable } from '../../opTable/opTable.ts'
import { swiGlu } from './definition.ts'

const rows = (name: string, tokens: number, ffn: number): OpCase => ({
  name: `${name}, [${tokens}, ${ffn}]`,
  inputs: { gate: [tokens, ffn], up: [tokens, ffn] },
  apply: (ops, input) => ops.swiGlu(input('gate'), input('up')),
  definition: (input) => swiGlu(input('gate'), input('up')),
})

opTable('swiGlu', [rows('the smallest', 1, 1), rows('a single row', 1, 33), rows('odd', 5, 7), rows('a plain size', 6, 16)])
