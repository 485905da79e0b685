import {
  Badge,
  type CSSVariablesResolver,
  createTheme,
  MantineProvider,
  Menu,
  Modal,
  Notification,
} from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { type Language, useLanguage } from './language.tsx';

const closeLabel: Record<Language, string> = { ru: 'Закрыть', en: 'Close' };

const themeIn = (language: Language) =>
  createTheme({
    ...{ primaryColor: 'blue', defaultRadius: 'md', fontFamily: 'system-ui, sans-serif' },
    respectReducedMotion: true,
    primaryShade: 8, // white text on it can be read
    components: {
      Badge: Badge.extend({ defaultProps: { tt: 'none' } }),
      Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }), // a menu may hold nothing but its items
      Modal: Modal.extend({ defaultProps: { closeButtonProps: { 'aria-label': closeLabel[language] } } }),
      Notification: Notification.extend({
        defaultProps: { closeButtonProps: { 'aria-label': closeLabel[language] } },
      }),
    },
  });

/** The kit's own are too pale to read, above all on what the pointer is over. */
const readable: CSSVariablesResolver = () => ({
  variables: { '--mantine-color-orange-9': '#b34000' }, // white on it can be read
  light: {
    '--mantine-color-teal-light-color': '#066649',
    '--mantine-color-orange-light-color': '#a33b00',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-blue-light-color': 'var(--mantine-color-blue-9)',
    '--mantine-color-blue-light-hover':
      'color-mix(in srgb, var(--mantine-color-blue-1) 70%, var(--mantine-color-blue-2))',
  },
  dark: {},
});

/** How everything looks. */
export function Theme({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  const theme = useMemo(() => themeIn(language), [language]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={readable} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
