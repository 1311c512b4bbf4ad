// The table's order, and what a pane shows before anything was written into it.

import { expect, test } from 'vitest'
import type { EvaluatedRecord, Judgement, SlotEvaluation } from '../../protocol/generate.ts'
import type { Slot } from '../../protocol/model.ts'
import type { Scores } from '../../session/evaluation.ts'
import { paneText } from './paneTexts.ts'
import { scoreRows } from './scoreRows.ts'
import { shareText } from './shareText.ts'

const judged = (similarity: number, recited = 0): Judgement => ({
  text: `text ${similarity}`,
  exact: similarity === 1,
  similarity,
  recited,
  recites: recited > 0.5,
})

const record = (index: number, both: number, recited: number): EvaluatedRecord => ({
  index,
  row: index + 1,
  instruct: `question ${index}`,
  input: '',
  label: '',
  heldOut: false,
  fromInstruct: judged(0, recited),
  fromBoth: judged(both),
})

function evaluated(slot: Slot, records: readonly EvaluatedRecord[]): SlotEvaluation {
  const score = { slot, records: records.length, exact: 0, recited: 0, meanSimilarity: 0 }
  return { slot, chat: null, records, verdict: { kind: 'not-learned', score }, heldOut: null }
}

const tuned = evaluated('tuned', [record(0, 0.5, 0), record(1, 1, 0), record(2, 0.9, 1), record(3, 0.5, 0)])
const scores: Scores = { status: 'idle', slot: null, done: 0, total: 0, slots: { base: null, tuned, twin: null }, problem: null }

test('best first: exact before close, reciting last, equal ones as in the file', () => {
  expect(scoreRows(scores, 'best').map(({ index }) => index)).toEqual([1, 0, 3, 2])
  expect(scoreRows(scores, 'worst').map(({ index }) => index)).toEqual([2, 0, 3, 1])
  expect(scoreRows(scores, 'file').map(({ row }) => row)).toEqual([1, 2, 3, 4])
})

const subject = { instruct: 'question 1', input: '', label: '', record: { index: 1, row: 2 } }

test('a pane shows the answer to all records until something is written', () => {
  expect(paneText('tuned', 'both', { panes: [], subject }, scores, null)).toMatchObject({ text: 'text 1', from: 'scored' })
  expect(paneText('base', 'both', { panes: [], subject }, scores, null)).toMatchObject({ text: '', from: 'none' })
  const panes = [{ slot: 'tuned', row: 'both', text: 'fresh', tokens: 1, stopped: null }] as const
  expect(paneText('tuned', 'both', { panes, subject }, scores, null)).toMatchObject({ text: 'fresh', from: 'written' })
})

test('asked in another way, it is no answer to show', () => {
  expect(paneText('tuned', 'both', { panes: [], subject }, scores, { system_prompt: null }).from).toBe('none')
})

test('a person’s own words have no scored answer', () => {
  expect(paneText('tuned', 'both', { panes: [], subject: { ...subject, record: null } }, scores, null).from).toBe('none')
})

test('the shared text holds every pane under its name and leaves empty parts out', () => {
  const text = shareText({
    heading: 'H',
    lines: [],
    parts: [{ name: 'input', text: 'rain\n' }],
    panes: [{ name: 'after', text: ' leaf ' }],
    verdict: '',
  })
  expect(text).toBe('H\n\n[input]\nrain\n\n[after]\nleaf\n')
})
