import { Button, Card, List, Stack, Text, Title } from '@mantine/core';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { useDownloadWidget } from './calling.ts';
import { texts } from './words.ts';

/** The widget for this installation, and how it gets into amoCRM. */
export function WidgetDownload({ accountId }: { accountId: string }) {
  const words = useWords(texts);
  const isAdmin = useUser().role === 'admin';
  const download = useDownloadWidget(accountId);
  return (
    <Card withBorder component="section" aria-label={words.widget}>
      <Stack gap="sm" align="flex-start">
        <Title order={3} size="h4">
          {words.widget}
        </Title>
        <Text size="sm">{words.widgetAbout}</Text>
        {isAdmin && (
          <Button loading={download.isPending} onClick={() => download.mutate()}>
            {words.download}
          </Button>
        )}
        {download.isError && <Failure error={download.error} />}
        <List type="ordered" size="sm">
          {words.steps.map((step) => (
            <List.Item key={step}>{step}</List.Item>
          ))}
        </List>
      </Stack>
    </Card>
  );
}
