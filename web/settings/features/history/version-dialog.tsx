import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { diffJson } from 'diff';
import { api, bodyOf } from '../../app/api.ts';
import { useWords } from '../../app/language.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Asked } from '../../ui/query.tsx';
import { useUser } from '../session/user.ts';
import { type PresentSettings, useNewVersion, versionQuery } from '../settings/settings.ts';
import { texts } from './words.ts';

interface VersionDialogParts {
  accountId: string;
  version: number;
  present: PresentSettings;
  onClose: () => void;
}

/** What would change if this version held again, and the button for it. */
export function VersionDialog({ accountId, version, present, onClose }: VersionDialogParts) {
  const words = useWords(texts);
  const isAdmin = useUser().role === 'admin';
  const then = useQuery(versionQuery(accountId, version));
  const saved = useNewVersion(accountId);
  const restore = useMutation({
    mutationFn: () =>
      bodyOf(
        api.POST('/api/accounts/{account}/settings/versions/{version}/restore', {
          params: { path: { account: accountId, version } },
          body: { basedOn: present.version },
        }),
      ),
    onSuccess() {
      saved();
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} size="xl" title={words.versionTitle(version)}>
      <Stack>
        <Asked query={then}>{({ settings }) => <Difference before={present.settings} after={settings} />}</Asked>
        {restore.isError && <Failure error={restore.error} />}
        {isAdmin && version !== present.version && (
          <Group>
            <Button loading={restore.isPending} onClick={() => restore.mutate()}>
              {words.goBack(version)}
            </Button>
            <Text size="sm" c="dimmed">
              {words.goBackHint}
            </Text>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}

const linesAround = 2;

function Difference({ before, after }: { before: object; after: object }) {
  const words = useWords(texts);
  const parts = diffJson(before, after);
  if (parts.every(({ added, removed }) => !added && !removed)) return <Text>{words.same}</Text>;
  return (
    <Code block aria-label={words.difference}>
      {parts.map(({ value, added, removed }, index) => {
        const sign = added ? '+' : removed ? '−' : ' ';
        const color = added ? 'var(--mantine-color-teal-text)' : removed ? 'var(--mantine-color-red-text)' : undefined;
        const lines = value.replace(/\n$/, '').split('\n');
        const shown = added || removed ? lines : shortened(lines);
        return (
          <span key={String(index)} style={{ color }}>
            {shown.map((line) => `${sign} ${line}\n`).join('')}
          </span>
        );
      })}
    </Code>
  );
}

function shortened(lines: string[]): string[] {
  return lines.length <= 2 * linesAround + 1
    ? lines
    : [...lines.slice(0, linesAround), '…', ...lines.slice(-linesAround)];
}
