import { Alert, Anchor, List, Stack, Text } from '@mantine/core';
import { laterWords, tellHeldBack } from '../../../../proto/licence/words.ts';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { useSentences } from '../../ui/sentences.ts';
import type { CallAnswer } from './calls.ts';
import { differenceTexts } from './difference-words.ts';
import { texts } from './words.ts';

type Registration = CallAnswer['registration'];

/** What became of a call in amoCRM, in words. */
export function InAmocrm({ baseUrl, registration }: { baseUrl: string; registration: Registration }) {
  const words = useWords(texts);
  const say = useSentences();
  const { language } = useLanguage();
  const heldBack = 'heldBack' in registration ? (registration.heldBack ?? []) : [];
  const troubles = 'troubles' in registration ? (registration.troubles ?? []) : [];
  return (
    <Stack gap="xs">
      <Outcome baseUrl={baseUrl} registration={registration} />
      {heldBack.length > 0 && (
        <Alert color="orange" title={words.unlicensed}>
          <List size="sm">
            {heldBack.map((held) => (
              <List.Item key={JSON.stringify(held)}>{tellHeldBack(held, language)}</List.Item>
            ))}
          </List>
          <Text size="sm">{laterWords[language]}</Text>
        </Alert>
      )}
      {troubles.length > 0 && (
        <Alert color="orange" title={words.troubles}>
          <List size="sm">
            {troubles.map((trouble) => (
              <List.Item key={trouble}>{say(trouble)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}

function Outcome({ baseUrl, registration }: { baseUrl: string; registration: Registration }) {
  const words = useWords(texts);
  const say = useSentences();
  if (registration.state === 'pending') return <Text>{words.isPending}</Text>;
  if (registration.state === 'not-sent') return <Text>{words.notSent(say(registration.reason))}</Text>;
  if (registration.state === 'unlicensed') return <Text>{words.notLicensed}</Text>;
  if (registration.state === 'observed') return <Observed baseUrl={baseUrl} registration={registration} />;
  if (registration.state === 'needs-attention') {
    return (
      <Alert color="red" title={words.needsAttention}>
        <Text size="sm">{say(registration.reason)}</Text>
        <Text size="sm">{words.needsAttentionHint}</Text>
      </Alert>
    );
  }
  const { entityType, entityId, noteId } = registration;
  return (
    <Text>
      {words.isRegistered} <Entity baseUrl={baseUrl} type={entityType} id={entityId} />
      {noteId !== null && `, ${words.note} ${noteId}`}
    </Text>
  );
}

function Observed({
  baseUrl,
  registration: { comparison },
}: {
  baseUrl: string;
  registration: Extract<Registration, { state: 'observed' }>;
}) {
  const words = useWords(texts);
  const tell = useWords(differenceTexts);
  if (!comparison) return <Text>{words.observedNotCompared}</Text>;
  if ('unread' in comparison) return <Text>{words.observedUnread(comparison.unread)}</Text>;
  const { found, differences } = comparison;
  return (
    <Stack gap="xs">
      <Text>
        {words.observed}{' '}
        {found ? (
          <>
            {words.othersCall} <Entity baseUrl={baseUrl} type={found.entityType} id={found.entityId} />, {words.note}{' '}
            {found.noteId}
          </>
        ) : (
          words.noOthersCall
        )}
      </Text>
      {differences.length > 0 && (
        <List size="sm">
          {differences.map((difference) => (
            <List.Item key={JSON.stringify(difference)}>{tell(difference, words.userOf)}</List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}

const withPages = ['contacts', 'leads', 'companies'];

function Entity({ baseUrl, type, id }: { baseUrl: string; type: string | null; id: number | null }) {
  const words = useWords(texts);
  if (type === null || id === null) return <>{words.somewhere}</>;
  const name = `${words.entities[type] ?? type} ${id}`;
  if (!withPages.includes(type)) return <>{name}</>;
  return (
    <Anchor href={`${baseUrl}/${type}/detail/${id}`} target="_blank" rel="noreferrer">
      {name}
    </Anchor>
  );
}
