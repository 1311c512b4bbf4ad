// What a list says of a model that was never opened: its licence and the form of its numbers.

import { expect, it } from 'vitest'
import { dtypeOf, licenseOf } from './card.ts'

it.each([
  ['---\nlicense: apache-2.0\nlanguage:\n- en\n---\n# A model', 'apache-2.0'],
  ['---\r\nlanguage: zh\r\nlicense: "mit"   # a note\r\n---\r\n', 'mit'],
  ['---\nlanguage: zh\n---\nlicense: mit', ''],
  ['# A model\nlicense: mit', ''],
  ['', ''],
])('licence of %j', (readme, license) => {
  expect(licenseOf(readme)).toBe(license)
})

it('dtype, under either name', () => {
  expect(dtypeOf({ torch_dtype: 'bfloat16' })).toBe('BF16')
  expect(dtypeOf({ dtype: 'float32', torch_dtype: 'float16' })).toBe('F32')
  expect(dtypeOf({ dtype: 'float8_e4m3fn' })).toBe('float8_e4m3fn')
  expect(dtypeOf({})).toBe('')
})
