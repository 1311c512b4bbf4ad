// Which layers see the last `sliding_window` tokens only, their own included (Beltagy et al. 2020, arXiv:2004.05150; Mistral 7B: arXiv:2310.06825).
// As transformers 5 decides it. For the Qwen classes versions 4.47 to 4.51 differ among themselves and between implementations of attention:
// the window was in every layer, in none, or from `max_window_layers` on (huggingface/transformers, issues 35896 and 35924).

import type { Architecture } from './architectures.ts'
import type { Fields } from './fields.ts'
import { badConfig, unsupported } from './refusals.ts'

/** One a layer; null: the layer sees all tokens before it. Throws `model.bad-config` or `model.unsupported`. */
export function slidingWindows(fields: Fields, windows: Architecture['windows']): readonly (number | null)[] {
  const types = layerTypes(fields)
  const window = windowInUse(fields, windows)
  const own = Array.from({ length: fields.num_hidden_layers }, (_, layer) =>
    windows === 'some-layers' && layer < fields.max_window_layers ? null : window,
  )
  if (types === null) return own
  // The classes without a choice do not read layer_types, so a file in which the two differ was not made for them.
  if (windows !== 'some-layers') {
    const usual = window === null ? 'full_attention' : 'sliding_attention'
    const other = types.find((type) => type !== usual)
    if (other !== undefined) throw unsupported('layer_types', other, `${usual} with this sliding_window`)
    return own
  }
  if (window === null && types.includes('sliding_attention')) {
    throw badConfig('layer_types', 'names sliding_attention, but use_sliding_window is not true or there is no sliding_window')
  }
  return types.map((type) => (type === 'sliding_attention' ? window : null))
}

function windowInUse({ sliding_window, use_sliding_window }: Fields, windows: Architecture['windows']): number | null {
  if (sliding_window === null || (windows === 'some-layers' && !use_sliding_window)) return null
  // The class has no window. Its cache would cut what a file with one says all the same, so that generation and training would differ.
  if (windows === 'none') throw unsupported('sliding_window', sliding_window, 'null')
  if (sliding_window < 1) throw badConfig('sliding_window', `(${sliding_window}) is not at least 1`)
  return sliding_window
}

function layerTypes({ layer_types, num_hidden_layers }: Fields): readonly string[] | null {
  if (layer_types === null) return null
  if (layer_types.length !== num_hidden_layers) {
    throw badConfig('layer_types', `names ${layer_types.length} layers, num_hidden_layers is ${num_hidden_layers}`)
  }
  const other = layer_types.find((type) => type !== 'full_attention' && type !== 'sliding_attention')
  if (other !== undefined) throw unsupported('layer_types', other, 'full_attention, sliding_attention')
  return layer_types
}
