// The record token by token: each with its text, its id and its label. Learned ones have a solid frame, masked ones a dotted one;
// the one that straddles the border has a hatched edge. Very long records show their first tokens and more on demand.

import { useState } from 'react'
import type { PreviewToken } from '../../protocol/dataset.ts'
import { Button } from '../kit/Button.tsx'
import { classes } from '../kit/classes.ts'
import { Hidden } from '../kit/Hidden.tsx'
import { placed } from '../kit/placed.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './TokenChips.module.css'
import { visible } from './visible.ts'

const atOnce = 600

export function TokenChips({ tokens }: { tokens: readonly PreviewToken[] }) {
  const { record: words } = useWords()
  const { count } = useFigures()
  const [shown, setShown] = useState(atOnce)
  return (
    <div className={styles.frame}>
      <ol className={styles.tokens}>
        {placed(tokens.slice(0, shown)).map(({ place, item: token }) => (
          <Token key={place} token={token} />
        ))}
      </ol>
      {tokens.length > shown && (
        <Button size="small" onClick={() => setShown(shown + atOnce)}>
          {words.moreTokens(count(tokens.length - shown))}
        </Button>
      )}
    </div>
  )
}

function Token({ token }: { token: PreviewToken }) {
  const { record: words } = useWords()
  const learned = token.label !== -100
  const text = visible(token.text)
  const label = learned ? String(token.label) : '−100'
  return (
    <li className={classes(styles.token, learned ? styles.learned : styles.context, token.straddles && styles.straddles)}>
      <Hidden>{words.token(token.text, String(token.id), label)}</Hidden>
      <span className={token.special ? styles.special : styles.text} aria-hidden="true">
        {text}
      </span>
      <span className={styles.id} aria-hidden="true">
        {token.id}
      </span>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
    </li>
  )
}
