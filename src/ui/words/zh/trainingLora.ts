// 训练什么：全部权重，还是 LoRA；以及 LoRA 各项对训练的作用。名称沿用 PEFT 原名，不译。

import type { LoraSettings } from '../../../config/settings.ts'
import type { method as english } from '../en/trainingLora.ts'

const about: Record<keyof LoraSettings, string> = {
  r: '秩：每一层能学几个方向。越大学得越多，训练的参数也越多。',
  lora_alpha: '适配器的分量：它算出的部分要乘以 lora_alpha / r。常取 r 的两倍。',
  lora_dropout: '每一步随机遮住适配器的一部分输入，免得死记硬背。0：不遮。',
  use_rslora: '改乘 lora_alpha / √r，r 再大也不会冲淡每个方向学到的东西。',
  target_modules: '给哪些线性层加适配器。全加学得最多；只加 q_proj 和 v_proj 是常见的最小选择。',
}

export const method: typeof english = {
  title: '训练什么',
  choose: '方法',
  full: '全部权重',
  lora: 'LoRA',
  fullAbout: '模型的每个数都可以变。学得最快，也最占内存。',
  loraAbout:
    '模型本身不动，只训练每个选定层旁边的两个小矩阵。占内存少，存下来的文件也小。学习率要高一些：全部权重用 5e-5 时，它用 2e-4。',
  merged: (name) => `打开的适配器 ${name} 会先并入模型，然后训练全部权重。`,
  goesOn: (name) => `这次训练接着练打开的适配器 ${name}，沿用它自己的 r、lora_alpha、use_rslora 和 target_modules。`,
  toModel: '去“模型”换适配器',
  small: (rate, epochs) =>
    `这个学习率适合五亿参数以上的模型。现在的模型很小：用 LoRA 学示例，要 learning_rate ${rate}、${epochs} 轮。`,
  useSmall: '这样设置',
  trained: '训练的参数',
  trainedMeaning: '这次训练会改变的数：每个选定层的 A 和 B。',
  trainedOf: (all, share) => `共 ${all}，占 ${share}`,
  none: '请至少选一层。',
  all: '全部线性层',
  allMeaning: 'all-linear',
  kinds: {
    q_proj: '查询',
    k_proj: '键',
    v_proj: '值',
    o_proj: '注意力的输出',
    gate_proj: 'MLP 的门',
    up_proj: 'MLP 的升维',
    down_proj: 'MLP 的降维',
  },
  about,
  back: (method) => `把方法改回${method}`,
  changed: (preset) => `已改，预设为 ${preset}`,
}
