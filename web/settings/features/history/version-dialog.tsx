import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { bodyOf } from '../../../kit/api.ts';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { api } from '../../app/api.ts';
import { type PresentSettings, useNewVersion, versionQuery } from '../settings/settings.ts';
import { Difference } from './difference.tsx';
import { texts } from './words.ts';

interface VersionDialogParts {
  accountId: string;
  version: number;
  present: PresentSettings;
  onClose: () => void;
}

/** What a version changed, what would change if it held again, and the button for it. */
export function VersionDialog({ accountId, version, present, onClose }: VersionDialogParts) {
  const words = useWords(texts);
  const holds = version === present.version;
  const isAdmin = useUser().role === 'admin';
  const then = useQuery(versionQuery(accountId, version));
  const before = useQuery(versionQuery(accountId, version - 1));
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
        <Asked query={then}>
          {({ settings }) => (
            <>
              <Asked query={before}>
                {(earlier) => (
                  <Difference
                    title={words.changed}
                    before={earlier.settings}
                    after={settings}
                    none={words.changedNothing}
                  />
                )}
              </Asked>
              {!holds && (
                <Difference title={words.difference} before={present.settings} after={settings} none={words.same} />
              )}
            </>
          )}
        </Asked>
        {restore.isError && <Failure error={restore.error} />}
        {isAdmin && !holds && (
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
