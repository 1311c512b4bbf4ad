// The settings of a run as a notebook says them: what has a name in transformers or PEFT, and what is code there.

import type { OwnSetting } from '../../../config/notebook.ts'

/** What a setting without an argument is in a notebook; `value` as the file of settings writes it. */
const own: Record<OwnSetting, (value: string) => string> = {
  objective: (value) =>
    value === 'sft'
      ? 'labels are a copy of input_ids, with −100 over the prompt and the padding.'
      : 'labels are a copy of input_ids, with −100 over the padding only.',
  mask: (value) =>
    value === 'prefix'
      ? 'As many labels are −100 as tokenizer(instruct + input) has tokens.'
      : 'Prompt and label are tokenised apart (add_special_tokens=False), their ids joined, the prompt’s labels are −100.',
  chat_template: (value) =>
    value === 'true'
      ? 'tokenizer.apply_chat_template([{"role": "user", "content": instruct + input}, {"role": "assistant", "content": label}]); the answer and the end of its turn keep their labels.'
      : 'tokenizer(instruct + input + label), and the end token behind it.',
  system_prompt: (value) =>
    value === 'null'
      ? 'No system message; the template may put one of its own.'
      : `{"role": "system", "content": ${JSON.stringify(value)}} before the other messages.`,
  max_length: (value) =>
    value === 'null'
      ? 'Nothing is cut below the model’s own max_position_embeddings.'
      : `max_length = ${value} in your preprocessing.`,
  overlong: (value) =>
    value === 'truncate'
      ? 'input_ids[:max_length], labels[:max_length].'
      : 'dataset.filter(lambda row: len(row["input_ids"]) <= max_length).',
  packing: (value) =>
    value === 'true'
      ? 'SFTConfig(packing=True) of TRL, with a model whose attention keeps the records apart (flash_attention_2).'
      : 'Nothing to do: each record is a row of its own.',
  add_pad_token: (value) =>
    value === 'true'
      ? 'tokenizer.add_special_tokens({"pad_token": "[PAD]"}), then model.resize_token_embeddings(len(tokenizer)).'
      : 'Nothing to do: the tokenizer’s padding token is used as it is.',
  pad_token_id: (value) =>
    value === 'null'
      ? 'DataCollatorForSeq2Seq(tokenizer) pads with the tokenizer’s own token, and labels with −100.'
      : `tokenizer.pad_token = tokenizer.convert_ids_to_tokens(${value}).`,
  shuffle: (value) =>
    value === 'true'
      ? 'Trainer shuffles by itself; its generator is another, so the same seed gives another order there.'
      : 'A Trainer whose _get_train_sampler returns a SequentialSampler; in transformers 5, train_sampling_strategy="sequential".',
  test_size: (value) =>
    `dataset.train_test_split(test_size=${value}, seed=seed); its test half is eval_dataset. The generator is another, so it holds out other records.`,
  early_stopping_patience: (value) =>
    value === 'null'
      ? 'No callback.'
      : `callbacks=[EarlyStoppingCallback(early_stopping_patience=${value})], with metric_for_best_model="eval_loss".`,
}

export const notebook = {
  title: 'Settings of this run',
  differ: (count: string, one: boolean) => `${count} ${one ? 'differs' : 'differ'} from the defaults`,
  about: 'In Trainer’s words. What differs from Trainer’s or PEFT’s own default is marked.',
  argument: 'Argument',
  value: 'Value',
  usual: 'Default',
  differs: 'differs',
  python: 'As Python, for a notebook',
  copy: 'Copy as Python',
  copied: 'Copied',
  ownTitle: 'Without an argument',
  ownAbout: 'Trainer has no argument for these. In a notebook they are code of yours:',
  own,
  none: 'empty',
}
