// Where the work runs and why, in a sentence, and a menu to overrule it.

import type { BackendChoice } from '../../protocol/backend.ts'
import { backend, chooseBackend } from '../../session/backend.ts'
import { run } from '../../session/run.ts'
import { isUnderWay } from '../../session/runState.ts'
import { Icon } from '../kit/Icon.tsx'
import { Menu } from '../kit/Menu.tsx'
import { useStore } from '../kit/useStore.ts'
import { useSayProblem, useWords } from '../words/useWords.ts'
import styles from './BackendMenu.module.css'

const choices: readonly BackendChoice[] = ['auto', 'webgpu', 'wasm', 'cpu']

export function BackendMenu() {
  const { app } = useWords()
  const say = useSayProblem()
  const { status, choice, report, problem } = useStore(backend)
  const training = useStore(run, (now) => isUnderWay(now.status))
  const name = report === null ? (status === 'choosing' ? app.choosingBackend : app.noBackend) : app.backendName(report)
  const why = problem !== null ? Object.values(say(problem)).join(' ') : report === null ? '' : app.backendReason(report)
  return (
    <div className={styles.backend}>
      <Menu
        label={app.chooseBackend}
        heading={training ? app.backendBusy : why}
        value={choice}
        choices={training ? [] : choices.map((value) => ({ value, label: app.backendChoices[value] }))}
        onChoose={(next) => void chooseBackend(next)}
      >
        <Icon name="chip" size={15} />
        {name}
      </Menu>
      <span className={problem === null ? styles.why : styles.problem} title={why}>
        {why}
      </span>
    </div>
  )
}
