// What can be wrong with a model's files, each with its values and its English sentences.

export const modelProblems = {
  'model.missing-file': (v: { file: string; found: string }) => ({
    what: `There is no ${v.file} in this folder${v.found === '' ? '' : ` (it holds ${v.found})`}.`,
    remedy: 'Choose the folder that holds config.json, tokenizer.json and model.safetensors.',
  }),
  'model.bad-json': (v: { message: string }) => ({
    what: `The file is not valid JSON: ${v.message}.`,
    remedy: 'Download the file again; nothing of yours was changed.',
  }),
  'model.unsupported': (v: { setting: string; found: string; supported: string }) => ({
    what: `${v.setting} is ${v.found}; Tabtune supports ${v.supported}.`,
    remedy: 'Choose another model: this one would give wrong numbers here.',
  }),
  'model.bad-config': (v: { setting: string; reason: string }) => ({
    what: `${v.setting} ${v.reason}.`,
    remedy: 'Take config.json from the model it belongs to.',
  }),
  'model.truncated': (v: { promised: number; actual: number }) => ({
    what: `The header promises ${v.promised} bytes, the file holds ${v.actual}.`,
    remedy: 'The copy was cut off. Download the file again; nothing of yours was changed.',
  }),
  'model.bad-header': (v: { reason: string }) => ({
    what: `The safetensors header cannot be used: ${v.reason}.`,
    remedy: 'Download the file again; nothing of yours was changed.',
  }),
  'model.missing-tensor': (v: { tensor: string; shape: string }) => ({
    what: `The tensor ${v.tensor} of shape [${v.shape}] is missing.`,
    remedy: 'The weights belong to another config.json: take both from one place.',
  }),
  'model.wrong-shape': (v: { tensor: string; expected: string; found: string }) => ({
    what: `The tensor ${v.tensor} has shape [${v.found}], config.json asks for [${v.expected}].`,
    remedy: 'The weights belong to another config.json: take both from one place.',
  }),
  'model.surplus-tensors': (v: { tensors: string }) => ({
    what: `The weights hold tensors that this architecture does not know: ${v.tensors}.`,
    remedy: 'The weights belong to another config.json: take both from one place.',
  }),
  'model.dtype': (v: { tensor: string; dtype: string }) => ({
    what: `The tensor ${v.tensor} is stored as ${v.dtype}; F32, F16 and BF16 are read.`,
    remedy: 'Choose the model in one of these forms.',
  }),
  'model.tokenizer': (v: { message: string }) => ({
    what: `The tokenizer cannot be used: ${v.message}.`,
    remedy: 'Choose a model whose tokenizer.json Hugging Face made.',
  }),
  'model.vocabulary': (v: { tokens: number; rows: number }) => ({
    what: `The tokenizer knows ${v.tokens} tokens, the embedding has ${v.rows} rows.`,
    remedy: 'Take tokenizer.json and the weights from one place.',
  }),
  'model.ids-out-of-range': (v: { id: number; rows: number }) => ({
    what: `The token id ${v.id} is unknown to the model, which has ${v.rows} tokens (0 to ${v.rows - 1}).`,
    remedy: 'Take ids from the tokenizer of this model, or open the model they were made for.',
  }),
  'model.no-end-token': (_: { file: string }) => ({
    what: 'The model names no end token (eos_token), so no answer could learn to end.',
    remedy: 'Add eos_token to tokenizer_config.json or eos_token_id to config.json.',
  }),
  'model.not-open': (_: { slot: string }) => ({
    what: 'No model is open yet.',
    remedy: 'Open one in the step Model, or wait until it is loaded.',
  }),
  'model.unreadable': (v: { message: string }) => ({
    what: `The model could not be read: ${v.message}.`,
    remedy: 'See that the files are still there, then open the model again.',
  }),
  'model.chat-template': (v: { message: string }) => ({
    what: `The model's chat template cannot be used: ${v.message}.`,
    remedy: 'Use records with instruct, input and label, or a model that has a chat template.',
  }),
  'model.no-adapter': (v: { file: string; found: string }) => ({
    what: `There is no ${v.file} in this folder${v.found === '' ? '' : ` (it holds ${v.found})`}.`,
    remedy: 'Choose the folder that holds adapter_config.json and adapter_model.safetensors, as PEFT saves them.',
  }),
  'model.adapter-unsupported': (v: { setting: string; found: string; supported: string }) => ({
    what: `The adapter's ${v.setting} is ${v.found}; Tabtune supports ${v.supported}.`,
    remedy: 'Merge the adapter into its model with PEFT (merge_and_unload) and open the merged model.',
  }),
  'model.adapter-tensor': (v: { tensor: string }) => ({
    what: `The adapter holds ${v.tensor}; only the lora_A and lora_B weights of one adapter are read.`,
    remedy: 'Merge the adapter into its model with PEFT (merge_and_unload) and open the merged model.',
  }),
  'model.adapter-untargeted': (v: { tensor: string }) => ({
    what: `The adapter holds ${v.tensor}, but target_modules in adapter_config.json leaves that layer out.`,
    remedy: 'Take adapter_config.json and adapter_model.safetensors from one place.',
  }),
  'model.adapter-mismatch': (v: { tensor: string; found: string; expected: string; base: string }) => ({
    what: mismatch(v),
    remedy: `This adapter was made for another model${v.base === '' ? '' : ` (${v.base})`}: open that one, or choose another adapter.`,
  }),
}

function mismatch({ tensor, found, expected }: { tensor: string; found: string; expected: string }): string {
  if (expected === '') return `The adapter's tensor ${tensor} belongs to no layer that can have an adapter in this model.`
  if (found === '') return `The adapter has no tensor ${tensor} of shape [${expected}].`
  return `The adapter's tensor ${tensor} has shape [${found}], this model and adapter_config.json ask for [${expected}].`
}
