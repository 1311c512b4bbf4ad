// What can go wrong while a model comes from the Hub, in Simplified Chinese.

import { sayBytes } from '../../../problem/bytes.ts'
import type { hubProblems as en } from '../../../problem/hub.ts'

const goesOn = '已经收到的都留着；'
const having = (found: string) => (found === '' ? '' : `（里面有 ${found}）`)

export const hubProblems: typeof en = {
  'hub.bad-name': (v) => ({
    what: `“${v.name}”不是仓库名。`,
    remedy: '请写成“所有者/名称”，例如 Qwen/Qwen2.5-0.5B，或者粘贴它网页的地址。',
  }),
  'hub.bad-endpoint': (v) => ({
    what: `“${v.endpoint}”不是 Hub 的地址。`,
    remedy: '请写完整，例如 https://huggingface.co，或者留空。',
  }),
  'hub.unreachable': (v) => ({
    what: `连续 ${v.tries} 次连不上 ${v.endpoint}（${v.message}）。`,
    remedy: `${goesOn}请检查网络，或者把镜像填为端点，然后重新开始：会从停下的地方接着下载。`,
  }),
  'hub.answered': (v) => ({
    what: `服务器对 ${v.address} 回答 ${v.status}${v.message === '' ? '' : `（${v.message}）`}。`,
    remedy: `${goesOn}请稍后重新开始：会从停下的地方接着下载。`,
  }),
  'hub.too-many-requests': (v) => ({
    what: `服务器说这里的请求太多，要求停 ${v.seconds} 秒。`,
    remedy: `${goesOn}请稍后重新开始，或者填上您账号的令牌，它有自己的限额。`,
  }),
  'hub.not-found': (v) => ({
    what: `${v.signedIn ? '用这个令牌' : '不带令牌'}看不到模型仓库 ${v.repository}。`,
    remedy: v.signedIn ? '请检查拼写和大小写，以及令牌是否可以读这个仓库。' : '请检查拼写和大小写。私有仓库需要令牌。',
  }),
  'hub.no-revision': (v) => ({
    what: `${v.repository} 没有叫 ${v.revision} 的分支、标签或提交。`,
    remedy: '留空就是最新版本，也可以从仓库的网页上取一个。',
  }),
  'hub.gated': (v) => ({
    what: `${v.repository} 是受限模型：要先接受所有者的条款。`,
    remedy: v.signedIn
      ? '请用这个令牌所属的账号，在模型的网页上接受条款，然后重新开始。'
      : '请在模型的网页上接受条款，在 Settings、Access Tokens 里建一个可读的令牌，填在这里。',
  }),
  'hub.bad-token': () => ({
    what: '服务器不接受这个令牌。',
    remedy: '请从 Settings、Access Tokens 重新复制；它可能过期了。不受限的模型不需要令牌。',
  }),
  'hub.bad-answer': (v) => ({
    what: `服务器的回答不像 Hub：${v.reason}。`,
    remedy: '请确认端点是 Hub 或它的镜像。',
  }),
  'hub.no-config': (v) => ({
    what: `这个仓库没有 config.json，不是 transformers 的模型${having(v.found)}。`,
    remedy: '请用模型本身的仓库。LoRA 适配器请在“适配器”一栏里打开，放在它的原模型旁边。',
  }),
  'hub.no-safetensors': (v) => ({
    what: `这个仓库没有 model.safetensors${having(v.found)}。这里不读 GGUF 和 .bin 文件。`,
    remedy: '请换同一模型的另一个仓库，通常是作者自己的。也可以用 transformers 的 save_pretrained 把 .bin 转成 safetensors。',
  }),
  'hub.no-tokenizer': (v) => ({
    what: `这个仓库没有 tokenizer.json${having(v.found)}。`,
    remedy:
      '请换同一模型的另一个仓库。用 transformers 的 AutoTokenizer.from_pretrained(…).save_pretrained(…) 可以写出 tokenizer.json。',
  }),
  'hub.no-shards': (v) => ({
    what: `权重的索引里有 ${v.file}，仓库里却没有。`,
    remedy: '这个仓库不完整：请换一个仓库，或者换一个版本。',
  }),
  'hub.folder-taken': (v) => ({
    what: `文件夹里有别的东西的文件：${v.files}。`,
    remedy: '请选一个空文件夹，或者上次没下载完的那个；什么都没有改动。',
  }),
  'hub.no-room': (v) => ({
    what: `空间不够：还有 ${sayBytes(v.needed)} 要下载${v.room === null ? '' : `，只剩 ${sayBytes(v.room)}`}。`,
    remedy: '请在磁盘上腾出空间，或者删掉这里存着的模型，然后重新开始：会从停下的地方接着下载。',
  }),
  'hub.cannot-keep': (v) => ({
    what: `收到的内容写不进去：${v.message}。`,
    remedy: '请确认没有别的标签页或程序正在下载同一个模型，并且这里可以写入；然后重新开始。',
  }),
  'hub.wrong-content': (v) => ({
    what: `${v.file} 两次收到的内容都与 Hub 所说的不符。`,
    remedy: '它已被丢弃，其他文件都留着。服务器或途中有什么改动了内容：请换一个端点，或者稍后再试。',
  }),
}
