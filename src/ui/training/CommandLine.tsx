// The command that does the same run on a terminal, to be copied with one press.

import type { ModelSource } from '../../protocol/model.ts'
import { dataset } from '../../session/dataset.ts'
import { model } from '../../session/model.ts'
import { sampleFiles } from '../../session/samples.ts'
import { CopyButton } from '../kit/CopyButton.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './CommandLine.module.css'
import { trainCommand } from './commandLine.ts'

export function CommandLine() {
  const { command, settings } = useWords().training
  const data = useStore(dataset, (now) => now.inUse)
  const source = useStore(model, (now) => now.source)
  const adapter = useStore(model, ({ adapter: opened }) => (opened === null || opened.kind === 'embedded' ? null : opened.name))
  const edited = (data?.changes.length ?? 0) > 0
  const line = trainCommand({
    model: modelFolder(source),
    adapter,
    data: dataFile(data?.source.name ?? 'records.json'),
    config: settings.fileName,
    out: 'tuned',
  })
  return (
    <details className={styles.fold}>
      <summary>{command.title}</summary>
      <p className={styles.about}>{edited ? command.edited : command.about}</p>
      <pre className={styles.line}>
        <code>{line}</code>
      </pre>
      <CopyButton label={command.copy} done={command.copied} text={() => line} />
    </details>
  )
}

/** The embedded model and the demo poems lie in the checkout; anything else is named as it was chosen. */
function modelFolder(source: ModelSource | null): string {
  return source === null || source.kind === 'embedded' ? 'public/models/tabtune-poet' : source.name
}

function dataFile(name: string): string {
  return Object.values(sampleFiles).includes(name) ? `public/data/${name}` : name
}
