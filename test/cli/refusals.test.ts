// What the command line refuses: one clear line on standard error that names the place, status 1 for a problem and 2 for wrong usage,
// nothing on standard output, and nothing written.

import { existsSync, readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { poems, refusalOf, tabtune, workplace } from './tabtune.ts'

const place = workplace()
let model = ''
let data = ''
beforeAll(async () => {
  model = await place.model('model')
  data = place.json('poems.json', poems)
})

const train = (...more: string[]) => ['train', '--model', model, '--data', data, '--out', place.path('out'), ...more]

describe('wrong usage, status 2', () => {
  it.each([
    [['fly'], 'There is no command fly'],
    [['preview', '--colour'], "'--colour'"],
    [['preview', '--data', 'x'], '--model is needed'],
    [['preview', '--model'], '--model'],
    [['preview', '--model', 'x', '--data', 'y', '--mask', 'half'], '--mask is one of prefix, parts, none, not "half"'],
    [['preview', '--model', 'x', '--data', 'y', 'z'], 'z'],
    [['train', '--model', 'x', '--data', 'y'], '--out is needed'],
    [['generate', '--model', 'x'], 'Either --prompt or --ids'],
    [['generate', '--model', 'x', '--prompt', 'a', '--ids', '1'], 'Either --prompt or --ids'],
    [['generate', '--model', 'x', '--ids', '1,two'], 'not "two"'],
    [['generate', '--model', 'x', '--prompt', 'a', '--max-new-tokens', '1.5'], '--max-new-tokens takes a whole number'],
    [['generate', '--model', 'x', '--prompt', 'a', '--temperature', 'hot'], '--temperature takes a number, not "hot"'],
    [['generate', '--model', 'x', '--prompt', 'a', '--temperature=-1'], '--temperature is at least 0'],
    [['generate', '--model', 'x', '--prompt', 'a', '--top-p', '1.5'], '--top-p is at most 1, not 1.5'],
    [['generate', '--model', 'x', '--prompt', 'a', '--min-p', '2'], '--min-p is at most 1, not 2'],
    [['generate', '--model', 'x', '--prompt', 'a', '--repetition-penalty', '0'], '--repetition-penalty is above 0'],
    [['generate', '--model', 'x', '--prompt', 'a', '--backend', 'cuda'], '--backend is one of webgpu, wasm, cpu'],
    [['inspect'], 'A folder or a file is needed'],
  ])('%j', async (args, said) => {
    expect(await refusalOf(args, 2)).toContain(said)
  })
})

describe('what is not there yet, status 1', () => {
  it.each([
    [['--resume'], '--resume is not there yet'],
    [['--engine', 'plan', '--backend', 'cpu'], 'the engine "plan" runs on wasm and webgpu, and this is cpu'],
    [['--threads', '4', '--engine', 'eager'], 'not the 4 threads that were asked for'],
  ])('train %j', async (more, said) => {
    expect(await refusalOf(train(...more), 1)).toContain(said)
    expect(existsSync(place.path('out'))).toBe(false)
  })

  it('saving in the middle of a run', async () => {
    const config = place.json('saving.json', { save_steps: 10 })
    expect(await refusalOf(train('--config', config), 1)).toContain('Saving checkpoints is not there yet')
  })
})

describe('models, status 1', () => {
  it('a folder that is not there', async () => {
    expect(await refusalOf(['preview', '--model', place.path('none'), '--data', data], 1)).toContain('there is no such folder')
    expect(await refusalOf(['inspect', place.path('none')], 1)).toContain('there is no such folder or file')
  })

  it('a folder without a model, another architecture, and ids it does not have', async () => {
    place.write('empty/notes.txt', 'nothing')
    expect(await refusalOf(['generate', '--model', place.path('empty'), '--prompt', 'a'], 1)).toContain('config.json')
    const other = await place.model('other', { config: { architectures: ['MambaForCausalLM'] } })
    expect(await refusalOf(['inspect', other], 1)).toContain('architectures is MambaForCausalLM')
    expect(await refusalOf(['generate', '--model', model, '--ids', '5,265'], 1)).toContain('265')
  })
})

describe('settings, status 1', () => {
  it.each([
    ['{"learning_rat": 1}', 'learning_rat: is not a setting'],
    ['{"learning_rate": "fast"}', 'learning_rate: must be a number'],
    ['{"num_train_epochs": 1,}', '--config'],
    ['[]', 'must be an object'],
  ])('%s', async (text, said) => {
    const config = place.write('bad.json', text)
    const line = await refusalOf(train('--config', config), 1)
    expect(line).toContain(said)
    expect(line).toContain(config)
  })

  it('a file that is not there', async () => {
    expect(await refusalOf(train('--config', place.path('none.json')), 1)).toContain('none.json')
  })
})

describe('data, status 1', () => {
  it.each([
    ['comma.json', '[\n  {"instruct": "a", "input": "b", "label": "c",}\n]', 'Line 2, column 47'],
    ['cut.json', '[{"instruct": "a", "input": ', 'Line 1, column'],
    ['empty.json', '', 'The file is empty'],
    ['object.json', '{"a": 1}', 'not a list of records'],
  ])('%s', async (name, text, said) => {
    const file = place.write(name, text)
    const line = await refusalOf(['preview', '--model', model, '--data', file], 1)
    expect(line).toContain(said)
    expect(line).toContain(file)
  })

  it('a file that is not there', async () => {
    expect(await refusalOf(['evaluate', '--model', model, '--data', place.path('none.json')], 1)).toContain('none.json')
  })

  it('bad rows, the first by its number; with --skip-bad the good ones are taken', async () => {
    const file = place.json('mixed.json', [poems[0], { instruct: 5, input: 'b', label: 'c' }, poems[1]])
    const preview = ['preview', '--model', model, '--data', file]
    const line = await refusalOf(preview, 1)
    expect(line).toContain('record 2')
    expect(line).toContain('"instruct" is a number')
    const { status, out } = await tabtune([...preview, '--skip-bad', '--json'])
    expect({ status, lines: out.trimEnd().split('\n').length }).toEqual({ status: 0, lines: 2 })
  })

  it('records with nothing to learn, unless they may be left out', async () => {
    const file = place.json('long.json', [poems[0], { instruct: 'x'.repeat(200), input: '', label: '1' }])
    const config = place.json('one.json', { max_steps: 1 })
    const args = ['train', '--model', model, '--data', file, '--out', place.path('long-out'), '--config', config]
    expect(await refusalOf(args, 1)).toContain('nothing to learn (2)')
    expect(existsSync(place.path('long-out'))).toBe(false)
    const { status, out } = await tabtune([...args, '--skip-bad', '--json'])
    expect({ status, lines: out.trimEnd().split('\n').length }).toEqual({ status: 0, lines: 2 })
  })
})

describe('places to write to, before anything is trained, status 1', () => {
  it.each([
    ['a file', 'file.txt'],
    ['a folder below a file', 'file.txt/out'],
  ])('%s', async (_what, out) => {
    place.write('file.txt', 'mine')
    const [own, twin] = [
      ['train', '--model', model, '--data', data, '--out', place.path(out)],
      ['train', '--model', model, '--data', data, '--out', place.path('out'), '--twin', place.path(out)],
    ]
    for (const args of [own, twin]) expect(await refusalOf(args, 1)).toContain('is a file, not a folder')
  })

  it('a folder with something in it is written to, with a word on standard error', async () => {
    place.write('used/notes.txt', 'mine')
    const config = place.json('one.json', { max_steps: 1 })
    const { status, out, err } = await tabtune([
      'train',
      '--model',
      model,
      '--data',
      data,
      '--out',
      place.path('used'),
      '--config',
      config,
      '--json',
    ])
    expect(status).toBe(0)
    expect(out.trimEnd().split('\n').length).toBe(2)
    expect(err).toMatch(/^[^\n]*is not empty[^\n]*\n$/)
    expect(readdirSync(place.path('used'))).toContain('notes.txt')
  })
})
