// The five steps, each with its state, and below them the runs of before; at the foot how the page speaks and looks.

import { address, type Step, sayAddress, steps } from '../../session/address.ts'
import { classes } from '../kit/classes.ts'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { PreferenceMenus } from './PreferenceMenus.tsx'
import styles from './Rail.module.css'
import { useStepState } from './useStepState.ts'

export function Rail() {
  const { app } = useWords()
  return (
    <header className={styles.rail}>
      <div className={styles.brand}>
        <svg className={styles.mark} viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" focusable="false">
          <rect width="32" height="32" rx="7" />
          <path d="M7 10h18" strokeDasharray=".1 4.4" strokeWidth="2.4" />
          <path d="M7 16h18M7 22h11" strokeWidth="3" />
        </svg>
        <span className={styles.name}>{app.title}</span>
      </div>
      <nav aria-label={app.rail}>
        <ol className={styles.steps}>
          {steps.map((step) => (
            <li key={step} className={classes(step === 'runs' && styles.apart)}>
              <StepLink step={step} />
            </li>
          ))}
        </ol>
      </nav>
      <div className={styles.foot}>
        <PreferenceMenus />
      </div>
    </header>
  )
}

function StepLink({ step }: { step: Step }) {
  const { app } = useWords()
  const now = useStore(address)
  const state = useStepState(step)
  return (
    <a
      className={classes(styles.link, state.attention && styles.attention)}
      href={sayAddress({ step, record: now.record })}
      aria-current={now.step === step ? 'page' : undefined}
    >
      <Icon name={step} size={20} />
      <span className={styles.words}>
        <span className={styles.step}>{app.steps[step]}</span>
        <span className={styles.state}>{state.text}</span>
      </span>
    </a>
  )
}
