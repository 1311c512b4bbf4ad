// What can go wrong with the shelf in the browser's own storage, in Simplified Chinese.

import { sayBytes } from '../../../problem/bytes.ts'
import type { shelfProblems as en } from '../../../problem/shelf.ts'

export const shelfProblems: typeof en = {
  'shelf.missing': (v) => ({
    what: `此浏览器不让页面保存任何东西${v.reason === '' ? '' : `（${v.reason}）`}，所以没有书架。`,
    remedy: '其他功能都能用：要留下的请存成 .zip。不是隐私窗口的话，通常就有书架。',
  }),
  'shelf.full': (v) => ({
    what: `这需要 ${sayBytes(v.needed)}，只剩 ${sayBytes(v.free)}，还差 ${sayBytes(Math.max(0, v.needed - v.free))}。什么都没有存。`,
    remedy: '请从书架上删掉一些，腾出磁盘空间，或者存成 .zip。',
  }),
  'shelf.gone': () => ({ what: '书架上已经没有它了。', remedy: '它被删掉了，可能是在另一个标签页里；也可能浏览器清空了存储。' }),
  'shelf.in-use': () => ({ what: '另一个标签页正在处理书架上的这一项。', remedy: '请等它完成，或关掉那个标签页。' }),
  'shelf.unreadable': (v) => ({
    what: `书架上的这一项读不出来：${v.message}。`,
    remedy: '它可能是另一个版本的 Tabtune 存的。可以删掉它，或者留给那个版本。',
  }),
  'shelf.name': () => ({ what: '名称须有 1 到 100 个字。', remedy: '请换一个名称。' }),
  'shelf.folder-closed': () => ({ what: '浏览器不能读这个文件夹。', remedy: '请重新选择它，并允许页面查看。' }),
}
