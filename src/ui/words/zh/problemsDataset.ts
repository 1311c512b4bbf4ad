// What can be wrong with a file of records, in Simplified Chinese.

import type { datasetProblems as en } from '../../../problem/dataset.ts'
import { chatFaults, csvFaults, syntaxFaults, tokenFaults } from './datasetFaults.ts'

/** The core names what it found in English; these are the words that it uses. */
const found: Readonly<Record<string, string>> = {
  object: '对象',
  array: '数组',
  string: '文本',
  number: '数字',
  boolean: '布尔值',
  null: 'null',
  'a number': '数字',
  'a string': '文本',
  'a list': '列表',
  'an array': '数组',
  'an object': '对象',
  'a boolean': '布尔值',
  text: '文本',
}
const say = (word: string) => found[word] ?? word

export const datasetProblems: typeof en = {
  'dataset.empty': () => ({ what: '文件是空的。', remedy: '请选择至少含一条记录的文件。' }),
  'dataset.not-text': () => ({
    what: '这不是文本文件。',
    remedy: '请把记录存成 UTF-8 编码的 JSON、JSON Lines 或 CSV，再拖进来。',
  }),
  'dataset.encoding': (v) => ({
    what: `第 ${v.line} 行有不属于 UTF-8 的字节。`,
    remedy: '请把文件另存为 UTF-8（现在也许是 GBK 或 Windows-1252），再拖进来；什么都没有载入。',
  }),
  'dataset.too-large': (v) => ({
    what: `文件有 ${Math.round(v.bytes / 1e6)} MB，最多读取 ${Math.round(v.limit / 1e6)} MB。`,
    remedy: '请把文件拆开，只取一部分。',
  }),
  'dataset.syntax': (v) => ({
    what: `第 ${v.line} 行第 ${v.column} 列：${syntaxFaults[v.expected]}。`,
    remedy: '请改好这一处再拖进来；什么都没有载入。',
  }),
  'dataset.trailing-comma': (v) => ({
    what: `第 ${v.line} 行第 ${v.column} 列：JSON 不允许在右括号前有逗号。`,
    remedy: '请删去这个逗号再拖进来；什么都没有载入。',
  }),
  'dataset.not-an-array': (v) => ({
    what: `文件里是单个${say(v.found)}，不是记录的列表。`,
    remedy: '请给记录加上方括号：[ {…}, {…} ]。',
  }),
  'dataset.wrapped': (v) => ({ what: `文件里是一个对象；记录取自其中的列表“${v.field}”。`, remedy: '不必处理。' }),
  'dataset.no-records': () => ({ what: '文件里没有记录。', remedy: '请选择至少含一条记录的文件。' }),
  'dataset.unknown-columns': (v) => ({
    what: `字段（${v.fields}）里认不出哪个是问题、哪个是答案。`,
    remedy: '请在列头指明哪个字段是 instruct、input 和 label。',
  }),
  'dataset.csv': (v) => ({ what: `第 ${v.line} 行：${csvFaults[v.message]}。`, remedy: '请改好这一行的引号和逗号，再拖进来。' }),
  'dataset.several-files': (v) => ({
    what: `一次来了 ${v.count} 个文件；记录只从一个文件读取。`,
    remedy: '请只拖一个文件。要打开模型，请在“模型”一步选择它的文件夹。',
  }),
  'dataset.no-file': () => ({ what: '拖进来的不是文件。', remedy: '请拖入文件，或直接粘贴记录的文本。' }),
  'dataset.unreadable': (v) => ({ what: `文件无法读取：${v.message}。`, remedy: '请确认文件还在且允许读取，然后重新选择。' }),
  'dataset.turn-end': (v) => ({
    what: `对话模板用 ${v.learned} 结束一轮，模型却只在 ${v.stops} 处停笔：它学到了一轮的结束，之后仍会写下去。`,
    remedy: `在这里，用这些记录训练出的模型遇到 ${v.learned} 也会停。要在别的程序里也这样，请在随模型保存的 generation_config.json 里把 ${v.id} 加进 eos_token_id。`,
  }),
  'dataset.answer-end': (v) => ({
    what: `答案学到的结尾是 ${v.learned}，模型却只在 ${v.stops} 处停笔：它结束了答案，之后仍会写下去。`,
    remedy: `在这里，用这些记录训练出的模型遇到 ${v.learned} 也会停。要在别的程序里也这样，请在随模型保存的 generation_config.json 里把 ${v.id} 加进 eos_token_id。`,
  }),
  'dataset.no-turn-end': (v) => ({
    what: `对话模板在答案后面没有放特殊词元，所以答案学不到结束：模型只在 ${v.stops} 处停笔。`,
    remedy: '答案会一直写到 max_new_tokens。请换一个对话模板里每轮有专门结束词元的模型。',
  }),
  'row.not-an-object': (v) => ({
    what: `这条记录是${say(v.found)}，不是带字段的对象。`,
    remedy: '请写成 {"instruct": …, "input": …, "label": …}。',
  }),
  'row.missing-field': (v) => ({ what: `缺少字段“${v.field}”。`, remedy: '请补上，或不用这条记录。' }),
  'row.not-a-string': (v) => ({
    what: `字段“${v.field}”是${say(v.found)}，不是文本。`,
    remedy: '请给这个值加上引号，或不用这条记录。',
  }),
  'row.extra-field': (v) => ({ what: `字段“${v.field}”没有用到。`, remedy: '不必处理：读取时会略过它。' }),
  'row.input-absent': (v) => ({
    what: `这里没有字段“${v.field}”，别的记录却有。`,
    remedy: '读取时当作空；若本应如此，不必处理。',
  }),
  'row.empty-label': (v) => ({
    what: `字段“${v.field}”是空的：只能学到结束符。`,
    remedy: '请写上模型应答的内容，或不用这条记录。',
  }),
  'row.empty-prompt': () => ({ what: '问题是空的：没有可回答的内容。', remedy: '请填写 instruct 或 input，或不用这条记录。' }),
  'row.lone-surrogate': (v) => ({
    what: `字段“${v.field}”里有半个字符（孤立的代理项）。`,
    remedy: '读取时记为 U+FFFD；如有影响，请改正文本。',
  }),
  'row.chat': (v) => ({
    what: `这段对话不能用：${chatFaults[v.reason]}。`,
    remedy: '每条消息要有角色（system、user、assistant）和文本，且至少有一条 assistant 的回答。',
  }),
  'row.tokens': (v) => ({
    what: `这条词元记录不能用：${tokenFaults[v.reason]}。`,
    remedy: 'input_ids 和 labels 应是两个等长的整数列表。',
  }),
  'row.duplicate': (v) => ({ what: `与第 ${v.of} 条记录相同。`, remedy: '若不想让它算两次，请去掉其中一条。' }),
}
