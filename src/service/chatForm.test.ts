// Records of three fields through the model's chat template, behind the door: previewed, trained, watched and asked in the same form.

import { afterEach, beforeEach, expect, it } from 'vitest'
import { smallIds } from '../../test/smallTokenizer.ts'
import { listening, type OpenedStudio, quietly, sourceOf, testStudio, tinyFolderFiles, useRecords } from '../../test/studio.ts'
import { instruct, settingsWith } from '../../test/tinyModel.ts'
import { type ChatForm, turnsAsking } from '../config/chatForm.ts'
import type { Settings } from '../config/settings.ts'
import { disposeDecoder } from '../models/held.ts'
import { greedy } from '../sft/evaluate.ts'

const records = [instruct('a: ', 'hello we', '12'), instruct('b: ', 'sun', '345')]
const chat = { system_prompt: 's' }
const asked: Partial<Settings> = { chat_template: true, system_prompt: 's', num_train_epochs: 60, learning_rate: 1e-2 }

let opened: OpenedStudio
beforeEach(async () => {
  opened = testStudio()
  await opened.handlers.chooseBackend({ choice: 'wasm' }, quietly())
  await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles()) }, quietly())
  await useRecords(opened, records)
})
afterEach(() => {
  for (const slot of Object.values(opened.studio.model?.slots ?? {})) if (slot !== null) disposeDecoder(slot)
})

const preview = (form: ChatForm | null) =>
  opened.handlers.preview({ mask: 'prefix', max_length: null, overlong: 'truncate', heldOut: null, chat: form }, quietly())

it('shows the template’s own tokens as special ones, and what ends a turn', async () => {
  const { endToken, rows } = await preview(chat)
  expect(endToken).toMatchObject({ id: smallIds.imEnd, learnedInAll: true })
  const { tokens, segments, learned } = await opened.handlers.previewRecord({ index: 0 }, quietly())
  expect(learned).toBe('12<|im_end|>')
  const special = tokens.filter((token) => token.special).map(({ id }) => id)
  const { imStart, imEnd } = smallIds
  expect(special).toEqual([imStart, imEnd, imStart, imEnd, imStart, imEnd])
  expect(segments.filter((segment) => segment.special).length).toBe(6)
  const plain = await preview(null)
  expect(plain.rows[0]?.contextTokens).toBeLessThan(rows[0]?.contextTokens ?? 0)
})

it('trains, watches and scores in the form that was asked for, and answers in it', async () => {
  const { context, events } = listening<'train'>()
  const request = { slot: 'tuned', settings: settingsWith(asked), leaveOutUnlearnable: false } as const
  await opened.handlers.train({ ...request, watch: { instruct: 'a: ', input: 'hello we' } }, context)
  const samples = events.flatMap((event) => (event.kind === 'watch' ? [event.sample] : []))
  expect(samples.at(-1)?.fromBoth).toBe('12')
  const scored = (form: ChatForm | null) =>
    opened.handlers.evaluate({ slots: ['tuned'], max_new_tokens: 8, chat: form }, quietly())
  const [inChat, plain] = [await scored(chat), await scored(null)]
  expect(inChat.slots[0]).toMatchObject({ chat, verdict: { score: { exact: 2 } } })
  expect(plain.slots[0]?.verdict.score.exact).toBeLessThan(2)
  const panes = [{ slot: 'tuned', prompt: { messages: turnsAsking('b: sun', chat) } }] as const
  const written = await opened.handlers.generate({ panes, max_new_tokens: 8, sampling: greedy }, quietly())
  expect(written.panes[0]).toMatchObject({ text: '345', stopped: 'end-token' })
})

it('is refused where the model has no template', async () => {
  const tokenizer_config = new Blob([JSON.stringify({ eos_token: '<|im_end|>' })])
  const files = (await tinyFolderFiles()).filter(({ path }) => path !== 'tokenizer_config.json')
  const source = sourceOf('bare', [...files, { path: 'tokenizer_config.json', file: tokenizer_config }])
  await opened.handlers.openModel({ source }, quietly())
  await expect(preview(chat)).rejects.toMatchObject({ problem: { code: 'model.chat-template' } })
})
