// What each setting does, in one plain sentence. Names are Trainer's own and are never translated.

import type { SettingGroup, ShownSetting } from '../../training/settingFields.ts'

const groups: Record<SettingGroup, string> = {
  length: 'How long',
  rate: 'How fast',
  records: 'What is learned',
  batches: 'Batches',
  heldOut: 'Held-out records',
  optimiser: 'Optimiser',
}

const about: Record<ShownSetting, string> = {
  num_train_epochs: 'How many times every record is seen. More is learned more exactly, and takes longer.',
  max_steps: 'Ends the run after this many steps, whatever the epochs say. −1: the epochs decide.',
  per_device_train_batch_size: 'Records read together before the weights change. More is steadier and takes more memory.',
  gradient_accumulation_steps: 'Batches added up for one change: the effect of a larger batch without its memory.',
  gradient_checkpointing:
    'Keep only what goes into each block and compute the block again on the way back: less memory, about a third more time, the same numbers. Off: done all the same where memory asks for it.',
  learning_rate: 'How far each step moves the weights. Too high and the loss jumps; too low and little is learned.',
  lr_scheduler_type: 'How the rate falls: evenly to 0 (linear), in a curve to 0 (cosine), or not at all (constant).',
  warmup_steps: 'Steps over which the rate rises from 0, so that the first ones do no harm.',
  objective: 'sft learns the answers only, behind the mask; pretrain learns every token, questions too.',
  mask: 'Where learning begins: after as many tokens as the question has alone (prefix, as in the article), or with both parts tokenised apart (parts), so that no token straddles the border.',
  chat_template:
    'Writes records of three fields in the model’s own chat template: instruct + input is what the user says, the label is the answer. For instruct checkpoints. Off: plain text.',
  system_prompt: 'The system line before each of those conversations. Empty: what the template does by itself.',
  max_length: 'Tokens that a record may have, end token included. Empty: what the model takes.',
  overlong: 'A longer record loses its end (truncate) or is left out (drop).',
  packing:
    'Short records share a row of at most max_length tokens (empty: as long as the longest record). None sees another, each keeps its loss; less padding is computed, and a batch holds more records.',
  add_pad_token:
    'Pads with a token of its own, [PAD], as the article does; the embedding gets a row for it. Not needed here: padding is masked by its position, so an end token that also pads is still learned.',
  pad_token_id: 'The token that fills up shorter records of a batch; it is never learned. Empty: the tokenizer’s own.',
  shuffle: 'A new order of records in each epoch. Off: the order of the file.',
  seed: 'The same seed gives the same order, and so the same run.',
  weight_decay: 'Draws the weights a little towards 0 in each step. 0: not at all.',
  max_grad_norm: 'A stronger pull is shortened to this, so that one odd batch does no harm. 0: never.',
  adam_beta1: 'How long the direction of earlier steps is remembered.',
  adam_beta2: 'How long the size of earlier gradients is remembered.',
  adam_epsilon: 'A tiny number that keeps the optimiser from dividing by 0.',
  eval_strategy:
    'epoch: some records are kept back, never learned, and asked for their loss after each epoch. no: all records are learned.',
  test_size: 'How much is kept back: below 1 a share of the records, from 1 on a number of them. The seed chooses which.',
  per_device_eval_batch_size: 'Held-out records that are measured together.',
  load_best_model_at_end:
    'The run ends with the weights of the epoch that had the lowest held-out loss, not with the last ones. Takes one more set of what is trained.',
  early_stopping_patience: 'Ends the run after so many epochs without a lower held-out loss. Empty: it takes all its epochs.',
}

export const settings = {
  title: 'All settings',
  asPreset: 'as the preset',
  changed: (count: string, one: boolean) => `${count} ${one ? 'differs' : 'differ'} from the preset`,
  groups,
  about,
  trainerDefault: (value: string) => `Trainer’s default ${value}`,
  peftDefault: (value: string) => `PEFT’s default ${value}`,
  ownDefault: (value: string) => `default ${value}`,
  none: 'empty',
  differs: (value: string) => `changed, the preset has ${value}`,
  back: (name: string, value: string) => `Set ${name} back to ${value}`,
  wrong: (reason: string) => `Not taken: it ${reason}.`,
  /** What the schema says against a value. */
  reason: (english: string) => english,
  /** Leads to the record that is being looked at. */
  preview: 'See it in the preview',
  previewOf: (name: string) => `See it in the preview: ${name}`,
  locked: 'Settings can be changed again when the run is over.',
  save: 'Save settings',
  read: 'Read settings from a file',
  fileName: 'tabtune-settings.json',
  taken: (name: string) => `Settings taken from ${name}.`,
  notTaken: (name: string) => `${name} was not taken; your settings are as they were.`,
  notJson: 'The file is not JSON.',
  fault: (setting: string, reason: string) => `${setting} ${reason}`,
}
