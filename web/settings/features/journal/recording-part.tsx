import { Group, List, Stack, Text } from '@mantine/core';
import { Failure } from '../../../kit/failure.tsx';
import { useWords, type Words } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { SureButton } from '../../../kit/sure-button.tsx';
import { TextToCopy } from '../../../kit/text-to-copy.tsx';
import type { CallName } from './calls.ts';
import { type Recording, soundAddress, useChangeLink, useRecording } from './recording.ts';

interface RecordingParts {
  accountId: string;
  name: CallName;
}

/** The recording of a call: a player, or why there is none; its link, and who has listened. */
export function RecordingPart({ accountId, name }: RecordingParts) {
  const recording = useRecording(accountId, name);
  const isAdmin = useUser().role === 'admin';
  return (
    <Asked query={recording}>
      {(answer) => (
        <Stack gap="sm">
          <Player accountId={accountId} name={name} trouble={answer.trouble} />
          {isAdmin && <LinkControls accountId={accountId} name={name} recording={answer} />}
          {answer.listens !== null && answer.link !== null && <Listens listens={answer.listens} />}
        </Stack>
      )}
    </Asked>
  );
}

function Player({ accountId, name, trouble }: RecordingParts & Pick<Recording, 'trouble'>) {
  const words = useWords(texts);
  if (trouble) {
    return (
      <Text size="sm">
        {trouble.message}. {trouble.whatToDo}
      </Text>
    );
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said
    <audio
      controls
      preload="none"
      src={soundAddress(accountId, name)}
      aria-label={words.player}
      style={{ width: '100%', maxWidth: 560 }}
    />
  );
}

/** What an administrator does about the link that stands in amoCRM. */
function LinkControls({ accountId, name, recording: { link, trouble } }: RecordingParts & { recording: Recording }) {
  const words = useWords(texts);
  const change = useChangeLink(accountId, name);
  const serves = link !== null && link.revokedAtMs === null;
  if (link === null && trouble) return null;
  return (
    <Stack gap="xs">
      {serves && link.url !== null && <TextToCopy label={words.link} text={link.url} />}
      {link !== null && !serves && <Text size="sm">{words.revoked}</Text>}
      <Group gap="xs">
        {serves && (
          <SureButton
            key={link.issuedAtMs}
            label={words.revoke}
            sure={words.revokeSure}
            isBusy={change.isPending}
            onSure={() => change.mutate('revoke')}
          />
        )}
        <SureButton
          key={`new ${link?.issuedAtMs} ${serves}`}
          label={words.renew}
          sure={serves ? words.renewSure : words.renew}
          isBusy={change.isPending}
          onSure={() => change.mutate('renew')}
        />
      </Group>
      {change.isError && <Failure error={change.error} />}
    </Stack>
  );
}

function Listens({ listens }: { listens: NonNullable<Recording['listens']> }) {
  const words = useWords(texts);
  if (listens.length === 0) return <Text size="sm">{words.nobody}</Text>;
  return (
    <div>
      <Text size="sm" fw={600}>
        {words.listened}
      </Text>
      <List size="sm" aria-label={words.listened}>
        {listens.map(({ beganAtMs, address, login }) => (
          <List.Item key={`${beganAtMs} ${address} ${login}`}>
            <Moment atMs={beganAtMs} isShort /> — {login ?? words.byLink}, {address}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

type Label =
  | 'player'
  | 'link'
  | 'revoked'
  | 'revoke'
  | 'revokeSure'
  | 'renew'
  | 'renewSure'
  | 'listened'
  | 'nobody'
  | 'byLink';

const texts: Words<Record<Label, string>> = {
  ru: {
    ...{ player: 'Запись разговора', link: 'Ссылка на запись' },
    revoked: 'Ссылка отозвана: из карточки amoCRM запись больше не услышать.',
    ...{ revoke: 'Отозвать ссылку', revokeSure: 'Точно отозвать?', renew: 'Выдать новую ссылку' },
    renewSure: 'Прежняя перестанет работать. Выдать?',
    ...{ listened: 'Кто слушал', nobody: 'Эту запись ещё никто не слушал.', byLink: 'по ссылке' },
  },
  en: {
    ...{ player: 'Recording of the call', link: 'Link to the recording' },
    revoked: "The link was revoked: the recording is not heard from amoCRM's card any more.",
    ...{ revoke: 'Revoke the link', revokeSure: 'Really revoke?', renew: 'Give out a new link' },
    renewSure: 'The present one ends. Give out a new one?',
    ...{ listened: 'Who has listened', nobody: 'Nobody has listened to this recording yet.', byLink: 'by the link' },
  },
};
