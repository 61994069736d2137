import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { accountsQuery } from '../../shell/halt/accounts';
import { PageLink } from '../../shell/links';
import { ProblemAlert } from '../../states/problem-alert';

/** Says which accounts take no entries, or no orders at all, and where that is not known; nothing where all trade. */
export function HaltedAccounts() {
  const accounts = useQuery(accountsQuery);
  if (accounts.isError && !accounts.data) {
    const again = () => void accounts.refetch();
    return <ProblemAlert problem={accounts.error} title="Not known whether trading is held back" onRetry={again} />;
  }
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
