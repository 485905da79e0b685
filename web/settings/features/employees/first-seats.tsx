import { MultiSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AmocrmUser } from '../../../../proto/catalogue.ts';
import { useWords } from '../../../kit/language.tsx';
import { licenceQuery } from '../licence/licence.ts';
import type { Mapping } from './mapping.ts';
import { texts } from './words.ts';

/** The licence's page leads here. */
const anchor = 'seats';
const cameFor = (place: HTMLElement | null) => {
  if (window.location.hash === `#${anchor}`) place?.scrollIntoView({ block: 'center' });
};

interface FirstSeatsParts {
  users: AmocrmUser[];
  mapping: Mapping;
  /** amoCRM users, in their order. */
  seats: string[];
  onChange: (seats: string[]) => void;
}

/** Who gets a seat of the licence first, if there are not enough. */
export function FirstSeats({ users, mapping, seats, onChange }: FirstSeatsParts) {
  const words = useWords(texts);
  const { data: licence } = useQuery(licenceQuery);
  const known = users.filter(({ id }) => mapping[id]?.length || seats.includes(String(id)));
  const strange = seats.filter((seat) => !known.some(({ id }) => String(id) === seat));
  return (
    <div id={anchor} ref={cameFor}>
      <MultiSelect
        label={words.firstSeats}
        description={words.firstSeatsAbout}
        placeholder={seats.length === 0 ? words.firstSeatsNobody : ''}
        data={[
          ...known.map(({ id, name }) => ({ value: String(id), label: name })),
          ...strange.map((id) => ({ value: id, label: words.userOf(id) })),
        ]}
        value={seats}
        onChange={onChange}
        searchable
        hidePickedOptions
        maw={560}
      />
      {licence && (
        <Text size="sm" mt="xs">
          {words.seatsOf(licence.seats.count, licence.seats.used)}
        </Text>
      )}
    </div>
  );
}
