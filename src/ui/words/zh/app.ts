// The words of the page’s frame, in Simplified Chinese.

import type { BackendName, BackendReport } from '../../../protocol/backend.ts'
import type { Work } from '../../../protocol/progress.ts'
import type { Step } from '../../../session/address.ts'
import type { app as en } from '../en/app.ts'

const steps: Record<Step, string> = { data: '数据', model: '模型', train: '训练', play: '试写', keep: '保存', runs: '历史' }

const work: Record<Work, string> = {
  starting: '正在启动引擎',
  reading: '正在读取文件',
  pulling: '正在下载模型',
  loadingModel: '正在加载模型',
  tokenising: '正在切分记录',
  training: '正在训练',
  writing: '正在书写',
  evaluating: '正在逐条提问',
  saving: '正在保存',
}

const tensorFlow: Record<BackendName, string> = {
  webgpu: 'TensorFlow.js WebGPU',
  wasm: 'TensorFlow.js wasm',
  cpu: 'TensorFlow.js 纯 JavaScript',
}

function backendName({ backend, engine, threads }: BackendReport): string {
  if (engine === 'eager') return tensorFlow[backend]
  return backend === 'webgpu' ? 'GPU · WebGPU' : `CPU · ${threads} 线程`
}

function backendReason({ backend, engine, reason, adapter, threads, threadsRefused, isolated }: BackendReport): string {
  const parts: string[] = []
  if (reason === 'asked-for') parts.push('这是您指定的。')
  if (reason === 'gpu-found') parts.push(`找到了真正的 GPU${adapter === '' ? '' : `：${adapter}`}。`)
  if (reason === 'gpu-is-software') parts.push(`这里的 GPU 是软件模拟的${adapter === '' ? '' : `（${adapter}）`}，比 wasm 慢。`)
  if (reason === 'no-webgpu') parts.push('此浏览器没有 WebGPU。')
  if (reason === 'no-adapter') parts.push('有 WebGPU，但没有可用的 GPU。')
  if (reason === 'gpu-failed') parts.push('试用 GPU 时失败了。')
  if (reason === 'no-wasm-simd') parts.push('此浏览器的 WebAssembly 不支持 SIMD，训练会很慢。')
  // The engine "plan" has them in its name.
  if (backend === 'wasm' && engine === 'eager') parts.push(threads > 1 ? `${threads} 个线程。` : '单线程。')
  if (threadsRefused !== '') parts.push(`无法启动更多线程（${threadsRefused}）。`)
  if (backend === 'wasm' && !isolated) parts.push('要用更多线程，服务器须隔离页面，例如用 `npm start`。')
  return parts.join('')
}

export const app: typeof en = {
  title: 'Tabtune',
  motto: '在这个标签页里微调语言模型，数据不离开您的电脑。',
  skip: '跳到当前步骤',
  rail: '步骤',
  steps,
  noData: '还没有记录',
  readingData: '读取中…',
  records: (records) => `${records} 条记录`,
  withProblems: (problems) => `，${problems} 处问题`,
  noModel: '还没有模型',
  loadingModel: (share) => (share === '' ? '加载中…' : `加载中，${share}`),
  modelReady: (name, parameters) => `${name} ${parameters}，就绪`,
  modelWithAdapter: (name, parameters) => `${name} ${parameters}，带适配器，就绪`,
  notYet: '尚未训练',
  needsData: '需要记录',
  needsModel: '需要模型',
  readyToTrain: '可以训练',
  waitingReport: '有报告待看',
  notRead: '未能读取',
  modelFailed: '未能打开',
  preparing: '准备中…',
  judging: '逐条提问中…',
  trainingAt: (step, total, loss) => `第 ${step} / ${total} 步，损失 ${loss}`,
  pausedAt: (step, total, loss) => `停在第 ${step} / ${total} 步，损失 ${loss}`,
  trained: (steps, loss) => `${steps} 步，损失 ${loss}`,
  runFailed: '因故障停止',
  verdicts: { worked: '掩码起了作用', recites: '它背出了输入', 'not-learned': '还没学会' },
  baseOnly: '原模型可以试写',
  kept: '已保存',
  notKept: '可以保存',
  runsKept: (runs) => `${runs} 次训练`,
  noRuns: '还没有',
  noShelf: '这里无法保存',
  idle: '没有正在进行的工作',
  work,
  progress: (done, total, unit) => (total === '' ? `${done} ${unit}` : `${done} / ${total} ${unit}`),
  units: { bytes: '', records: '条', steps: '步', tokens: '词元', tensors: '张量' },
  stop: (what) => `停止：${what}`,
  stopShort: '停止',
  backendName,
  backendReason,
  noBackend: '引擎未启动',
  choosingBackend: '正在寻找 GPU',
  backendBusy: '正在训练；结束后才能更换引擎。',
  chooseBackend: '在哪里计算',
  backendChoices: {
    auto: '自动选择',
    webgpu: 'GPU（WebGPU）',
    wasm: 'CPU（WebAssembly）',
    cpu: 'CPU（纯 JavaScript，慢）',
  },
  memoryHeld: (bytes) => `占用 ${bytes}`,
  memoryWeights: (bytes) => `权重 ${bytes}`,
  memoryMeaning: '训练后：引擎占用过的内存，含梯度和优化器状态。训练前：权重的存储大小；大模型的权重留在磁盘上。',
  language: '语言',
  languages: { en: 'English', zh: '简体中文' },
  languagesShort: { en: 'EN', zh: '中' },
  theme: '主题',
  themes: { auto: '跟随系统', light: '浅色', dark: '深色' },
  themeIs: { auto: '主题：系统', light: '主题：浅色', dark: '主题：深色' },
  dismiss: '收起',
  notices: '通知',
  showAll: '显示全部',
  showLess: '收起',
  tryAgain: '再试一次',
  dropHere: '放在页面任何位置',
  dropMeaning: '一个记录文件（JSON、JSON Lines、CSV），或一个模型、适配器的文件夹。',
  loadingStep: '正在打开…',
}
