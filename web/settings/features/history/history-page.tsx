import { Badge, Button, Group, Table, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import { useUser } from '../../../kit/session/user.ts';
import type { Account } from '../../app/account.ts';
import { sectionNames } from '../../ui/section-names.ts';
import { settingsQuery, type VersionDescription, versionsQuery } from '../settings/settings.ts';
import { VersionDialog } from './version-dialog.tsx';
import { texts } from './words.ts';

/** All versions of the settings; each can be looked at and be made to hold again. */
export default function HistoryPage({ account }: { account: Account }) {
  const words = useWords(texts);
  const versions = useQuery(versionsQuery(account.id));
  const present = useQuery(settingsQuery(account.id));
  const [shown, setShown] = useState<number>();
  return (
    <Page title={words.title} about={words.about}>
      <Asked query={versions}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={words.none} text={words.noneText} />
          ) : (
            <VersionTable versions={list} onShow={setShown} />
          )
        }
      </Asked>
      {shown !== undefined && present.data && (
        <VersionDialog
          key={shown}
          accountId={account.id}
          version={shown}
          present={present.data}
          onClose={() => setShown(undefined)}
        />
      )}
    </Page>
  );
}

function VersionTable({ versions, onShow }: { versions: VersionDescription[]; onShow: (version: number) => void }) {
  const words = useWords(texts);
  const sections = useWords(sectionNames);
  const action = useUser().role === 'admin' ? words.lookAndGoBack : words.look;
  const nameOf = (section: string) => sections[section as keyof typeof sections] ?? section;
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.version}</Table.Th>
            <Table.Th>{words.when}</Table.Th>
            <Table.Th>{words.who}</Table.Th>
            <Table.Th>{words.what}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{words.look}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map(({ version, author, atMs, sections: changed }, index) => (
            <Table.Tr key={version}>
              <Table.Td>
                {version} {index === 0 && <Badge>{words.holds}</Badge>}
              </Table.Td>
              <Table.Td>
                <Moment atMs={atMs} />
              </Table.Td>
              <Table.Td>{author}</Table.Td>
              <Table.Td>
                <Group gap={4}>
                  {(changed ?? []).map((section) => (
                    <Badge key={section} variant="light" tt="none">
                      {nameOf(section)}
                    </Badge>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>
                <Button size="xs" variant="light" aria-label={`${action}: ${version}`} onClick={() => onShow(version)}>
                  {action}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
