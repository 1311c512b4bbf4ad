// 每个设置用一句话说明。名称沿用 Trainer 原名，不译。

import type { SettingGroup, ShownSetting } from '../../training/settingFields.ts'
import type { settings as english } from '../en/trainingSettings.ts'

const groups: Record<SettingGroup, string> = {
  length: '练多久',
  rate: '学多快',
  records: '学什么',
  batches: '批次',
  heldOut: '留出的记录',
  optimiser: '优化器',
}

const about: Record<ShownSetting, string> = {
  num_train_epochs: '每条记录看几遍。遍数越多记得越准，用时也越长。',
  max_steps: '走满这么多步就结束，不管轮数。−1：由轮数决定。',
  per_device_train_batch_size: '一次一起读几条记录再更新权重。多则平稳，但更占内存。',
  gradient_accumulation_steps: '累积几个批次才更新一次：效果等于更大的批次，却不多占内存。',
  gradient_checkpointing:
    '只留各层的输入，反向时重算各层：省内存，约多花三分之一时间，结果不变。不开时，内存不够也会自动这样做。',
  learning_rate: '每一步改动权重的幅度。太大损失会乱跳，太小学不进去。',
  lr_scheduler_type: '学习率怎样下降：匀速降到 0（linear）、沿曲线降到 0（cosine），或保持不变（constant）。',
  warmup_steps: '开头用几步把学习率从 0 升上来，免得起步伤了模型。',
  objective: 'sft 只学答案，问题被掩码遮住；pretrain 每个词元都学，连问题也学。',
  mask: '从哪里开始学：问题单独分词有几个词元就遮几个（prefix，文章的做法），或两部分各自分词（parts），这样不会有词元跨在分界上。',
  chat_template:
    '把三个字段的记录写进模型自带的对话模板：instruct + input 是用户说的话，label 是回答。适合指令模型。关：纯文本。',
  system_prompt: '这些对话前面的系统提示。留空：由模板自己决定。',
  max_length: '一条记录最多几个词元，含结束符。留空：以模型上限为准。',
  overlong: '超长的记录：截去结尾（truncate），或不用（drop）。',
  packing:
    '几条短记录合成一行，每行最多 max_length 个词元（留空：与最长的记录一样长）。互相看不见，各自的损失不变；少算补齐，一批能放更多记录。',
  add_pad_token:
    '像文章那样，专门加一个 [PAD] 词元来补齐，词嵌入为它多出一行。这里其实用不着：补齐部分按位置遮住，结束符即便兼作补齐，也照样学得到。',
  pad_token_id: '用来把同批较短的记录补齐的词元，从不参与学习。留空：用分词器自带的。',
  shuffle: '每一轮重新打乱记录顺序。关：按文件顺序。',
  seed: '种子相同，顺序就相同，结果也相同。',
  weight_decay: '每一步把权重稍稍拉向 0。0：不拉。',
  max_grad_norm: '梯度过大时压到这个长度，免得一个怪批次带偏模型。0：不压。',
  adam_beta1: '对以往方向记多久。',
  adam_beta2: '对以往梯度大小记多久。',
  adam_epsilon: '一个极小的数，防止优化器除以 0。',
  eval_strategy: 'epoch：留出一部分记录不学，每轮之后只测它们的损失。no：所有记录都学。',
  test_size: '留出多少：小于 1 是比例，不小于 1 是条数。留出哪些由种子决定。',
  per_device_eval_batch_size: '一次一起测几条留出的记录。',
  load_best_model_at_end: '训练结束时用留出损失最低那一轮的权重，而不是最后的。要多占一份所训练的权重。',
  early_stopping_patience: '留出损失连续这么多轮没有再降，就提前结束。留空：走完所有轮。',
}

/** 设置检查给出的英文理由，逐句换成中文；没见过的原样留着。 */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^must be a number$/, '应为数字'],
  [/^must be a whole number$/, '应为整数'],
  [/^must be at least (.+)$/, '不能小于 $1'],
  [/^must be at most (.+)$/, '不能大于 $1'],
  [/^must be true or false$/, '应为 true 或 false'],
  [/^must be a name$/, '应为名称'],
  [/^must be a share below 1 or a whole number$/, '应为小于 1 的比例，或整数'],
  [/^must be (.+), (.+) or (.+)$/, '应为 $1、$2 或 $3'],
  [/^must be (.+) or (.+)$/, '应为 $1 或 $2'],
  [/^is not a setting that Tabtune knows$/, '不是 Tabtune 认识的设置'],
]

export const settings: typeof english = {
  title: '全部设置',
  asPreset: '与预设一致',
  changed: (count) => `有 ${count} 项与预设不同`,
  groups,
  about,
  trainerDefault: (value) => `Trainer 默认 ${value}`,
  peftDefault: (value) => `PEFT 默认 ${value}`,
  ownDefault: (value) => `默认 ${value}`,
  none: '留空',
  differs: (value) => `已改，预设为 ${value}`,
  back: (name, value) => `把 ${name} 改回 ${value}`,
  wrong: (reason) => `未采用：${reason}。`,
  reason: (english) => reasons.reduce((text, [pattern, chinese]) => text.replace(pattern, chinese), english),
  preview: '在预览里看',
  previewOf: (name) => `在预览里看：${name}`,
  locked: '训练结束后才能再改设置。',
  save: '保存设置',
  read: '从文件读取设置',
  fileName: 'tabtune-settings.json',
  taken: (name) => `已采用 ${name} 里的设置。`,
  notTaken: (name) => `没有采用 ${name}，原来的设置不变。`,
  notJson: '这个文件不是 JSON。',
  fault: (setting, reason) => `${setting}：${reason}`,
}
