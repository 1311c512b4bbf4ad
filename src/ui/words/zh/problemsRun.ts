// What can go wrong while the machine works, in Simplified Chinese.

import type { runProblems as en } from '../../../problem/run.ts'

export const runProblems: typeof en = {
  'run.unexpected': (v) => ({
    what: `出现了不该有的错误：${v.message}。`,
    remedy: '这是 Tabtune 的问题，不是您的数据有误。文件和设置都还在，请再试一次。',
  }),
  'run.cancelled': () => ({ what: '已按您的要求停止。', remedy: '什么都没有改动。' }),
  'run.no-dataset': () => ({ what: '还没有记录。', remedy: '请在“数据”一步拖入文件，或试用示例。' }),
  'run.nothing-to-learn': (v) => ({
    what: `有 ${v.count} 条记录没有可学的内容（${v.records}）。`,
    remedy: '请放宽长度限制，改正它们，或同意不用它们。',
  }),
  'run.settings': (v) => ({ what: `${v.setting}：${v.reason}。`, remedy: '请修改这项设置，再重新开始。' }),
  'run.batch': (v) => ({
    what: `这个批次无法使用：${v.reason}。`,
    remedy: '批次的形式是 {"input_ids", "attention_mask", "labels"}：各行等长，填充处掩码为 0，不学习处标签为 -100。',
  }),
  'run.not-yet': (v) => ({ what: `${v.feature} 还没有做好。`, remedy: '请使用这一版已有的功能；计划见 README。' }),
  'run.not-finite': (v) => ({
    what: `第 ${v.step} 步的 ${v.quantity} 不是有限的数（学习率 ${v.learningRate}）。`,
    remedy: `训练已停止；保留了最后一次损失正常时的权重。请把学习率降到十分之一，或加几步预热。`,
  }),
  'run.nothing-to-score': () => ({
    what: '没有一条记录带有 instruct、input 和 label，无从比较两种提问。',
    remedy: '不必处理：对话和词元记录可以训练，只是不评分。',
  }),
  'run.device-failed': (v) => ({
    what: `GPU 报告了错误，它算出的数不可信：${v.message}。`,
    remedy: '训练已结束；记录、设置和损失曲线都保留着。请在页面底部改用 CPU（wasm），或用 --backend wasm，再训练一次。',
  }),
  'run.busy': (v) => ({ what: `机器还在忙：${v.running}。`, remedy: '请等它完成，或先停止它。' }),
  'run.not-running': () => ({ what: '没有正在进行的训练。', remedy: '请先开始训练。' }),
  'run.not-trained': () => ({ what: '还没有微调过的模型。', remedy: '请先训练，然后才能做这件事。' }),
  'run.no-adapter': () => ({
    what: '这个模型没有适配器：训练的是全部权重。',
    remedy: '请保存整个模型，或者用 LoRA 训练。',
  }),
  'run.memory': (v) => ({
    what: `WebAssembly 的内存（4 GB）放不下这次训练：${v.message}。`,
    remedy: '请减小批次或长度上限，用 LoRA 代替训练全部权重，或换一个更小的模型。',
  }),
  'run.too-large': (v) => ({
    what: `这次训练的一步需要 ${gigabytes(v.needed)} GB，而这里最多只能有 ${gigabytes(v.allowed)} GB。`,
    remedy:
      v.batch === 0
        ? '再小的批次和长度也放不下，请换一个更小的模型。'
        : `改成这样就放得下：${[v.lora ? 'LoRA' : '训练全部权重', 'gradient_checkpointing', `批次 ${v.batch}`, ...(v.length > 0 ? [`max_length ${v.length}`] : [])].join('、')}。`,
  }),
  'run.worker-lost': (v) => ({
    what: `负责计算的部分停止了${v.message === '' ? '' : `：${v.message}`}。`,
    remedy: '它已重新启动，记录和设置都还在。缩短长度限制或减小批量可以少占内存。',
  }),
  'run.step-not-fetched': (v) => ({
    what: '没能取到这一步：服务器没有应答，或者上面已经没有它了。',
    remedy: `什么都没有丢，其他各步里的内容都还在。请确认服务器正在运行、网络通畅，再试一次。${v.failures < 2 ? '' : '如果还是不行，请先保存要留下的东西，再刷新页面。'}`,
  }),
  'run.backend': (v) => ({ what: `后端 ${v.backend} 不能用：${v.reason}。`, remedy: '请另选一个，或交给 Tabtune 决定。' }),
  'run.prompt-too-long': (v) => ({
    what: `提示有 ${v.tokens} 个词元；模型连同答案最多容纳 ${v.limit} 个。`,
    remedy: '请把它缩短。',
  }),
  'run.cannot-write': (v) => ({
    what: `写入失败：${v.message}。`,
    remedy: '请确认空间足够、文件夹允许写入，然后再试。微调后的模型还在。',
  }),
}

const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(2)
