// 数据文件中的各种毛病，一句话说明：与 problem/dataset.ts 的英文一一对应，缺一个就过不了编译。
// (The faults of a data file in Chinese, one for each English one.)

import type { ChatFault, CsvFault, SyntaxFault, TokenFault } from '../../../problem/dataset.ts'

export const syntaxFaults: Readonly<Record<SyntaxFault, string>> = {
  start: '记录的列表应以 [ 开头（或每行以 { 开头）',
  value: '这里应有一个值',
  name: '这里应是双引号括起的字段名',
  colon: '这里应有冒号',
  comma: '这里应有逗号',
  closing: '这里应有右括号',
  quote: '这段文本在本行没有收尾的引号',
  escape: '反斜杠后面的字符不能转义',
  control: '控制字符要写成转义，如 \\n 或 \\t',
  number: '这个数不是 JSON 的写法',
  word: '这不是 JSON 的值；文本要加双引号',
  comment: 'JSON 没有注释',
  more: '值已经结束，后面还有内容',
  'cut-off': '文本在一条记录中间断掉了',
  unclear: '这条记录不是有效的 JSON',
}

export const csvFaults: Readonly<Record<CsvFault, string>> = {
  'open-quote': '这里开始的引号没有收尾',
  'stray-quote': '引号里又有引号；请写两遍',
  'too-many-values': '这一行的值比表头的列多',
}

export const chatFaults: Readonly<Record<ChatFault, string>> = {
  'no-list': '它不是消息的列表',
  'no-message': '有一条消息不是带角色和文本的对象',
  role: '有一条消息的角色不是 system、user 或 assistant',
  content: '有一条消息没有文本',
  'no-answer': '没有 assistant 的消息',
}

export const tokenFaults: Readonly<Record<TokenFault, string>> = {
  'no-lists': 'input_ids 和 labels 不都是列表',
  lengths: 'input_ids 和 labels 长度不同',
  ids: 'input_ids 里有不是非负整数的值',
  labels: 'labels 里有既非非负整数也非 -100 的值',
  empty: 'input_ids 是空的',
}
