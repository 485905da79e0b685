import { Anchor, Badge, Card, Group, Stack, Switch, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { useWords, type Words } from '../../../kit/language.tsx';
import { Moment } from '../../../kit/moment.tsx';
import { Page } from '../../../kit/page.tsx';
import { Asked } from '../../../kit/query.tsx';
import type { SeenInstallation } from '../../app/api.ts';
import { InstallationId } from '../../ui/installation-id.tsx';
import { Paging, SearchField, useSearch } from '../../ui/search-field.tsx';
import { installationsQuery } from './installations.ts';

/** All machines that were heard of, the last heard of first. */
export default function InstallationsPage() {
  const words = useWords(texts);
  const search = useSearch();
  const isSilent = search.isOn('silent');
  const query = installationsQuery(search.search, search.page, isSilent);
  const found = useQuery({ ...query, placeholderData: keepPreviousData });
  return (
    <Page title={words.title} about={words.about}>
      <Group align="flex-end">
        <SearchField label={words.searchBy} of={search} />
        <Switch
          label={words.silent}
          checked={isSilent}
          onChange={({ currentTarget: { checked } }) => search.go({ silent: checked })}
        />
      </Group>
      <Asked query={found}>
        {({ installations, total, pageSize }) =>
          total === 0 ? (
            <EmptyState
              title={search.search || isSilent ? words.nothing : words.none}
              text={search.search || isSilent ? words.nothingText : words.noneText}
            />
          ) : (
            <>
              <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
                {installations.map((installation) => (
                  <Seen key={installation.thumbprint} installation={installation} />
                ))}
              </Stack>
              <Paging of={search} total={total} pageSize={pageSize} />
            </>
          )
        }
      </Asked>
    </Page>
  );
}

function Seen({ installation }: { installation: SeenInstallation }) {
  const words = useWords(texts);
  const { thumbprint, version, lastHeardAtMs, accounts, usage, isOffline, isTwin, trialAccount } = installation;
  const { customerId, customer, purchaseId } = installation;
  return (
    <Card component="li" withBorder padding="sm">
      <Group justify="space-between" align="flex-start">
        <div>
          {customerId === null ? (
            <Text fw={600}>{trialAccount === null ? words.nobodys : words.trialOf(trialAccount)}</Text>
          ) : (
            <Anchor component={Link} href={`/customers/${customerId}`} fw={600}>
              {customer}
            </Anchor>
          )}
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <InstallationId of={thumbprint} />
            {version !== '' && ` · Ringflow ${version}`}
            {accounts.length > 0 && ` · ${accounts.join(', ')}`}
          </Text>
          {usage && <Text size="sm">{words.usage(usage.employees, usage.pbxs, usage.callsOfMonth)}</Text>}
          {isTwin && <Badge color="orange.9">{words.twin}</Badge>}
          {purchaseId === null && customerId !== null && (
            <Text size="sm" c="dimmed">
              {words.onTrial}
            </Text>
          )}
        </div>
        <Text size="sm">
          {isOffline ? (
            words.isOffline
          ) : (
            <>
              {words.lastHeard} <Moment atMs={lastHeardAtMs} isShort />
            </>
          )}
        </Text>
      </Group>
    </Card>
  );
}

type Label =
  | 'title'
  | 'about'
  | 'searchBy'
  | 'silent'
  | 'none'
  | 'noneText'
  | 'nothing'
  | 'nothingText'
  | 'nobodys'
  | 'onTrial'
  | 'isOffline'
  | 'twin'
  | 'lastHeard';

interface Texts extends Record<Label, string> {
  trialOf(account: string): string;
  usage(employees: number, pbxs: number, calls: number): string;
}

const texts: Words<Texts> = {
  ru: {
    ...{ title: 'Установки', about: 'Серверы с Ringflow, которые выходили на связь.' },
    ...{ searchBy: 'Номер сервера, аккаунт amoCRM или клиент', silent: 'Молчат больше суток' },
    none: 'Ни один сервер ещё не выходил на связь',
    noneText: 'Сервер появится здесь, когда на нём начнётся пробный период или введут ключ.',
    ...{ nothing: 'Ничего не нашлось', nothingText: 'Измените условия.' },
    ...{ nobodys: 'Без лицензии', onTrial: 'Пробный период', isOffline: 'Разрешение файлом' },
    ...{ lastHeard: 'На связи', twin: 'работает и копия' },
    trialOf: (account) => `Пробный период: ${account}`,
    usage: (employees, pbxs, calls) => `Сотрудников: ${employees} · АТС: ${pbxs} · звонков за 30 дней: ${calls}`,
  },
  en: {
    ...{ title: 'Installations', about: 'Servers with Ringflow that were heard of.' },
    ...{ searchBy: 'Id of the server, amoCRM account or customer', silent: 'Silent for more than a day' },
    none: 'No server was heard of yet',
    noneText: 'A server stands here as soon as its trial begins or a key is entered on it.',
    ...{ nothing: 'Nothing was found', nothingText: 'Change what you search by.' },
    ...{ nobodys: 'Without a licence', onTrial: 'Trial', isOffline: 'Permit as a file', lastHeard: 'Heard of' },
    twin: 'a copy of it runs too',
    trialOf: (account) => `Trial: ${account}`,
    usage: (employees, pbxs, calls) => `Employees: ${employees} · PBXs: ${pbxs} · calls in 30 days: ${calls}`,
  },
};
