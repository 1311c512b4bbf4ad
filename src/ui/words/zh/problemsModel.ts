// What can be wrong with a model’s files, in Simplified Chinese.

import type { modelProblems as en } from '../../../problem/model.ts'

const again = '请重新下载这个文件；您的东西都没有改动。'
const mergeFirst = '请先用 PEFT 把适配器合并进它的模型（merge_and_unload），再打开合并后的模型。'
const onePlace = '权重与 config.json 不配套：请从同一处取用两者。'

export const modelProblems: typeof en = {
  'model.missing-file': (v) => ({
    what: `这个文件夹里没有 ${v.file}${v.found === '' ? '' : `（只有 ${v.found}）`}。`,
    remedy: '请选择含有 config.json、tokenizer.json 和 model.safetensors 的文件夹。',
  }),
  'model.bad-json': (v) => ({ what: `文件不是有效的 JSON：${v.message}。`, remedy: again }),
  'model.unsupported': (v) => ({
    what: `${v.setting} 是 ${v.found}；Tabtune 支持 ${v.supported}。`,
    remedy: '请换一个模型：这个模型在这里会算错。',
  }),
  'model.bad-config': (v) => ({ what: `${v.setting} ${v.reason}。`, remedy: '请使用与模型配套的 config.json。' }),
  'model.truncated': (v) => ({
    what: `文件头声明有 ${v.promised} 字节，实际只有 ${v.actual} 字节。`,
    remedy: '复制时被截断了。请重新下载；您的东西都没有改动。',
  }),
  'model.bad-header': (v) => ({ what: `safetensors 文件头不能用：${v.reason}。`, remedy: again }),
  'model.missing-tensor': (v) => ({ what: `缺少形状为 [${v.shape}] 的张量 ${v.tensor}。`, remedy: onePlace }),
  'model.wrong-shape': (v) => ({
    what: `张量 ${v.tensor} 的形状是 [${v.found}]，config.json 要求 [${v.expected}]。`,
    remedy: onePlace,
  }),
  'model.surplus-tensors': (v) => ({ what: `权重里有这个架构不认识的张量：${v.tensors}。`, remedy: onePlace }),
  'model.dtype': (v) => ({
    what: `张量 ${v.tensor} 存为 ${v.dtype}；可读取 F32、F16 和 BF16。`,
    remedy: '请选择以其中一种形式保存的模型。',
  }),
  'model.tokenizer': (v) => ({
    what: `分词器不能用：${v.message}。`,
    remedy: '请选择 tokenizer.json 出自 Hugging Face 的模型。',
  }),
  'model.vocabulary': (v) => ({
    what: `分词器有 ${v.tokens} 个词元，嵌入却有 ${v.rows} 行。`,
    remedy: '请从同一处取用 tokenizer.json 和权重。',
  }),
  'model.ids-out-of-range': (v) => ({
    what: `模型没有编号为 ${v.id} 的词元，它只有 ${v.rows} 个词元（0 到 ${v.rows - 1}）。`,
    remedy: '请用这个模型的分词器处理数据，或打开数据所属的模型。',
  }),
  'model.no-end-token': () => ({
    what: '模型没有声明结束符（eos_token），答案就学不会结束。',
    remedy: '请在 tokenizer_config.json 里加上 eos_token，或在 config.json 里加上 eos_token_id。',
  }),
  'model.not-open': () => ({ what: '还没有打开模型。', remedy: '请在“模型”一步打开一个，或等它加载完。' }),
  'model.unreadable': (v) => ({ what: `模型无法读取：${v.message}。`, remedy: '请确认文件还在，然后重新打开模型。' }),
  'model.chat-template': (v) => ({
    what: `模型的对话模板不能用：${v.message}。`,
    remedy: '请使用含 instruct、input 和 label 的记录，或换一个有对话模板的模型。',
  }),
  'model.no-adapter': (v) => ({
    what: `这个文件夹里没有 ${v.file}${v.found === '' ? '' : `（只有 ${v.found}）`}。`,
    remedy: '请选择 PEFT 保存的、含有 adapter_config.json 和 adapter_model.safetensors 的文件夹。',
  }),
  'model.adapter-unsupported': (v) => ({
    what: `适配器的 ${v.setting} 是 ${v.found}；Tabtune 支持 ${v.supported}。`,
    remedy: mergeFirst,
  }),
  'model.adapter-tensor': (v) => ({
    what: `适配器里有 ${v.tensor}；这里只读取单个适配器的 lora_A 和 lora_B 权重。`,
    remedy: mergeFirst,
  }),
  'model.adapter-untargeted': (v) => ({
    what: `适配器里有 ${v.tensor}，而 adapter_config.json 的 target_modules 不包含这一层。`,
    remedy: '请从同一处取用 adapter_config.json 和 adapter_model.safetensors。',
  }),
  'model.adapter-mismatch': (v) => ({
    what: mismatch(v),
    remedy: `这个适配器是为另一个模型${v.base === '' ? '' : `（${v.base}）`}做的：请打开那个模型，或换一个适配器。`,
  }),
}

function mismatch({ tensor, found, expected }: { tensor: string; found: string; expected: string }): string {
  if (expected === '') return `适配器的张量 ${tensor} 不属于这个模型里任何可以加适配器的层。`
  if (found === '') return `适配器里缺少形状为 [${expected}] 的张量 ${tensor}。`
  return `适配器的张量 ${tensor} 的形状是 [${found}]，这个模型和 adapter_config.json 要求 [${expected}]。`
}
