// Writing behind the door: all panes at once, streamed in whole characters, cancelled without leaving anything; and the judging of a data set.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listening, type OpenedStudio, quietly, sourceOf, testStudio, tinyFolderFiles, useRecords } from '../../test/studio.ts'
import { instruct, settingsWith } from '../../test/tinyModel.ts'
import { memoryHeld } from '../engine/tensor.ts'
import type { GenerateEvent, GenerateRequest } from '../protocol/generate.ts'
import { greedy } from '../sft/evaluate.ts'

const records = [instruct('a: ', 'hello we', '12'), instruct('b: ', 'sun warm', '345')]
const request = (panes: GenerateRequest['panes'], changed: Partial<GenerateRequest> = {}): GenerateRequest => ({
  panes,
  max_new_tokens: 8,
  sampling: greedy,
  ...changed,
})

let opened: OpenedStudio
let held: number
beforeEach(async () => {
  opened = testStudio()
  await opened.handlers.chooseBackend({ choice: 'wasm' }, quietly())
  await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles()) }, quietly())
  await useRecords(opened, records)
  held = memoryHeld().tensors
})
afterEach(() => {
  expect(opened.studio.busy).toBe(null)
})

const train = (slot: 'tuned' | 'twin', epochs: number) =>
  opened.handlers.train(
    {
      slot,
      settings: settingsWith({ num_train_epochs: epochs, learning_rate: 1e-2, objective: slot === 'twin' ? 'pretrain' : 'sft' }),
      leaveOutUnlearnable: false,
      watch: null,
    },
    quietly(),
  )

describe('panes', () => {
  it('stream what they end with: text that only grows, one event for every token that shows', async () => {
    const { context, events } = listening<'generate'>()
    const panes = [
      { slot: 'base', prompt: 'a: ' },
      { slot: 'base', prompt: 'a: hello we' },
    ] as const
    const { panes: done, tokensPerSecond } = await opened.handlers.generate(request(panes, { max_new_tokens: 20 }), context)
    expect(tokensPerSecond).toBeGreaterThan(0)
    for (const [pane, { text, ids }] of done.entries()) {
      const own = events.filter((event) => event.pane === pane)
      expect(own.at(-1)?.text).toBe(text)
      own.reduce((before, event) => {
        expect(event.text.startsWith(before)).toBe(true)
        return event.text
      }, '')
      expect(own.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(ids.length)
    }
    expect(memoryHeld().tensors).toBe(held)
  })

  it('of several models are each written by their own, as if they were alone', async () => {
    await train('tuned', 1)
    await train('twin', 1)
    const panes = (['base', 'tuned', 'twin'] as const).flatMap((slot) => [
      { slot, prompt: 'a: ' },
      { slot, prompt: 'a: hello we' },
    ])
    const { panes: together } = await opened.handlers.generate(request(panes), quietly())
    for (const [at, pane] of panes.entries()) {
      const alone = await opened.handlers.generate(request([pane]), quietly())
      expect(alone.panes).toEqual([together[at]])
    }
    expect(new Set(together.map(({ ids }) => ids.join())).size).toBeGreaterThan(3)
  })

  it('take a prompt as ids as well, and give the new ones', async () => {
    const ids = opened.studio.model?.tokenizer.encode('a: hello') ?? []
    const [text, tokens] = [request([{ slot: 'base', prompt: 'a: hello' }]), request([{ slot: 'base', prompt: ids }])]
    expect((await opened.handlers.generate(tokens, quietly())).panes).toEqual(
      (await opened.handlers.generate(text, quietly())).panes,
    )
  })

  it('draw the same from the same seed, and something else from another', async () => {
    const drawn = async (seed: number) => {
      const sampling = { ...greedy, temperature: 2, seed }
      return (await opened.handlers.generate(request([{ slot: 'base', prompt: 'a' }], { sampling }), quietly())).panes[0]?.ids
    }
    expect(await drawn(3)).toEqual(await drawn(3))
    expect(await drawn(4)).not.toEqual(await drawn(3))
  })

  it('end with the end token, which the text does not show', async () => {
    await train('tuned', 60)
    const { panes } = await opened.handlers.generate(request([{ slot: 'tuned', prompt: 'a: hello we' }]), quietly())
    expect(panes).toEqual([{ text: '12', ids: [49, 50, 264], stopped: 'end-token' }])
  })

  it('end with any of the end tokens of generation_config.json', async () => {
    const prompts = [[104, 101], [12]].map((prompt) => ({ slot: 'base' as const, prompt }))
    const written = async () => (await opened.handlers.generate(request(prompts), quietly())).panes.map(({ ids }) => ids)
    const whole = await written()
    const ends = [whole[0]?.[3], whole[1]?.[5]]
    const files = [
      ...(await tinyFolderFiles()),
      { path: 'generation_config.json', file: new Blob([JSON.stringify({ eos_token_id: ends })]) },
    ]
    await opened.handlers.openModel({ source: sourceOf('tiny', files) }, quietly())
    expect(await written()).toEqual(whole.map((ids) => ids.slice(0, ids.findIndex((id) => ends.includes(id)) + 1)))
    expect(new Set(ends).size).toBe(2)
  })

  it('end, after training on chats, with the end of a turn too', async () => {
    const generationConfig = new Blob([JSON.stringify({ eos_token_id: 262 })])
    const files = [...(await tinyFolderFiles()), { path: 'generation_config.json', file: generationConfig }]
    await opened.handlers.openModel({ source: sourceOf('tiny', files) }, quietly())
    const messages = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: '12' },
    ] as const
    await useRecords(opened, [{ kind: 'chat', messages }])
    const { context, events } = listening<'train'>()
    const prompt = '<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\n'
    const settings = settingsWith({ num_train_epochs: 60, learning_rate: 1e-2 })
    const watch = { instruct: '', input: prompt }
    await opened.handlers.train({ slot: 'tuned', settings, leaveOutUnlearnable: false, watch }, context)
    const { panes } = await opened.handlers.generate(request([{ slot: 'tuned', prompt }]), quietly())
    expect(panes).toEqual([{ text: '12', ids: [49, 50, 264], stopped: 'end-token' }])
    const samples = events.flatMap((event) => (event.kind === 'watch' ? [event.sample] : []))
    expect(samples.at(-1)).toMatchObject({ epoch: 60, fromBoth: '12' })
  })

  it('stop when they are cancelled, and leave nothing behind', async () => {
    const { context, events, cancel } = listening<'generate'>()
    const tell = (event: GenerateEvent) => {
      context.tell(event)
      cancel()
    }
    const writing = opened.handlers.generate(request([{ slot: 'base', prompt: 'a' }], { max_new_tokens: 60 }), {
      ...context,
      tell,
    })
    await expect(writing).rejects.toMatchObject({ problem: { code: 'run.cancelled' } })
    expect(events.length).toBe(1)
    expect(memoryHeld().tensors).toBe(held)
  })
})

describe('refused', () => {
  const refused = (asked: GenerateRequest) => expect(opened.handlers.generate(asked, quietly())).rejects
  const problem = (code: string) => ({ problem: { code } })

  it('without a model, and without the tuned one', async () => {
    await refused(request([{ slot: 'tuned', prompt: 'a' }])).toMatchObject(problem('run.not-trained'))
    opened = testStudio()
    await refused(request([{ slot: 'base', prompt: 'a' }])).toMatchObject(problem('model.not-open'))
  })

  it('where the prompt fills the model, or holds a token that it does not have', async () => {
    await refused(request([{ slot: 'base', prompt: '1'.repeat(96) }])).toMatchObject(problem('run.prompt-too-long'))
    await refused(request([{ slot: 'base', prompt: [5, 265] }])).toMatchObject({
      problem: { code: 'model.ids-out-of-range', values: { id: 265, rows: 265 } },
    })
    expect(memoryHeld().tensors).toBe(held)
  })

  it('where text is given to a model without a tokenizer', async () => {
    const files = await tinyFolderFiles({ withTokenizer: false })
    await opened.handlers.openModel({ source: sourceOf('bare', files) }, quietly())
    await refused(request([{ slot: 'base', prompt: 'a' }])).toMatchObject(problem('model.missing-file'))
    const { panes } = await opened.handlers.generate(request([{ slot: 'base', prompt: [5, 6] }]), quietly())
    expect(panes[0]?.text).toMatch(/^(\[\d+\])+$/)
  })
})

describe('evaluating', () => {
  it('judges every record for every model, tells how far it is, and gives a verdict', async () => {
    await train('tuned', 60)
    const { context, events } = listening<'evaluate'>()
    const before = memoryHeld().tensors
    const { slots, tokensPerSecond } = await opened.handlers.evaluate(
      { slots: ['base', 'tuned'], max_new_tokens: 12, chat: null },
      context,
    )
    expect(slots.map(({ slot, verdict }) => [slot, verdict.kind])).toEqual([
      ['base', 'not-learned'],
      ['tuned', 'worked'],
    ])
    expect(slots[1]?.records.map(({ row, fromBoth }) => [row, fromBoth.text, fromBoth.exact])).toEqual([
      [1, '12', true],
      [2, '345', true],
    ])
    expect(events).toEqual([
      { done: 2, total: 4 },
      { done: 4, total: 4 },
    ])
    expect(tokensPerSecond).toBeGreaterThan(0)
    expect(memoryHeld().tensors).toBe(before)
  })

  it('passes over what is left out, and over chats', async () => {
    await useRecords(opened, [records[0] ?? instruct('', '', ''), instruct('c', '', '9')])
    await opened.handlers.changeRecord({ index: 0, change: { kind: 'leave-out' } }, quietly())
    const { slots } = await opened.handlers.evaluate({ slots: ['base'], max_new_tokens: 2, chat: null }, quietly())
    expect(slots[0]?.records.map(({ index, row }) => [index, row])).toEqual([[1, 2]])
    const chat = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: '1' },
    ] as const
    await useRecords(opened, [{ kind: 'chat', messages: chat }])
    await expect(opened.handlers.evaluate({ slots: ['base'], max_new_tokens: 2, chat: null }, quietly())).rejects.toMatchObject({
      problem: { code: 'run.nothing-to-score' },
    })
  })

  it('goes through more records than one batch holds', async () => {
    const many = Array.from({ length: 37 }, (_, at) => instruct(`${at}`, ' x', 'y'))
    await useRecords(opened, many)
    const { context, events } = listening<'evaluate'>()
    const { slots } = await opened.handlers.evaluate({ slots: ['base'], max_new_tokens: 1, chat: null }, context)
    expect(slots[0]?.records.map(({ index }) => index)).toEqual(many.map((_, at) => at))
    expect(events.at(-1)).toEqual({ done: 37, total: 37 })
  })

  it('stops when it is cancelled', async () => {
    await useRecords(
      opened,
      Array.from({ length: 37 }, (_, at) => instruct(`${at}`, ' x', 'y')),
    )
    const { context, cancel } = listening<'evaluate'>()
    const evaluating = opened.handlers.evaluate({ slots: ['base'], max_new_tokens: 4, chat: null }, { ...context, tell: cancel })
    await expect(evaluating).rejects.toMatchObject({ problem: { code: 'run.cancelled' } })
    expect(memoryHeld().tensors).toBe(held)
  })
})
