import { Button, Divider, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useLanguage, useWords } from '../../../kit/language.tsx';
import { SureButton } from '../../../kit/sure-button.tsx';
import type { Names } from './names.ts';
import { lackTexts, presetTexts } from './preset-words.ts';
import { offerOf, presetNames } from './presets.ts';
import { backToUsual, type RuleItem } from './rule-items.ts';
import { texts } from './words.ts';

interface PresetsDialogParts {
  items: readonly RuleItem[];
  names: Names;
  onChange: (items: RuleItem[]) => void;
  onClose: () => void;
}

/** Rules that many want, each added by one click. */
export function PresetsDialog({ items, names, onChange, onClose }: PresetsDialogParts) {
  const words = useWords(texts);
  const presets = useWords(presetTexts);
  const lacks = useWords(lackTexts);
  const { language } = useLanguage();
  const reset = () => {
    onChange(backToUsual(items));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={words.presets}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {words.presetsAbout}
        </Text>
        {presetNames.map((preset) => {
          const { title, about } = presets[preset];
          const offer = offerOf(preset, items, names, language);
          const add = () => {
            if (offer.state !== 'ready') return;
            onChange(offer.added);
            notifications.show({ message: words.added(title), color: 'blue' });
          };
          return (
            <Group key={preset} justify="space-between" wrap="nowrap" align="flex-start">
              <div>
                <Title order={3} size="h6">
                  {title}
                </Title>
                <Text size="sm">{about}</Text>
                {offer.state === 'lacks' && (
                  <Text size="sm" c="dimmed">
                    {lacks[offer.what]}
                  </Text>
                )}
              </div>
              <Button
                size="compact-sm"
                variant="light"
                style={{ flexShrink: 0 }}
                disabled={offer.state !== 'ready'}
                aria-label={`${offer.state === 'there' ? words.presetThere : words.addPreset}: ${title}`}
                onClick={add}
              >
                {offer.state === 'there' ? words.presetThere : words.addPreset}
              </Button>
            </Group>
          );
        })}
        <Divider />
        <Text size="sm">{words.backToUsualAbout}</Text>
        <Group>
          <SureButton label={words.backToUsual} sure={words.sure} isBusy={false} onSure={reset} />
        </Group>
      </Stack>
    </Modal>
  );
}
