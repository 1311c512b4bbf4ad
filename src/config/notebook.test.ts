// What is copied must run in a notebook: real names only, Python's own values, and nothing of a run's settings left unsaid.

import { expect, test } from 'vitest'
import { loraArguments, notebookCode, ownSettings, trainerArguments, trainerDefault } from './notebook.ts'
import { presets, settingEntries } from './presets.ts'
import { defaultLora, defaultSettings, type Settings } from './settings.ts'

const article = presets.article
const lora = { ...defaultLora, r: 16, use_rslora: true, lora_dropout: 0.05, target_modules: ['q_proj', 'v_proj'] }
const differing = (settings: Settings) =>
  trainerArguments(settings)
    .filter(({ differs }) => differs)
    .map(({ name }) => name)

test('the article’s run is this call', () => {
  expect(notebookCode(article, { output_dir: 'tuned', adapter: null })).toBe(`from transformers import TrainingArguments

args = TrainingArguments(
    output_dir="tuned",
    num_train_epochs=10,
    max_steps=-1,
    per_device_train_batch_size=2,
    gradient_accumulation_steps=1,
    learning_rate=5e-5,
    lr_scheduler_type="linear",
    warmup_steps=0,
    weight_decay=0,
    adam_beta1=0.9,
    adam_beta2=0.999,
    adam_epsilon=1e-8,
    max_grad_norm=1,
    gradient_checkpointing=False,
    seed=42,
    eval_strategy="no",
    per_device_eval_batch_size=8,
    load_best_model_at_end=False,
    optim="adamw_torch",
    logging_steps=1,
    save_strategy="no",
)
`)
})

test('a run with LoRA has its LoraConfig', () => {
  const code = notebookCode({ ...article, lora }, { output_dir: 'tuned', adapter: null })
  expect(code.split('args = ')[0]).toBe(
    'from transformers import TrainingArguments\nfrom peft import LoraConfig, get_peft_model\n\n',
  )
  expect(code.split('peft_config = ')[1]).toBe(`LoraConfig(
    task_type="CAUSAL_LM",
    r=16,
    lora_alpha=16,
    lora_dropout=0.05,
    target_modules=["q_proj", "v_proj"],
    use_rslora=True,
)
# model = get_peft_model(model, peft_config)
`)
})

test('an adapter that was open is said: trained on, or merged first', () => {
  const last = (settings: Settings) => notebookCode(settings, { output_dir: 'x', adapter: 'a "b"' }).trimEnd().split('\n').at(-1)
  expect(last({ ...article, lora })).toBe(
    '# model = PeftModel.from_pretrained(model, "a \\"b\\"", config=peft_config, is_trainable=True)',
  )
  expect(last(article)).toBe('# model = PeftModel.from_pretrained(model, "a \\"b\\"").merge_and_unload()')
})

test('what differs from Trainer’s own defaults is marked, and only that', () => {
  expect(differing(article)).toEqual(['num_train_epochs', 'per_device_train_batch_size', 'logging_steps', 'save_strategy'])
  expect(differing({ ...article, num_train_epochs: 3, weight_decay: 0.01 })).toEqual([
    'per_device_train_batch_size',
    'weight_decay',
    'logging_steps',
    'save_strategy',
  ])
  expect(trainerDefault('num_train_epochs')).toBe('3')
  expect(trainerDefault('mask')).toBeNull()
  expect(loraArguments(defaultLora).filter(({ differs }) => differs)).toMatchObject([
    { name: 'task_type' },
    { name: 'lora_alpha', value: '16', usual: '8' },
    { name: 'target_modules', value: '"all-linear"', usual: 'None' },
  ])
})

test('checkpoints are said as Trainer says them', () => {
  const saving = trainerArguments({ ...article, save_steps: 20 }).slice(-2)
  expect(saving).toMatchObject([
    { name: 'save_strategy', value: '"steps"' },
    { name: 'save_steps', value: '20' },
  ])
})

test('every setting is an argument, one of the studio’s own, or LoRA', () => {
  const said = [...trainerArguments({ ...article, save_steps: 1 }).map(({ name }) => name), ...ownSettings, 'lora']
  for (const [name] of settingEntries(defaultSettings)) expect(said).toContain(name)
})

test('the best weights are checkpoints there, saved as often as they are measured', () => {
  const best = { ...article, eval_strategy: 'epoch', load_best_model_at_end: true } as const
  const differ = trainerArguments(best).filter(({ differs }) => differs)
  expect(Object.fromEntries(differ.map(({ name, value }) => [name, value]))).toMatchObject({
    eval_strategy: '"epoch"',
    load_best_model_at_end: 'True',
    save_strategy: '"epoch"',
    metric_for_best_model: '"eval_loss"',
  })
})
