// “保存”一步的用词：能保存什么、各有何用、怎样再打开。

import type { TrainSlot } from '../../../session/runState.ts'
import type { keep as english } from '../en/keep.ts'

const slots: Record<TrainSlot, { title: string; about: string; name: string }> = {
  tuned: {
    title: '调好的模型',
    about: '加掩码训练：会作答。',
    name: 'tuned',
  },
  twin: { title: '不加掩码的对照', about: '每个词元都学，供比较：会背诵。', name: 'twin' },
}

export const keep: typeof english = {
  title: '保存',
  intro: '训练的成果只在这个标签页里。存成文件或放到书架才留得住；什么都不会发送出去。',
  empty: { title: '还没有可保存的', text: '训练好模型之后，可以在这里保存它，连同训练记录和设置。', train: '去“训练”' },
  slots,
  model: {
    name: '名称',
    badName: '请用字母、数字、- 和 _，最多 60 个。',
    loads: '可以直接这样载入',
    loadsWithPeft: '和基础模型一起这样载入',
    size: (bytes) => `约 ${bytes}`,
    zip: '存成一个 .zip',
    folder: '写入文件夹',
    gone: '这个模型已经不在了：工作线程丢失，或打开了别的基础模型。再训练一次就有了。',
    unsaved: '尚未保存',
    saved: '已保存',
    again: '要再打开它：在“模型”里放入这个 .zip，或选那个文件夹；书架上的点一下就能打开。',
    againAdapter: '要再打开它：在“模型”里放入这个 .zip，或选那个文件夹，书架上的点“打开”；它就在模型旁边。',
  },
  form: {
    choose: '保存什么',
    adapter: '适配器（PEFT）',
    model: '整个模型，已合并',
    adapterAbout: '只有训练过的部分：adapter_config.json 和 adapter_model.safetensors。很小，但要和基础模型一起用。',
    modelAbout: '适配器并入权重。大一些，但单独就能用，连 PEFT 也不需要。',
    wholeAbout: 'Hugging Face 布局的文件夹：config.json、model.safetensors 和分词器。',
    dtype: '存储类型',
    checkpoint: (dtype) => `${dtype}，同原模型`,
    dtypeAbout: {
      F32: '与训练得到的数完全一样。',
      F16: '大小减半；舍入到 11 位精度，超过 65504 的数放不下。',
      BF16: '大小减半；舍入到 8 位精度，多数大模型都这样发布。',
    },
  },
  saving: { zip: '正在写 .zip', folder: '正在写入文件夹', shelf: '正在放到书架', history: '正在写训练记录' },
  cancel: '取消',
  done: (name, bytes) => `已保存：${name}，${bytes}。`,
  history: {
    title: '训练记录',
    about: '每一步的损失、学习率和梯度范数。',
    json: 'trainer_state.json',
    jsonAbout: '与 Trainer 写的一样，认得 log_history 的笔记本和绘图工具都能读。',
    csv: '损失存为 CSV',
    csvAbout: '给电子表格用。',
    run: '哪一次训练',
  },
  settings: {
    title: '设置',
    about: '用 Hugging Face 的名称：命令行可用，也能在“训练”里读回来。',
    save: '保存设置',
    used: '这些是这次训练所用的设置。',
  },
  busy: '模型正在训练，等训练结束或停止后再保存。',
}
