// Filters as chips with their counts, and a search.

import { useMemo } from 'react'
import type { PreviewReport } from '../../protocol/dataset.ts'
import { chooseFilter, filterCounts, recordFilters, recordQuery, searchFor } from '../../session/records.ts'
import { Chip } from '../kit/Chip.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './RecordFilters.module.css'

export function RecordFilters({ report }: { report: PreviewReport }) {
  const { list: words } = useWords().dataset
  const { count } = useFigures()
  const { filter, search } = useStore(recordQuery)
  const counts = useMemo(() => filterCounts(report), [report])
  return (
    <div className={styles.filters}>
      <TextInput label={words.search} placeholder={words.search} inputMode="search" value={search} onChange={searchFor} />
      <fieldset className={styles.chips} aria-label={words.filter}>
        {recordFilters
          .filter((name) => name === 'all' || name === filter || counts[name] > 0)
          .map((name) => (
            <Chip
              key={name}
              label={words.filters[name]}
              count={count(counts[name])}
              pressed={filter === name}
              onPress={() => chooseFilter(name === filter ? 'all' : name)}
            />
          ))}
      </fieldset>
    </div>
  )
}
