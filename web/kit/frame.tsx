import { AppShell, Burger, Button, Group, Menu, NavLink, ScrollArea, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { useWords, type Words } from './language.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { useSignOut, useUser } from './session/user.ts';

interface FrameParts {
  title: string;
  /** Beside the title, on every page. */
  beside?: ReactNode;
  /** Beside the person: for what the pages are. */
  choice?: ReactNode;
  /** What the menu holds. */
  menu: ReactNode;
  children: ReactNode;
}

/** The frame around all pages of a server: menu, language, who is signed in. */
export function Frame({ title, beside, choice, menu, children }: FrameParts) {
  const [isOpen, { toggle, close }] = useDisclosure();
  const [location] = useLocation();
  const words = useWords(texts);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu of a narrow screen
  useEffect(close, [location]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={words.menu} />
            <Title order={1} size="h3">
              {title}
            </Title>
            {beside}
          </Group>
          <Group gap="xs" wrap="nowrap">
            {choice}
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={words.menu}>
        <AppShell.Section grow component={ScrollArea}>
          {menu}
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main>{children}</AppShell.Main>
    </AppShell>
  );
}

export function MenuEntry({ address, label }: { address: string; label: string }) {
  const [location] = useLocation();
  return (
    <NavLink
      component={Link}
      href={address}
      label={label}
      active={address === '/' ? location === address : location.startsWith(address)}
    />
  );
}

function PersonMenu() {
  const words = useWords(texts);
  const user = useUser();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" size="sm" maw={160}>
          {user.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageChoice m="xs" />
        <Menu.Item component={Link} href="/sessions">
          {words.sessions}
        </Menu.Item>
        <Menu.Item onClick={() => signOut.mutate()}>{words.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const texts: Words<Record<'menu' | 'sessions' | 'signOut', string>> = {
  ru: { menu: 'Меню', sessions: 'Мои входы', signOut: 'Выйти' },
  en: { menu: 'Menu', sessions: 'My sessions', signOut: 'Sign out' },
};
