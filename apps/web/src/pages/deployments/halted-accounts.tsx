import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answer, trade } from '../../api/clients';
import { PageLink } from '../../shell/links';

/** Says which accounts take no entries, or no orders at all; nothing where all trade. */
export function HaltedAccounts() {
  const accounts = useQuery({
    queryKey: ['account', 'states'],
    queryFn: ({ signal }) => answer(trade.GET('/api/v1/accounts', { params: { query: { limit: 500 } }, signal })),
  });
  const held = (accounts.data?.items ?? []).filter((account) => account.trading_state !== 'ACTIVE');
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
