// What each field is taken for: guessed from the names that data sets are published with, and overruled by the person.
// Must not know: the values.

import type { ColumnRole, ColumnRoles, RecordKind } from '../../../protocol/dataset.ts'
import type { Field } from './columns.ts'
import { chatNames, families, idsName, labelsName, loneNames, plainName } from './fieldNames.ts'

export type Roles = ReadonlyMap<string, ColumnRole>

/** null where no field is known as a question, an answer, a chat or tokens. */
export type RoleGuess = { kind: RecordKind; roles: Roles } | null

/** The person's roles come first; what they leave open is guessed, as far as it goes with their choice. */
export function assignRoles(fields: ReadonlyMap<string, Field>, chosen: ColumnRoles | null): RoleGuess {
  const guess = guessRoles(fields)
  const choices = [...fields.keys()].flatMap((name): [string, ColumnRole][] => {
    const role = chosen !== null && Object.hasOwn(chosen, name) ? chosen[name] : undefined
    return role === undefined ? [] : [[name, role]]
  })
  const meant = choices.find(([, role]) => role !== 'unused')
  if (!meant) return guess && withKind(new Map([...guess.roles, ...choices]), guess.kind)
  const kind = kindOfRole(meant[1])
  const roles = new Map<string, ColumnRole>()
  const taken = new Set(choices.map(([, role]) => role))
  for (const [name, role] of guess?.roles ?? []) if (kindOfRole(role) === kind && !taken.has(role)) roles.set(name, role)
  // Two fields for one role: the first one has it.
  const given = new Set<ColumnRole>()
  for (const [name, role] of choices) {
    const fits = role !== 'unused' && kindOfRole(role) === kind && !given.has(role)
    roles.set(name, fits ? role : 'unused')
    given.add(role)
  }
  return withKind(roles, kind)
}

function withKind(roles: Roles, kind: RecordKind): RoleGuess {
  return [...roles.values()].some((role) => role !== 'unused' && role !== 'input') ? { kind, roles } : null
}

function kindOfRole(role: ColumnRole): RecordKind {
  if (role === 'messages') return 'chat'
  return role === 'input_ids' || role === 'labels' ? 'tokens' : 'instruct'
}

/** Of the kinds that the names allow, the one that most rows have; in doubt the article's own. */
function guessRoles(fields: ReadonlyMap<string, Field>): RoleGuess {
  const byName = new Map<string, Field>()
  for (const field of fields.values()) if (!byName.has(plainName(field.name))) byName.set(plainName(field.name), field)
  const rowsWith = (...names: readonly string[]) => Math.min(...names.map((name) => byName.get(name)?.presentRows ?? 0))
  const rolesFor = (pairs: readonly (readonly [string | null | undefined, ColumnRole])[]) =>
    new Map(
      pairs.flatMap(([name, role]): [string, ColumnRole][] => {
        const field = name ? byName.get(name) : undefined
        return field ? [[field.name, role]] : []
      }),
    )

  const [family] = families
    .map((names) => ({ names, rows: rowsWith(names.instruct, names.label) }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows)
  const [chat] = chatNames.map((name) => ({ name, rows: rowsWith(name) })).sort((a, b) => b.rows - a.rows)
  const tokenRows = rowsWith(idsName, labelsName)
  const instructRows = family?.rows ?? 0
  const chatRows = chat?.rows ?? 0

  if (chat && chatRows > Math.max(instructRows, tokenRows)) return { kind: 'chat', roles: rolesFor([[chat.name, 'messages']]) }
  if (tokenRows > instructRows)
    return {
      kind: 'tokens',
      roles: rolesFor([
        [idsName, 'input_ids'],
        [labelsName, 'labels'],
      ]),
    }
  if (family) {
    const { instruct, input, label } = family.names
    return {
      kind: 'instruct',
      roles: rolesFor([
        [instruct, 'instruct'],
        [input, 'input'],
        [label, 'label'],
      ]),
    }
  }
  const known = (names: readonly string[]) => names.find((name) => byName.has(name))
  const [instruct, input, label] = [known(loneNames.instruct), known(loneNames.input), known(loneNames.label)]
  // "input" and "output" alone are a question and an answer.
  const lone =
    instruct === undefined && label !== undefined
      ? rolesFor([
          [input, 'instruct'],
          [label, 'label'],
        ])
      : rolesFor([
          [instruct, 'instruct'],
          [input, 'input'],
          [label, 'label'],
        ])
  return withKind(lone, 'instruct')
}
