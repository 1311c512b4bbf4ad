// Which prompt the panes are of: the record that the address names, or a person's own words. The record follows the address, so reload and back work.

import { useEffect, useState } from 'react'
import { go } from '../../session/address.ts'
import { type Play, play, playPrompt } from '../../session/play.ts'
import { promptOf } from '../../session/playPrompt.ts'
import { preview } from '../../session/preview.ts'
import { openRecord } from '../../session/record.ts'
import { useStore } from '../kit/useStore.ts'

export type SubjectKind = 'record' | 'own'
export type OwnWords = { instruct: string; input: string }

export type SubjectChoice = {
  kind: SubjectKind
  choose: (kind: SubjectKind) => void
  /** The records that can be played, as their numbers in the file. */
  rows: readonly number[]
  open: (row: number) => void
  own: OwnWords
  write: (own: OwnWords) => void
}

export function useSubject(): SubjectChoice {
  const record = useStore(openRecord, (now) => now.record)
  const report = useStore(preview, (now) => now.report)
  const subject = useStore(play, (now) => now.subject)
  const [own, setOwn] = useState<OwnWords>(() => wordsOf(subject))
  const [chosen, setChosen] = useState<SubjectKind>(subject !== null && subject.record === null ? 'own' : 'record')
  const rows = (report?.rows ?? []).filter(({ leftOut }) => !leftOut).map(({ row }) => row)
  const kind = rows.length === 0 ? 'own' : chosen

  useEffect(() => {
    if (kind !== 'record' || record === null) return
    const next = { ...promptOf(record), record: { index: record.index, row: record.row } }
    if (!isSame(play.get().subject, next)) playPrompt(next)
  }, [kind, record])

  const write = (next: OwnWords) => {
    setOwn(next)
    playPrompt({ ...next, label: '', record: null })
  }
  const choose = (next: SubjectKind) => {
    setChosen(next)
    if (next === 'own') playPrompt({ ...own, label: '', record: null })
  }
  const open = (row: number) => {
    setChosen('record')
    go('play', row)
  }
  return { kind, choose, rows, open, own, write }
}

function isSame(now: Play['subject'], next: Play['subject']): boolean {
  if (now === null || next === null) return now === next
  const { instruct, input, label, record } = next
  return now.instruct === instruct && now.input === input && now.label === label && now.record?.index === record?.index
}

function wordsOf(subject: Play['subject']): OwnWords {
  return subject !== null && subject.record === null
    ? { instruct: subject.instruct, input: subject.input }
    : { instruct: '', input: '' }
}
