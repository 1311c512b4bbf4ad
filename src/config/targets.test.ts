// The rule is PEFT's: whole names or ends at a dot, never a part of a name.

import { expect, test } from 'vitest'
import { isTargeted } from './targets.ts'

const module = 'model.layers.1.self_attn.q_proj'

test.each([
  ['q_proj'],
  ['self_attn.q_proj'],
  ['1.self_attn.q_proj'],
  [module],
  ['all-linear'],
  [['v_proj', 'q_proj']],
  [['all-linear']],
])('%j means it', (target) => expect(isTargeted(module, target)).toBe(true))

test.each([['proj'], ['layers.0.self_attn.q_proj'], [[]], [['k_proj', 'all-linear']], ['']])('%j does not', (target) =>
  expect(isTargeted(module, target)).toBe(false),
)
