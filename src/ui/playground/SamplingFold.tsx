// How the next token is chosen, with the names of transformers' generation settings; shut, it says so in a few words.

import { useState } from 'react'
import type { Sampling } from '../../protocol/generate.ts'
import { changeLength, changeSampling, play } from '../../session/play.ts'
import { Field } from '../kit/Field.tsx'
import { Fold } from '../kit/Fold.tsx'
import { Slider } from '../kit/Slider.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './SamplingFold.module.css'

export function SamplingFold() {
  const words = useWords().playground.sampling
  const { count } = useFigures()
  const sampling = useStore(play, (now) => now.sampling)
  const length = useStore(play, (now) => now.max_new_tokens)
  const greedy = sampling.temperature === 0
  const way = greedy ? words.likeliest : words.drawn(sampling.temperature.toFixed(1))
  return (
    <Fold title={words.title} aside={words.now(way, count(length))}>
      <div className={styles.fields}>
        <div>
          <Slider
            label={words.temperature.name}
            value={sampling.temperature}
            min={0}
            max={2}
            step={0.1}
            say={(value) => value.toFixed(1)}
            onChange={(temperature) => changeSampling({ temperature: Math.round(temperature * 10) / 10 })}
          />
          <p className={styles.note}>{greedy ? words.greedy : words.temperature.about}</p>
        </div>
        {!greedy && <Freer sampling={sampling} />}
        {/* Not among those above: it counts for greedy writing too. */}
        <div>
          <Slider
            label={words.repetition_penalty.name}
            value={sampling.repetition_penalty}
            min={1}
            max={2}
            step={0.05}
            say={(value) => value.toFixed(2)}
            onChange={(penalty) => changeSampling({ repetition_penalty: Math.round(penalty * 100) / 100 })}
          />
          <p className={styles.note}>{words.repetition_penalty.about}</p>
        </div>
        <NumberField {...words.max_new_tokens} value={length} least={1} most={1024} onTake={changeLength} />
      </div>
    </Fold>
  )
}

/** What matters only when tokens are drawn. */
function Freer({ sampling }: { sampling: Sampling }) {
  const words = useWords().playground.sampling
  return (
    <>
      <div>
        <Slider
          label={words.top_p.name}
          value={sampling.top_p}
          min={0.05}
          max={1}
          step={0.05}
          say={(value) => value.toFixed(2)}
          onChange={(top_p) => changeSampling({ top_p: Math.round(top_p * 100) / 100 })}
        />
        <p className={styles.note}>{words.top_p.about}</p>
      </div>
      <div>
        <Slider
          label={words.min_p.name}
          value={sampling.min_p}
          min={0}
          max={0.5}
          step={0.01}
          say={(value) => value.toFixed(2)}
          onChange={(min_p) => changeSampling({ min_p: Math.round(min_p * 100) / 100 })}
        />
        <p className={styles.note}>{words.min_p.about}</p>
      </div>
      <NumberField
        {...words.top_k}
        value={sampling.top_k}
        least={0}
        most={10_000}
        onTake={(top_k) => changeSampling({ top_k })}
      />
      <NumberField
        {...words.seed}
        value={sampling.seed}
        least={0}
        most={4_294_967_295}
        onTake={(seed) => changeSampling({ seed })}
      />
    </>
  )
}

type NumberProps = { name: string; about: string; value: number; least: number; most: number; onTake: (value: number) => void }

function NumberField({ name, about, value, least, most, onTake }: NumberProps) {
  const words = useWords().playground.sampling
  const [draft, setDraft] = useState<string | null>(null)
  const number = Number(draft)
  const right = draft === null || (draft.trim() !== '' && Number.isInteger(number) && number >= least && number <= most)
  const commit = () => {
    if (draft !== null && right) {
      onTake(number)
      setDraft(null)
    }
  }
  return (
    <Field label={name} hint={about} error={right ? '' : words.wrong(String(least), String(most))}>
      {({ id, describedBy }) => (
        <TextInput
          id={id}
          describedBy={describedBy}
          inputMode="numeric"
          value={draft ?? String(value)}
          invalid={!right}
          onChange={setDraft}
          onCommit={commit}
        />
      )}
    </Field>
  )
}
