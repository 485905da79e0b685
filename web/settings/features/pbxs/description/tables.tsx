import { Select, TagsInput, TextInput } from '@mantine/core';
import { useWords } from '../../../../kit/language.tsx';
import type { FieldParts } from './description-form.tsx';
import { Rows } from './rows.tsx';
import { didKinds } from './values.ts';
import { texts } from './words.ts';

/** Mobile phones of employees → extension. */
export function Mobiles({ values, faults, set }: FieldParts) {
  const words = useWords(texts);
  return (
    <Rows
      {...words.fields.mobiles}
      words={words}
      rows={values.mobiles}
      blank={{ number: '', extension: '' }}
      onChange={(rows) => set('mobiles', rows)}
    >
      {(row, index, change) => (
        <>
          <TextInput
            aria-label={words.number}
            placeholder="79161234567"
            value={row.number}
            error={faults[`mobiles/${index}/number`]}
            onChange={({ currentTarget }) => change({ number: currentTarget.value })}
          />
          <TextInput
            aria-label={words.extension}
            placeholder="101"
            w={120}
            value={row.extension}
            onChange={({ currentTarget }) => change({ extension: currentTarget.value })}
          />
        </>
      )}
    </Rows>
  );
}

/** Numbers that clients call → where they lead. */
export function Dids({ values, faults, set }: FieldParts) {
  const words = useWords(texts);
  return (
    <Rows
      {...words.fields.dids}
      words={words}
      rows={values.dids}
      blank={{ number: '', kind: 'queue' as const, name: '' }}
      onChange={(rows) => set('dids', rows)}
    >
      {(row, index, change) => (
        <>
          <TextInput
            aria-label={words.number}
            placeholder="74951230001"
            value={row.number}
            error={faults[`dids/${index}/number`]}
            onChange={({ currentTarget }) => change({ number: currentTarget.value })}
          />
          <Select
            aria-label={words.kind}
            w={180}
            data={didKinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
            value={row.kind}
            allowDeselect={false}
            onChange={(kind) => kind && change({ kind: kind as typeof row.kind })}
          />
          <TextInput
            aria-label={words.target}
            placeholder="600"
            w={160}
            value={row.name}
            onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          />
        </>
      )}
    </Rows>
  );
}

/** Ring groups or queues → who is in them. */
export function Members({ name, values, faults, set }: FieldParts & { name: 'groups' | 'queues' }) {
  const words = useWords(texts);
  return (
    <Rows
      {...words.fields[name]}
      words={words}
      rows={values[name]}
      blank={{ number: '', members: [] as string[] }}
      onChange={(rows) => set(name, rows)}
    >
      {(row, index, change) => (
        <>
          <TextInput
            aria-label={words.number}
            placeholder="600"
            w={120}
            value={row.number}
            error={faults[`${name}/${index}/number`]}
            onChange={({ currentTarget }) => change({ number: currentTarget.value })}
          />
          <TagsInput
            aria-label={words.members}
            placeholder={row.members.length === 0 ? '101, 102' : ''}
            w={300}
            value={row.members}
            onChange={(members) => change({ members })}
            splitChars={[',', ' ', ';']}
            acceptValueOnBlur
          />
        </>
      )}
    </Rows>
  );
}
