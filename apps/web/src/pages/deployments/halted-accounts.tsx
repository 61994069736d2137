import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { accountsQuery } from '../../shell/halt/accounts';
import { PageLink } from '../../shell/links';

/** Says which accounts take no entries, or no orders at all; nothing where all trade. */
export function HaltedAccounts() {
  const accounts = useQuery(accountsQuery);
  const held = (accounts.data ?? []).filter((account) => account.trading_state !== 'ACTIVE');
  if (held.length === 0) return null;
  return (
    <Alert color="red" variant="light" title="Trading is held back" role="status">
      {held.map((account) => (
        <Text key={account.account_id} size="sm">
          {account.name}: {account.trading_state === 'HALTED' ? 'halted, no orders' : 'reducing, exits only'}
          {account.trading_state_reason && ` (${account.trading_state_reason})`}
        </Text>
      ))}
      <PageLink to="/settings" size="sm">
        Change it in the settings
      </PageLink>
    </Alert>
  );
}
