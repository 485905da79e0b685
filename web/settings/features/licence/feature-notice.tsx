import { Alert, Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { featureOf, isLicensed, type LicensedDeed } from '../../../../proto/licence/gate.ts';
import { whyOff } from '../../../../proto/licence/words.ts';
import { useLanguage, useWords, type Words } from '../../../kit/language.tsx';
import { useUser } from '../../../kit/session/user.ts';
import { licenceQuery } from './licence.ts';

interface FeatureNoticeParts {
  deed: LicensedDeed;
  /** What is set meanwhile holds later. */
  isOfSettings?: boolean;
}

/** That the licence does not let a thing be done, and why; nothing while it does. */
export function FeatureNotice({ deed, isOfSettings = true }: FeatureNoticeParts) {
  const words = useWords(texts);
  const { language } = useLanguage();
  const maySeeLicence = useUser().role !== 'head';
  const { data: licence } = useQuery(licenceQuery);
  if (!licence || isLicensed(deed, licence.standing.features)) return null;
  const feature = featureOf(deed);
  const off = licence.features.find((one) => one.feature === feature);
  const { title, whatToDo } = whyOff(feature, off?.reason ?? null, language);
  return (
    <Alert color="orange" title={title}>
      <Text size="sm">
        {whatToDo} {isOfSettings && words.stays}{' '}
        {maySeeLicence && (
          <Anchor component={Link} href="/licence" inherit c="inherit" td="underline">
            {words.open}
          </Anchor>
        )}
      </Text>
    </Alert>
  );
}

const texts: Words<Record<'stays' | 'open', string>> = {
  ru: { stays: 'Настройки на месте: их можно менять, действовать они начнут, когда включится.', open: 'Лицензия' },
  en: { stays: 'The settings stay: they can be changed, and hold once it is on.', open: 'Licence' },
};
