// The record as text: context quiet and dotted, what is learned strong and underlined, special tokens as labelled chips.
// Told apart by line and weight, not by colour alone; a screen reader hears the kind before each part.

import { Fragment } from 'react'
import type { PreviewSegment } from '../../protocol/dataset.ts'
import { Clamp } from '../kit/Clamp.tsx'
import { Hidden } from '../kit/Hidden.tsx'
import { placed } from '../kit/placed.ts'
import { useWords } from '../words/useWords.ts'
import styles from './SegmentText.module.css'

export function SegmentText({ segments }: { segments: readonly PreviewSegment[] }) {
  const { record: words } = useWords()
  return (
    <div>
      <Clamp long={segments.reduce((sum, { text }) => sum + text.length, 0) > 3000}>
        <p className={styles.text} dir="auto">
          {placed(segments).map(({ place, item: segment }) => (
            <Fragment key={place}>
              <Hidden>{segment.kind === 'context' ? `${words.context}: ` : `${words.learned}: `}</Hidden>
              <Segment segment={segment} />
            </Fragment>
          ))}
        </p>
      </Clamp>
      <p className={styles.legend} aria-hidden="true">
        <span className={styles.context}>{words.legendContext}</span>
        <span className={styles.learned}>{words.legendLearned}</span>
        <span className={styles.special}>{words.legendSpecial}</span>
      </p>
    </div>
  )
}

function Segment({ segment: { kind, special, text } }: { segment: PreviewSegment }) {
  if (special) return <span className={kind === 'learned' ? styles.specialLearned : styles.special}>{text}</span>
  return <span className={kind === 'learned' ? styles.learned : styles.context}>{text}</span>
}
