// The order of a run: which records go into which step, and how epochs are counted.

import { describe, expect, it } from 'vitest'
import { settingsWith } from '../../test/tinyModel.ts'
import { stepsPerEpoch, totalSteps, windows } from './windows.ts'

const inOrder = { shuffle: false, num_train_epochs: 2, per_device_train_batch_size: 2 }
const run = (examples: number, changed: Parameters<typeof settingsWith>[0]) => [...windows(examples, settingsWith(changed))]
const indices = (list: ReturnType<typeof run>) => list.flatMap(({ batches }) => batches.flat())

describe('in the order of the file', () => {
  it('takes batch after batch, a shorter last one, each epoch the same', () => {
    expect(run(3, inOrder)).toEqual([
      { batches: [[0, 1]], epoch: 0.5, endsEpoch: false },
      { batches: [[2]], epoch: 1, endsEpoch: true },
      { batches: [[0, 1]], epoch: 1.5, endsEpoch: false },
      { batches: [[2]], epoch: 2, endsEpoch: true },
    ])
  })

  it('never accumulates over the end of an epoch: the last window is shorter', () => {
    const list = run(5, { ...inOrder, per_device_train_batch_size: 1, gradient_accumulation_steps: 2 })
    expect(list.map(({ batches }) => batches)).toEqual([[[0], [1]], [[2], [3]], [[4]], [[0], [1]], [[2], [3]], [[4]]])
    expect(list.map(({ epoch }) => epoch)).toEqual([0.4, 0.8, 1, 1.4, 1.8, 2])
    expect(list.map(({ endsEpoch }) => endsEpoch)).toEqual([false, false, true, false, false, true])
  })

  it('takes a batch larger than the data whole', () => {
    expect(run(3, { ...inOrder, num_train_epochs: 1, per_device_train_batch_size: 8 })).toEqual([
      { batches: [[0, 1, 2]], epoch: 1, endsEpoch: true },
    ])
  })
})

describe('the number of steps', () => {
  it.each([
    [3, { num_train_epochs: 2, per_device_train_batch_size: 2 }, 2, 4],
    [5, { num_train_epochs: 1, per_device_train_batch_size: 1, gradient_accumulation_steps: 2 }, 3, 3],
    [4, { num_train_epochs: 0.5, per_device_train_batch_size: 1 }, 4, 2],
    [3, { num_train_epochs: 0.5, per_device_train_batch_size: 1 }, 3, 2],
    [3, { max_steps: 7, per_device_train_batch_size: 1 }, 3, 7],
  ])('of %d records with %o', (examples, changed, perEpoch, total) => {
    expect(stepsPerEpoch(examples, settingsWith(changed))).toBe(perEpoch)
    expect(totalSteps(examples, settingsWith(changed))).toBe(total)
    expect(run(examples, changed).length).toBe(total)
  })
})

describe('shuffled', () => {
  const shuffled = { shuffle: true, seed: 5, num_train_epochs: 3, per_device_train_batch_size: 4 }
  const epochsOf = (list: ReturnType<typeof run>) => [0, 1, 2].map((epoch) => indices(list.slice(epoch * 3, epoch * 3 + 3)))

  it('takes every record once an epoch, in another order each time', () => {
    const epochs = epochsOf(run(11, shuffled))
    for (const epoch of epochs) expect([...epoch].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(new Set(epochs.map(String)).size).toBe(3)
  })

  it('takes the same order for the same seed, another for another', () => {
    expect(run(11, shuffled)).toEqual(run(11, shuffled))
    expect(indices(run(11, shuffled))).not.toEqual(indices(run(11, { ...shuffled, seed: 6 })))
  })
})
