// Every setting has its place in the form, and only one; a row that could change nothing is not there.

import { expect, test } from 'vitest'
import { defaultSettings } from '../../config/settings.ts'
import { hasEffect, settingFields, settingGroups } from './settingFields.ts'

test('each shown setting stands in exactly one group', () => {
  const grouped = settingGroups.flatMap(({ names }) => names)
  expect(grouped.toSorted()).toEqual(Object.keys(settingFields).toSorted())
})

test('what only counts together with another setting is shown with it', () => {
  expect(hasEffect('system_prompt', defaultSettings)).toBe(false)
  expect(hasEffect('system_prompt', { ...defaultSettings, chat_template: true })).toBe(true)
  expect(hasEffect('test_size', defaultSettings)).toBe(false)
  expect(hasEffect('test_size', { ...defaultSettings, eval_strategy: 'epoch' })).toBe(true)
})

test('what needs held-out records is offered without them too: the card then offers to hold some out', () => {
  expect(hasEffect('load_best_model_at_end', defaultSettings)).toBe(true)
})
