import { AppShell, Box, ScrollArea, Text } from '@mantine/core';
import { Icon } from './icons';
import { NavigationLink } from './links';
import { NAVIGATION } from './navigation';
import { LiveMark } from './live-mark';

export function NavigationBar({ onNavigate }: { onNavigate: () => void }) {
  return (
    <AppShell.Navbar p="xs" aria-label="Pages">
      <AppShell.Section grow component={ScrollArea}>
        {NAVIGATION.map(({ group, items }) => (
          <Box key={group ?? 'first'} mb="sm">
            {group && (
              <Text size="xs" fw={600} c="dimmed" px="sm" pb={4}>
                {group}
              </Text>
            )}
            {items.map(({ to, label, icon }) => (
              <NavigationLink
                key={to}
                to={to}
                label={label}
                leftSection={<Icon name={icon} />}
                activeOptions={{ exact: to === '/' }}
                activeProps={{ active: true, 'aria-current': 'page' }}
                onClick={onNavigate}
                className="nav-link"
              />
            ))}
          </Box>
        ))}
      </AppShell.Section>
      <AppShell.Section>
        <LiveMark />
      </AppShell.Section>
    </AppShell.Navbar>
  );
}
