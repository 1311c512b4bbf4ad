// What a model made of one prompt after each epoch, from both prompts; a slider goes back to before training.

import { useState } from 'react'
import type { WatchSample } from '../../protocol/train.ts'
import type { Prompt } from '../../session/playPrompt.ts'
import { Button } from '../kit/Button.tsx'
import { Panel } from '../kit/Panel.tsx'
import { Slider } from '../kit/Slider.tsx'
import { MarkedText, MarkLegend } from '../playground/MarkedText.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './WatchedSamples.module.css'

type Props = { watched: Prompt; written: readonly WatchSample[] }

export function WatchedSamples({ watched, written }: Props) {
  const words = useWords().training.watch
  const { count } = useFigures()
  const [held, setHeld] = useState<number | null>(null)
  const newest = written.length - 1
  const at = held === null ? newest : Math.min(held, newest)
  const sample = written[at]
  const say = (index: number) => {
    const epoch = written[index]?.epoch ?? 0
    return epoch === 0 ? words.before : words.after(count(epoch))
  }
  return (
    <Panel
      title={words.title}
      actions={
        held !== null && (
          <Button size="small" onClick={() => setHeld(null)}>
            {words.latest}
          </Button>
        )
      }
    >
      {sample === undefined ? (
        <p className={styles.wait}>{words.waiting}</p>
      ) : (
        <>
          <Slider
            label={words.slider}
            value={at}
            min={0}
            max={Math.max(1, newest)}
            step={1}
            say={say}
            disabled={newest < 1}
            onChange={(next) => setHeld(next >= newest ? null : next)}
          />
          <div className={styles.texts}>
            <Written title={words.fromInstruct} text={sample.fromInstruct} against={watched} />
            <Written title={words.fromBoth} text={sample.fromBoth} against={watched} />
            {watched.label !== '' && (
              <div className={styles.text}>
                <h3>{words.label}</h3>
                <p className={styles.poem}>{watched.label.trim()}</p>
              </div>
            )}
          </div>
          <MarkLegend />
        </>
      )}
    </Panel>
  )
}

function Written({ title, text, against }: { title: string; text: string; against: { label: string; input: string } }) {
  return (
    <div className={styles.text}>
      <h3>{title}</h3>
      <MarkedText text={text} against={against} />
    </div>
  )
}
