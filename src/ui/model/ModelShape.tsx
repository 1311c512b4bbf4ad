// A model's shape, in the names that config.json gives it.

import type { ModelSummary } from '../../protocol/model.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './ModelShape.module.css'

export function ModelShape({ summary }: { summary: ModelSummary }) {
  const { shape } = useWords().model
  const { count } = useFigures()
  const yes = (is: boolean) => (is ? shape.yes : shape.no)
  const facts: readonly (readonly [string, string])[] = [
    [shape.architecture, summary.architecture],
    [shape.dtype, summary.dtype],
    [shape.hidden_size, count(summary.hidden_size)],
    [shape.num_hidden_layers, count(summary.num_hidden_layers)],
    [shape.num_attention_heads, count(summary.num_attention_heads)],
    [shape.num_key_value_heads, count(summary.num_key_value_heads)],
    [shape.intermediate_size, count(summary.intermediate_size)],
    [shape.vocab_size, count(summary.vocab_size)],
    [shape.max_position_embeddings, count(summary.max_position_embeddings)],
    [shape.tied, yes(summary.tied)],
    [shape.endToken, summary.endToken],
    [shape.padToken, summary.padToken],
    [shape.chatTemplate, yes(summary.hasChatTemplate)],
  ]
  return (
    <details className={styles.shape}>
      <summary className={styles.summary}>{shape.title}</summary>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
