// A run's settings in the words of a notebook: the arguments of transformers' TrainingArguments and PEFT's LoraConfig with their values,
// which of them differ from those classes' own defaults, and Python to paste.
// Names and defaults are those of transformers 4.46 to 5 and PEFT 0.13 to 0.20. What has no argument there is `ownSettings`.
// Must not know: who reads it, any sentence of a person's language.

import type { LoraSettings, SettingName, Settings } from './settings.ts'
import { isAllLinear } from './targets.ts'

export type NotebookArgument = {
  name: string
  /** The value as Python writes it. */
  value: string
  /** The class's own default, written the same way. */
  usual: string
  differs: boolean
}

/** The settings that no argument of TrainingArguments stands for: in a notebook they are code. `save_steps` is said by save_strategy. */
export const ownSettings = [
  'objective',
  'mask',
  'chat_template',
  'system_prompt',
  'max_length',
  'overlong',
  'packing',
  'add_pad_token',
  'pad_token_id',
  'shuffle',
  'test_size',
  'early_stopping_patience',
] as const satisfies readonly SettingName[]
export type OwnSetting = (typeof ownSettings)[number]

/** Everything else of a run's settings under its own name, with the default that TrainingArguments has for it. */
const trainerDefaults = {
  num_train_epochs: 3,
  max_steps: -1,
  per_device_train_batch_size: 8,
  gradient_accumulation_steps: 1,
  learning_rate: 5e-5,
  lr_scheduler_type: 'linear',
  warmup_steps: 0,
  weight_decay: 0,
  adam_beta1: 0.9,
  adam_beta2: 0.999,
  adam_epsilon: 1e-8,
  max_grad_norm: 1,
  gradient_checkpointing: false,
  seed: 42,
  eval_strategy: 'no',
  per_device_eval_batch_size: 8,
  load_best_model_at_end: false,
} as const satisfies Partial<Settings>

type Shared = keyof typeof trainerDefaults

/** TrainingArguments' own default as Python writes it; null for a setting that is no argument of it. */
export function trainerDefault(name: SettingName): string | null {
  return isShared(name) ? python(trainerDefaults[name]) : null
}

/** What TrainingArguments is to be given for the same run. */
export function trainerArguments(settings: Settings): readonly NotebookArgument[] {
  const shared: NotebookArgument[] = []
  let name: Shared
  for (name in trainerDefaults) shared.push(argument(name, settings[name], trainerDefaults[name]))
  return [...shared, argument('optim', 'adamw_torch', 'adamw_torch'), argument('logging_steps', 1, 500), ...saving(settings)]
}

/** Trainer keeps the best weights as checkpoints, so it must save as often as it measures. */
function saving({ save_steps, load_best_model_at_end }: Settings): readonly NotebookArgument[] {
  if (load_best_model_at_end)
    return [argument('save_strategy', 'epoch', 'steps'), argument('metric_for_best_model', 'eval_loss', null)]
  if (save_steps === 0) return [argument('save_strategy', 'no', 'steps')]
  return [argument('save_strategy', 'steps', 'steps'), argument('save_steps', save_steps, 500)]
}

/** What LoraConfig is to be given for the same adapter. */
export function loraArguments(lora: LoraSettings): readonly NotebookArgument[] {
  const targets = isAllLinear(lora.target_modules) ? 'all-linear' : lora.target_modules
  return [
    argument('task_type', 'CAUSAL_LM', null),
    argument('r', lora.r, 8),
    argument('lora_alpha', lora.lora_alpha, 8),
    argument('lora_dropout', lora.lora_dropout, 0),
    argument('target_modules', targets, null),
    argument('use_rslora', lora.use_rslora, false),
  ]
}

/** Python that makes the same arguments. `adapter` is the one that was open beside the model when the run began. */
export function notebookCode(
  settings: Settings,
  { output_dir, adapter }: { output_dir: string; adapter: string | null },
): string {
  const { lora } = settings
  const fromPeft = [
    ...(lora === null ? [] : ['LoraConfig']),
    ...(adapter !== null ? ['PeftModel'] : lora === null ? [] : ['get_peft_model']),
  ]
  const lines = [
    'from transformers import TrainingArguments',
    ...(fromPeft.length === 0 ? [] : [`from peft import ${fromPeft.join(', ')}`]),
    '',
    ...called('args = TrainingArguments', [{ name: 'output_dir', value: python(output_dir) }, ...trainerArguments(settings)]),
    ...(lora === null ? [] : called('peft_config = LoraConfig', loraArguments(lora))),
    ...modelLine(lora !== null, adapter),
  ]
  return `${lines.join('\n')}\n`
}

/** How the model comes to its adapter, as a comment: the model is the reader's own. */
function modelLine(hasLora: boolean, adapter: string | null): string[] {
  if (adapter === null) return hasLora ? ['# model = get_peft_model(model, peft_config)'] : []
  const open = `PeftModel.from_pretrained(model, ${python(adapter)}`
  return [`# model = ${open}${hasLora ? ', config=peft_config, is_trainable=True)' : ').merge_and_unload()'}`]
}

function called(what: string, given: readonly Pick<NotebookArgument, 'name' | 'value'>[]): string[] {
  return [`${what}(`, ...given.map(({ name, value }) => `    ${name}=${value},`), ')']
}

type Value = number | string | boolean | null | readonly string[]

function argument(name: string, value: Value, usual: Value): NotebookArgument {
  return { name, value: python(value), usual: python(usual), differs: python(value) !== python(usual) }
}

/** A value as Python reads it. JSON's strings and lists are Python's too. */
function python(value: Value): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'number') return JSON.stringify(value).replaceAll('","', '", "')
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value)
}

function isShared(name: SettingName): name is Shared {
  return name in trainerDefaults
}
