import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useSession } from '../../session/session';
import { Page } from '../../shell/page';
import { Accounts } from './accounts';
import { Keys } from './keys';
import type { SettingsTab } from './tabs';
import { TradePassword } from './trade-password';
import { Users } from './users';

export function SettingsPage() {
  const { tab = 'accounts' } = useSearch({ from: '/app/settings' });
  const navigate = useNavigate({ from: '/settings' });
  const { user, role, scopes } = useSession();
  return (
    <Page title="Settings" lead={`Signed in as ${user} (${role}), who may: ${scopes.join(', ')}.`}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => void navigate({ search: { tab: value as SettingsTab }, replace: true })}
      >
        <Tabs.List mb="md" aria-label="Settings">
          <Tabs.Tab value="accounts">Accounts</Tabs.Tab>
          <Tabs.Tab value="keys">API keys</Tabs.Tab>
          <Tabs.Tab value="password">Trade password</Tabs.Tab>
          {role === 'admin' && <Tabs.Tab value="users">Users</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="accounts">
          <Accounts />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <Keys />
        </Tabs.Panel>
        <Tabs.Panel value="password">
          <TradePassword />
        </Tabs.Panel>
        {role === 'admin' && (
          <Tabs.Panel value="users">
            <Users />
          </Tabs.Panel>
        )}
      </Tabs>
    </Page>
  );
}
