// Every command with --json prints the fields of the contract, a line each, and nothing else; what train writes, the others open.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { smallIds } from '../smallTokenizer.ts'
import { jsonOf, poems, tabtune, workplace } from './tabtune.ts'

const place = workplace()
const { imEnd, hello, hell, moonStart } = smallIds
const config = { num_train_epochs: 60, per_device_train_batch_size: 3, learning_rate: 1e-2, seed: 1 }
const number = expect.any(Number)
const string = expect.any(String)

let model = ''
let data = ''
beforeAll(async () => {
  model = await place.model('model')
  data = place.json('poems.json', poems)
})

describe('preview', () => {
  it('shows what of each record is context and what is learned', async () => {
    const lines = await jsonOf(['preview', '--model', model, '--data', data])
    expect(lines.length).toBe(3)
    expect(lines[2]).toEqual({
      index: 2,
      ids: [hello, 32, moonStart, 0x88, imEnd],
      labels: [-100, 32, moonStart, 0x88, imEnd],
      context: 'hello',
      learned: ' 月<|im_end|>',
      straddles: true,
      truncated: false,
    })
    expect(lines[0]).toMatchObject({ index: 0, context: 'a: hello we', learned: '12<|im_end|>', straddles: false })
  })

  it('takes the two parts apart, learns everything, and cuts, as it is asked', async () => {
    const [parts, none] = await Promise.all([
      jsonOf(['preview', '--model', model, '--data', data, '--mask', 'parts', '--max-length', '4']),
      jsonOf(['preview', '--model', model, '--data', data, '--mask', 'none']),
    ])
    expect(parts[2]).toMatchObject({ ids: [hell, 111, 32, moonStart], context: 'hell', straddles: false, truncated: true })
    expect(none[0]).toMatchObject({ context: '', learned: 'a: hello we12<|im_end|>' })
  })

  it('speaks in words without --json', async () => {
    const { status, out, err } = await tabtune(['preview', '--model', model, '--data', data])
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(out).toContain('record 3, a token straddles the border\n  context  hello\n  learned   月<|im_end|>\n')
  })
})

it('preview says once on standard error that the model would not stop where a turn of the chat ends', async () => {
  const other = await place.model('base', {})
  place.json('base/generation_config.json', { eos_token_id: smallIds.endOfText })
  const turns = ['1', '2'].map((content) => ({
    messages: [
      { role: 'user', content: 'a' },
      { role: 'assistant', content },
    ],
  }))
  const args = ['preview', '--model', other, '--data', place.json('chats.json', turns)]
  const [words, json] = await Promise.all([tabtune(args), tabtune([...args, '--json'])])
  expect(words.status).toBe(0)
  expect(
    words.err.match(/The chat template ends a turn with <\|im_end\|>, but the model stops at <\|endoftext\|>/g),
  ).toHaveLength(1)
  expect(json).toMatchObject({ status: 0, err: '' })
})

describe('train', () => {
  let lines: unknown[] = []
  beforeAll(async () => {
    const args = [
      'train',
      '--model',
      model,
      '--data',
      data,
      '--out',
      place.path('tuned'),
      '--config',
      place.json('config.json', config),
    ]
    lines = await jsonOf(args)
  })

  it('tells every step, and last that it is done', () => {
    expect(lines.length).toBe(61)
    lines.slice(0, 60).forEach((line, at) => {
      expect(line).toEqual({
        step: at + 1,
        epoch: at + 1,
        loss: number,
        gradNorm: number,
        learningRate: expect.closeTo(1e-2 * (1 - at / 60), 12),
        tokensPerSecond: number,
      })
    })
    expect(lines[60]).toMatchObject({ done: true, ended: 'finished', steps: 60, out: place.path('tuned') })
  })

  it('writes a folder with the model, its tokenizer, the history and the settings', () => {
    expect(readdirSync(place.path('tuned')).sort()).toEqual([
      'LICENSE',
      'config.json',
      'model.safetensors',
      'tokenizer.json',
      'tokenizer_config.json',
      'trainer_state.json',
      'training_config.json',
    ])
    const state: unknown = JSON.parse(readFileSync(place.path('tuned/trainer_state.json'), 'utf8'))
    expect(state).toMatchObject({ global_step: 60, log_history: { length: 60 } })
    expect(JSON.parse(readFileSync(place.path('tuned/training_config.json'), 'utf8'))).toMatchObject(config)
    expect(readFileSync(place.path('tuned/tokenizer.json'))).toEqual(readFileSync(`${model}/tokenizer.json`))
  })

  it('wrote a model that answers', async () => {
    const prompt = ['generate', '--model', place.path('tuned'), '--prompt', 'b: sun warm', '--max-new-tokens', '8']
    expect(await jsonOf(prompt)).toEqual([{ text: '345', ids: [51, 52, 53, imEnd], tokensPerSecond: number }])
  })

  it('wrote a model that evaluate finds good: a line a record, last the verdict', async () => {
    const judged = await jsonOf(['evaluate', '--model', place.path('tuned'), '--data', data, '--max-new-tokens', '12'])
    expect(judged.length).toBe(4)
    expect(judged[0]).toEqual({
      index: 0,
      ...poems[0],
      fromInstruct: string,
      fromBoth: '12',
      exact: true,
      similarity: 1,
      leaks: false,
      recited: number,
    })
    expect(judged[3]).toMatchObject({ verdict: 'worked', records: 3, recited: 0, tokensPerSecond: number })
  })

  it('trains the same steps again, in words, on another backend, and the twin without the mask', async () => {
    const three = place.json('three.json', { ...config, max_steps: 3, lr_scheduler_type: 'constant' })
    const twin = place.path('words-twin')
    const args = [
      'train',
      '--model',
      model,
      '--data',
      data,
      '--out',
      place.path('words'),
      '--twin',
      twin,
      '--config',
      three,
      '--backend',
      'cpu',
    ]
    const { status, out, err } = await tabtune(args)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    const losses = out.match(/(?<=loss )\d\.\d+(?= {2}grad)/g) ?? []
    const before = lines[0]
    expect(before).toMatchObject({ loss: expect.closeTo(Number(losses[0]), 3) })
    expect(losses.length).toBe(6)
    expect(out).toContain(`finished: 3 steps in`)
    expect(existsSync(`${twin}/model.safetensors`)).toBe(true)
  })

  it('keeps what it has learned when it is interrupted', async () => {
    const many = place.json('many.json', { ...config, num_train_epochs: 9999 })
    const args = ['train', '--model', model, '--data', data, '--out', place.path('stopped'), '--config', many, '--json']
    const { status, out, err } = await tabtune(args, { interruptAt: '"step":2,' })
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(JSON.parse(out.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ done: true, ended: 'stopped' })
    expect(existsSync(place.path('stopped/model.safetensors'))).toBe(true)
  })
})

describe('generate', () => {
  const withoutSpeed = (lines: readonly unknown[]) =>
    lines.map((line) => v.parse(v.object({ text: v.string(), ids: v.array(v.number()) }), line))
  const from = (...args: string[]) => jsonOf(['generate', '--model', model, '--max-new-tokens', '6', ...args])

  it('writes the same after text and after its ids', async () => {
    const [text, ids] = await Promise.all([from('--prompt', 'hello'), from('--ids', String(hello))])
    expect(text).toEqual([{ text: string, ids: expect.any(Array), tokensPerSecond: number }])
    expect(withoutSpeed(ids)).toEqual(withoutSpeed(text))
  })

  it('draws with a temperature: the same from the same seed', async () => {
    const drawn = (seed: string) =>
      from('--prompt', 'a', '--temperature', '1.5', '--top-p', '0.9', '--top-k', '40', '--seed', seed)
    const [one, again, other] = await Promise.all([drawn('1'), drawn('1'), drawn('2')])
    expect(withoutSpeed(again)).toEqual(withoutSpeed(one))
    expect(withoutSpeed(other)).not.toEqual(withoutSpeed(one))
  })

  it('takes min-p of 1 for the likeliest token, and a repetition penalty also where it is greedy', async () => {
    const [greedy, least, penalised] = await Promise.all([
      from('--prompt', 'a'),
      from('--prompt', 'a', '--temperature', '1.5', '--min-p', '1'),
      from('--prompt', 'a', '--repetition-penalty', '1000000000'),
    ])
    expect(withoutSpeed(least)).toEqual(withoutSpeed(greedy))
    const [ids = []] = withoutSpeed(penalised).map((line) => line.ids)
    expect(new Set([97, ...ids]).size).toBe(1 + ids.length)
  })
})

describe('inspect', () => {
  it('says what a model is, and what a run would take', async () => {
    const [line] = await jsonOf(['inspect', model, '--memory'])
    expect(line).toMatchObject({
      kind: 'model',
      architecture: 'Qwen2ForCausalLM',
      parameters: 8224,
      dtype: 'F32',
      memory: { weights: number, gradients: number, optimizer: number, activations: number, workspace: number, copies: number },
      memoryOn: { webgpu: { memory: { weights: 32_896, gradients: 32_896, optimizer: 65_792 }, problem: null } },
    })
  })

  it('says what a data set is, with what is wrong in it', async () => {
    const [line] = await jsonOf(['inspect', place.json('mixed.json', [poems[0], { instruct: 1, input: '', label: '' }])])
    expect(line).toMatchObject({ kind: 'dataset', records: 'instruct', rows: 2, goodRows: 1, problems: { length: 1 } })
  })
})

it('help lists every command, and a call without one is wrong usage', async () => {
  const [help, nothing] = await Promise.all([tabtune(['help']), tabtune([])])
  expect(help).toMatchObject({ status: 0, err: '' })
  for (const command of ['preview', 'train', 'generate', 'evaluate', 'inspect', 'demo'])
    expect(help.out).toContain(`\n  ${command} `)
  expect(nothing.status).toBe(2)
})
