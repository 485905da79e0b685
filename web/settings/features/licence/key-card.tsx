import { Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { Failure } from '../../../kit/failure.tsx';
import { useWords } from '../../../kit/language.tsx';
import { SureButton } from '../../../kit/sure-button.tsx';
import { keyFault } from './key-fault.ts';
import { type LicenceAnswer, useEnterKey, useRelease } from './licence.ts';
import { texts } from './words.ts';

/** The licence key: entered, or given back. */
export function KeyCard({ licence: { permit, hasServer, hasRootKey } }: { licence: LicenceAnswer }) {
  const words = useWords(texts);
  const enter = useEnterKey();
  const release = useRelease();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { key: '' },
    validate: { key: (key) => keyFault(key, words) },
  });
  if (!hasServer || !hasRootKey) return null;
  const hasKey = permit !== null && permit.keyHint !== null && permit.kind !== 'restricted';
  const send = ({ key }: { key: string }) =>
    enter.mutate(key, {
      onSuccess() {
        form.reset();
        notifications.show({ message: words.keyTaken, color: 'teal' });
      },
    });
  return (
    <Card withBorder component="section" aria-label={words.key}>
      <Stack gap="sm">
        <Title order={3} size="h4">
          {hasKey ? words.otherKey : words.enterKey}
        </Title>
        <form onSubmit={form.onSubmit(send)}>
          <Group align="flex-start" gap="sm">
            <TextInput
              label={words.key}
              description={words.keyHint}
              placeholder="RF-XXXXX-XXXXX-XXXXX-XXXXX"
              autoComplete="off"
              spellCheck={false}
              required
              w={440}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maw="100%"
              {...form.getInputProps('key')}
            />
            <Button type="submit" mt={{ base: 0, sm: 25 }} loading={enter.isPending}>
              {words.activate}
            </Button>
          </Group>
        </form>
        {enter.isError && <Failure error={enter.error} />}
        {hasKey && (
          <Stack gap="xs" align="flex-start">
            <Text size="sm" c="dimmed">
              {words.releaseAbout}
            </Text>
            <SureButton
              label={words.release}
              sure={words.releaseSure}
              isBusy={release.isPending}
              onSure={() => release.mutate(undefined)}
            />
          </Stack>
        )}
        {release.isError && <Failure error={release.error} />}
      </Stack>
    </Card>
  );
}
