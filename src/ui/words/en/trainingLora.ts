// What is trained, all weights or LoRA, and what each field of LoRA does to the run. Names are PEFT's own and are never translated.

import type { LoraSettings } from '../../../config/settings.ts'

const about: Record<keyof LoraSettings, string> = {
  r: 'The rank: how many directions each layer may learn. More can learn more, and trains more parameters.',
  lora_alpha: 'How much the adapter counts: its part is multiplied by lora_alpha / r. Twice r is a common choice.',
  lora_dropout:
    'The share of a layer’s inputs that is hidden from its adapter in each step, so that it learns less by heart. 0: none.',
  use_rslora: 'Multiplies by lora_alpha / √r instead, so that a large r does not weaken what each direction learns.',
  target_modules:
    'The linear layers that get an adapter. All of them learn most; q_proj and v_proj alone are the smallest usual choice.',
}

export const method = {
  title: 'What is trained',
  choose: 'Method',
  full: 'All weights',
  lora: 'LoRA',
  fullAbout: 'Every number of the model may change. It learns fastest and takes most memory.',
  loraAbout:
    'The model stays as it is; two small matrices beside each chosen layer are trained. Less memory and a small file to keep. It wants a higher learning_rate: 2e-4 where all weights have 5e-5.',
  merged: (name: string) => `The open adapter ${name} is merged into the model first; then all of it is trained.`,
  goesOn: (name: string) =>
    `The run goes on training the open adapter ${name}, with its own r, lora_alpha, use_rslora and target_modules.`,
  toModel: 'Change the adapter in Model',
  small: (rate: string, epochs: string) =>
    `That rate suits models of half a billion parameters and more. This one is small: with LoRA it learns the demo at learning_rate ${rate} for ${epochs} epochs.`,
  useSmall: 'Set these',
  trained: 'Trained parameters',
  trainedMeaning: 'Numbers that this run changes: A and B of every chosen layer.',
  trainedOf: (all: string, share: string) => `of ${all}, ${share}`,
  none: 'Choose at least one layer.',
  all: 'All linear layers',
  allMeaning: 'all-linear',
  kinds: {
    q_proj: 'queries',
    k_proj: 'keys',
    v_proj: 'values',
    o_proj: 'output of attention',
    gate_proj: 'gate of the MLP',
    up_proj: 'up, in the MLP',
    down_proj: 'down, in the MLP',
  },
  about,
  back: (method: string) => `Set the method back to ${method}`,
  changed: (preset: string) => `changed, the preset has ${preset}`,
}
