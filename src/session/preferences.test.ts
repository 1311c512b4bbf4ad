// The page speaks the first language of the browser that it knows.

import { expect, test } from 'vitest'
import { preferredLanguage } from './preferences.ts'

test.each([
  [['zh-CN', 'en'], 'zh'],
  [['zh-Hant-TW'], 'zh'],
  [['en-GB', 'zh'], 'en'],
  [['de', 'zh'], 'zh'],
  [['de'], 'en'],
  [[], 'en'],
] as const)('%j gives %s', (languages, expected) => {
  expect(preferredLanguage(languages)).toBe(expected)
})
