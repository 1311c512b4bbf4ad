// The words of the step Runs, in Simplified Chinese.

import type { runs as en } from '../en/runs.ts'

export const runs: typeof en = {
  title: '训练历史',
  intro: '每次训练结束后都会留在这里：损失曲线、设置、样例和结论。权重只有放到书架上才会留下。',
  empty: { title: '还没有训练过', text: '训练过模型之后，可以在这里重看那次训练。', train: '去“训练”' },
  missing: '此浏览器不让页面保存任何东西（是隐私窗口吗？），所以看不到以前的训练。',
  verdicts: { worked: '掩码起了作用', recites: '它背出了输入', 'not-learned': '没学会' },
  unjudged: '没有结论',
  methods: { full: '全部权重', lora: 'LoRA' },
  steps: (count) => `${count} 步`,
  loss: (loss) => `损失 ${loss}`,
  withTwin: '带对照',
  made: (when) => when,
  all: '全部训练',
  reading: '正在读取…',
  facts: {
    title: '训练了什么',
    model: '模型',
    adapter: '适配器',
    data: '记录',
    method: '方法',
    made: '时间',
    steps: '步数',
    took: '用时',
    loss: '损失',
    fell: (from, to) => `${from} → ${to}`,
    base: '原模型',
    tuned: '调好的模型',
    twin: '对照',
    answered: (exact, recited, records) => `共 ${records} 条，答对 ${exact} 条，背诵 ${recited} 条`,
  },
  models: '这次训练存下的',
  noModels: '它的权重没有放到书架上。',
  takeSettings: '用这些设置训练',
}
