// The model's chat template on the command line: records previewed and trained in it, questions asked in it.

import { beforeAll, expect, it } from 'vitest'
import { smallIds } from '../smallTokenizer.ts'
import { jsonOf, poems, refusalOf, workplace } from './tabtune.ts'

const place = workplace()
let model = ''
let data = ''
beforeAll(async () => {
  model = await place.model('model')
  data = place.json('poems.json', poems)
})

it('preview shows records as conversations, behind a system line', async () => {
  const lines = await jsonOf(['preview', '--model', model, '--data', data, '--chat', '--system-prompt', 's'])
  expect(lines[0]).toMatchObject({
    context: '<|im_start|>system\ns<|im_end|>\n<|im_start|>user\na: hello we<|im_end|>\n<|im_start|>assistant\n\n',
    learned: '12<|im_end|>',
    straddles: false,
  })
})

it('what is trained in the template answers when it is asked in it', async () => {
  const settings = { chat_template: true, num_train_epochs: 60, per_device_train_batch_size: 3, learning_rate: 1e-2 }
  const config = place.json('chat.json', settings)
  await jsonOf(['train', '--model', model, '--data', data, '--config', config, '--out', place.path('tuned')])
  const tuned = ['--model', place.path('tuned')]
  const [written] = await jsonOf(['generate', ...tuned, '--prompt', 'b: sun warm', '--chat', '--max-new-tokens', '8'])
  expect(written).toMatchObject({ text: '345', ids: [51, 52, 53, smallIds.imEnd] })
  const judged = await jsonOf(['evaluate', ...tuned, '--data', data, '--max-new-tokens', '12', '--chat'])
  expect(judged.at(-1)).toMatchObject({ exact: 3 })
})

it('a system line without the template is wrong usage, and so are ids in it', async () => {
  const asked = ['generate', '--model', model]
  expect(await refusalOf([...asked, '--prompt', 'a', '--system-prompt', 's'], 2)).toContain('--chat')
  expect(await refusalOf([...asked, '--ids', '1,2', '--chat'], 2)).toContain('--prompt')
})
