import { Button, Group, NumberInput, PasswordInput, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { amiForms } from '../../../../../proto/ami.ts';
import { Failure } from '../../../../kit/failure.tsx';
import { useWords } from '../../../../kit/language.tsx';
import { SureButton } from '../../../../kit/sure-button.tsx';
import { Changeable } from '../../settings/changeable.tsx';
import { type Pbx, useSetAmi } from '../pbxs.ts';
import { texts } from './words.ts';

export interface SurroundingsParts {
  accountId: string;
  pbx: Pbx;
  mayChange: boolean;
}

const usualPort = 5038;
const fits = ({ pattern }: { pattern: string }, text: string) => new RegExp(pattern, 'u').test(text);

/** Where the manager interface of a PBX is. What was typed as the secret goes to the API and never comes back. */
export function AmiForm({ accountId, pbx: { id, ami }, mayChange }: SurroundingsParts) {
  const words = useWords(texts);
  const form = useForm({
    initialValues: { host: ami?.host ?? '', port: ami?.port ?? usualPort, user: ami?.user ?? 'ringflow', secret: '' },
    validate: {
      host: (host) => (fits(amiForms.host, host) ? null : words.hostFault),
      user: (user) => (fits(amiForms.user, user) ? null : words.userFault),
      secret: (secret) => (secret === '' || fits(amiForms.secret, secret) ? null : words.secretFault),
    },
  });
  const save = useSetAmi(accountId, id, () => {
    form.setFieldValue('secret', '');
    notifications.show({ message: words.saved, color: 'teal' });
  });
  const remove = useSetAmi(accountId, id, () => {
    form.setValues({ host: '', secret: '' });
    notifications.show({ message: words.removed });
  });
  return (
    <form
      onSubmit={form.onSubmit(({ secret, ...address }) =>
        save.mutate({ ...address, ...(secret !== '' && { secret }) }),
      )}
    >
      <Changeable if={mayChange}>
        <Title order={3} size="h4">
          {words.ami}
        </Title>
        <Text size="sm">{words.amiAbout}</Text>
        <Group align="flex-start" grow preventGrowOverflow={false}>
          <TextInput label={words.host} description={words.hostHint} required {...form.getInputProps('host')} />
          <NumberInput
            label={words.port}
            description={String(usualPort)}
            min={1}
            max={65_535}
            allowDecimal={false}
            required
            maw={120}
            {...form.getInputProps('port')}
          />
        </Group>
        <TextInput label={words.user} description={words.userHint} required {...form.getInputProps('user')} />
        <PasswordInput
          label={words.secret}
          description={ami ? words.secretKept : words.secretHint}
          required={!ami}
          autoComplete="new-password"
          {...form.getInputProps('secret')}
        />
        {save.isError && <Failure error={save.error} />}
        {remove.isError && <Failure error={remove.error} />}
        {mayChange && (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {words.save}
            </Button>
            {ami && (
              <SureButton
                label={words.remove}
                sure={words.removeSure}
                isBusy={remove.isPending}
                onSure={() => remove.mutate(null)}
              />
            )}
          </Group>
        )}
      </Changeable>
    </form>
  );
}
