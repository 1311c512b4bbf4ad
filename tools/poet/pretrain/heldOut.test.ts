// What is held out, and that its loss is the mean over tokens and not over batches.
import { describe, expect, it } from 'vitest'
import { parted } from './blocks.ts'
import { heldOutLoss } from './heldOut.ts'

describe('the held-out part', () => {
  it('is one document in so many, and nothing is lost or in both', () => {
    const documents = Array.from({ length: 103 }, (_, index) => `document ${index}`)
    const { kept, heldOut } = parted(documents, 50)
    expect(heldOut).toEqual(['document 49', 'document 99'])
    expect([...kept, ...heldOut].sort()).toEqual([...documents].sort())
  })

  it('has the mean loss of its tokens: a short last batch counts for less', async () => {
    const blocks = [...Array.from({ length: 8 }, () => [1, 2, 3, 4]), [1, 2]]
    const lengths: number[] = []
    const stepper = {
      gradients: async (batches: readonly { length: number; rows: number }[]) => {
        lengths.push(...batches.map(({ length }) => length))
        return { loss: batches[0]?.rows === 8 ? 1 : 18, gradNorm: 0 }
      },
    }
    expect(await heldOutLoss(stepper, blocks, { padTokenId: 0, lengthMultiple: 6 })).toBeCloseTo((32 * 1 + 2 * 18) / 34)
    expect(lengths).toEqual([6, 6])
  })
})
