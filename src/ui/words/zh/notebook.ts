// 用笔记本的说法列出一次训练的设置：哪些在 transformers 或 PEFT 里有名字，哪些在那里要自己写代码。

import type { OwnSetting } from '../../../config/notebook.ts'
import type { notebook as english } from '../en/notebook.ts'

const own: Record<OwnSetting, (value: string) => string> = {
  objective: (value) =>
    value === 'sft' ? 'labels 复制 input_ids，提示和补齐部分设为 −100。' : 'labels 复制 input_ids，只有补齐部分设为 −100。',
  mask: (value) =>
    value === 'prefix'
      ? 'tokenizer(instruct + input) 有几个词元，就把前几个 labels 设为 −100。'
      : '提示和答案各自分词（add_special_tokens=False）再拼起来，提示的 labels 设为 −100。',
  chat_template: (value) =>
    value === 'true'
      ? 'tokenizer.apply_chat_template([{"role": "user", "content": instruct + input}, {"role": "assistant", "content": label}])；只有回答和它的轮次结束符保留 labels。'
      : 'tokenizer(instruct + input + label)，后面接结束符。',
  system_prompt: (value) =>
    value === 'null'
      ? '没有 system 消息；模板可能自带一条。'
      : `其他消息之前加 {"role": "system", "content": ${JSON.stringify(value)}}。`,
  max_length: (value) =>
    value === 'null' ? '不截断，只受模型 max_position_embeddings 的限制。' : `在预处理里取 max_length = ${value}。`,
  overlong: (value) =>
    value === 'truncate'
      ? 'input_ids[:max_length]，labels[:max_length]。'
      : 'dataset.filter(lambda row: len(row["input_ids"]) <= max_length)。',
  packing: (value) =>
    value === 'true'
      ? 'TRL 的 SFTConfig(packing=True)，并要用能把各条隔开的注意力（flash_attention_2）。'
      : '什么都不用做：每条记录自成一行。',
  add_pad_token: (value) =>
    value === 'true'
      ? 'tokenizer.add_special_tokens({"pad_token": "[PAD]"})，再 model.resize_token_embeddings(len(tokenizer))。'
      : '什么都不用做：直接用分词器自带的补齐词元。',
  pad_token_id: (value) =>
    value === 'null'
      ? 'DataCollatorForSeq2Seq(tokenizer) 会用分词器自带的词元补齐，labels 补 −100。'
      : `tokenizer.pad_token = tokenizer.convert_ids_to_tokens(${value})。`,
  shuffle: (value) =>
    value === 'true'
      ? 'Trainer 本来就打乱；它的随机数发生器不同，种子相同顺序也不同。'
      : '让 Trainer 的 _get_train_sampler 返回 SequentialSampler；transformers 5 可用 train_sampling_strategy="sequential"。',
  test_size: (value) =>
    `dataset.train_test_split(test_size=${value}, seed=seed)，其中 test 那份作 eval_dataset；随机数发生器不同，留出的记录也不同。`,
  early_stopping_patience: (value) =>
    value === 'null'
      ? '不用回调。'
      : `callbacks=[EarlyStoppingCallback(early_stopping_patience=${value})]，并设 metric_for_best_model="eval_loss"。`,
}

export const notebook: typeof english = {
  title: '这次训练的设置',
  differ: (count) => `有 ${count} 项与默认值不同`,
  about: '用 Trainer 的说法。与 Trainer 或 PEFT 默认值不同的，都有标记。',
  argument: '参数',
  value: '值',
  usual: '默认值',
  differs: '不同',
  python: '写成 Python，供笔记本使用',
  copy: '复制 Python',
  copied: '已复制',
  ownTitle: '没有对应参数的',
  ownAbout: 'Trainer 没有这些参数，在笔记本里要自己写代码：',
  own,
  none: '留空',
}
