import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { listen } from '../api/live';
import { ExpiredDialog } from '../session/expired-dialog';
import { HaltButton } from './halt/halt-button';
import { PageLink } from './links';
import { NavigationBar } from './navigation-bar';
import { PAGES } from './navigation';
import { usePageTitle } from './page-title';
import { useShortcuts } from './shortcuts';
import { ShortcutsDialog } from './shortcuts-dialog';
import { PermittedPage } from './permitted-page';
import { UserMenu } from './user-menu';

/** What surrounds every page: header, navigation, skip link, shortcuts, live updates, the dialog of an ended session. */
export function AppLayout() {
  const [menu, { toggle, close }] = useDisclosure(false);
  const [help, { open: showHelp, close: hideHelp }] = useDisclosure(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  usePageTitle();
  useEffect(() => listen(client), [client]);
  useShortcuts((keys) => {
    if (keys === '?') {
      showHelp();
      return true;
    }
    const page = PAGES.find(({ key }) => keys === `g ${key}`);
    if (page) void navigate({ to: page.to });
    return page !== undefined;
  });
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !menu } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip-link" href="#main">
        Skip to the page
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={menu}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={menu ? 'Close the menu' : 'Open the menu'}
            />
            <PageLink to="/" underline="never" c="inherit" aria-label="Assay, overview">
              <Group gap={8} wrap="nowrap">
                <img src="/favicon.svg" alt="" width={24} height={24} />
                <Text fw={700} size="lg">
                  Assay
                </Text>
              </Group>
            </PageLink>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <HaltButton />
            <UserMenu onShortcuts={showHelp} />
          </Group>
        </Group>
      </AppShell.Header>
      <NavigationBar onNavigate={close} />
      <AppShell.Main id="main" tabIndex={-1}>
        <PermittedPage />
      </AppShell.Main>
      <ShortcutsDialog opened={help} onClose={hideHelp} />
      <ExpiredDialog />
    </AppShell>
  );
}
