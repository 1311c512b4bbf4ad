// The data set behind the door: read without being used, used only with the person's word where rows are bad, changed without touching the file.

import { beforeEach, describe, expect, it } from 'vitest'
import { type OpenedStudio, quietly, testStudio, useRecords } from '../../test/studio.ts'
import { instruct } from '../../test/tinyModel.ts'

let opened: OpenedStudio
beforeEach(() => {
  opened = testStudio()
})

const read = (content: string, name = 'data.json') =>
  opened.handlers.readDataset({ source: { name, content }, roles: null }, quietly())
const use = (goodRowsOnly: boolean) => opened.handlers.useDataset({ goodRowsOnly }, quietly())
const problem = (code: string) => ({ problem: { code } })
const inUse = () => opened.studio.dataset?.records.map(({ record, leftOut }) => [record, leftOut])

const good = { instruct: 'a', input: 'b', label: '1' }
const other = { instruct: 'c', input: 'd', label: '2' }

describe('reading and using', () => {
  it('are two things: what was in use stays until the new one is taken', async () => {
    await useRecords(opened, [instruct('a', 'b', '1')])
    expect(await read(JSON.stringify([good, other]))).toMatchObject({ rows: 2, goodRows: 2, problems: [] })
    expect(inUse()?.length).toBe(1)
    expect(await use(false)).toEqual({ records: 2 })
    expect(inUse()?.length).toBe(2)
  })

  it('takes good rows beside bad ones only with the word for it, and names the first bad one', async () => {
    const mixed = JSON.stringify([good, { instruct: 5, input: 'b', label: '1' }, other])
    expect(await read(mixed)).toMatchObject({ rows: 3, goodRows: 2 })
    const refused = use(false)
    await expect(refused).rejects.toMatchObject(problem('row.not-a-string'))
    await expect(refused).rejects.toThrow('data.json, record 2')
    expect(opened.studio.dataset).toBe(null)
    expect(await use(true)).toEqual({ records: 2 })
    expect(opened.studio.dataset?.records.map(({ row }) => row)).toEqual([1, 3])
  })

  it('takes nothing where nothing was read, or nothing was good', async () => {
    await expect(use(true)).rejects.toMatchObject(problem('run.no-dataset'))
    await read(JSON.stringify([{ instruct: 5, input: 'b', label: '1' }]))
    await expect(use(true)).rejects.toMatchObject(problem('dataset.no-records'))
  })

  it('leaves what is in use where a file cannot be read', async () => {
    await useRecords(opened, [instruct('a', 'b', '1')])
    await expect(read('[{"instruct": "a",}]')).rejects.toMatchObject(problem('dataset.trailing-comma'))
    await expect(read('')).rejects.toMatchObject(problem('dataset.empty'))
    expect(inUse()).toEqual([[instruct('a', 'b', '1'), false]])
  })
})

describe('changes', () => {
  beforeEach(() => useRecords(opened, [instruct('a', 'b', '1'), instruct('c', 'd', '2')]))

  it('can be taken back one by one', async () => {
    const edited = instruct('a', 'b', 'other')
    const change = (index: number, what: Parameters<typeof opened.handlers.changeRecord>[0]['change']) =>
      opened.handlers.changeRecord({ index, change: what }, quietly())
    expect(await change(0, { kind: 'edit', record: edited })).toEqual({ records: 2 })
    expect(await change(0, { kind: 'edit', record: instruct('', '', 'again') })).toEqual({ records: 2 })
    expect(await change(1, { kind: 'leave-out' })).toEqual({ records: 1 })
    expect(inUse()).toEqual([
      [instruct('', '', 'again'), false],
      [instruct('c', 'd', '2'), true],
    ])
    await change(0, { kind: 'restore' })
    expect(await change(1, { kind: 'restore' })).toEqual({ records: 2 })
    expect(inUse()).toEqual([
      [instruct('a', 'b', '1'), false],
      [instruct('c', 'd', '2'), false],
    ])
  })

  it('are saved with the rest, what is left out is not', async () => {
    const edited = instruct('x', 'y', '月"\n')
    await opened.handlers.changeRecord({ index: 0, change: { kind: 'edit', record: edited } }, quietly())
    await opened.handlers.changeRecord({ index: 1, change: { kind: 'leave-out' } }, quietly())
    const { name, content, bytes } = await opened.handlers.saveDataset({ name: 'mine.json' }, quietly())
    expect(name).toBe('mine.json')
    expect(content?.size).toBe(bytes)
    expect(JSON.parse((await content?.text()) ?? '')).toEqual([{ instruct: 'x', input: 'y', label: '月"\n' }])
    await read((await content?.text()) ?? '')
    await use(false)
    expect(inUse()).toEqual([[edited, false]])
  })

  it('need a data set', async () => {
    await expect(testStudio().handlers.saveDataset({ name: 'x' }, quietly())).rejects.toMatchObject(problem('run.no-dataset'))
  })
})
