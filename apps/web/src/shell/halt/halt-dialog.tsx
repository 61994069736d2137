import { List, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, asProblem, isDoubtful } from '../../api/problem';
import { plural } from '../../format/words';
import { ConfirmDialog } from '../../forms/confirm-dialog';
import { QueryView } from '../../states/query-view';
import { accountsQuery, haltAll, isTrading, type Account, type HaltOutcome } from './accounts';

const nameOf = ({ name, broker, paper }: Account) => `${name} (${broker}${paper ? ', paper' : ', live'})`;

/** @throws ApiProblem with what became of each account that was not halted for certain */
function refuseUnlessHalted(outcomes: readonly HaltOutcome[]): void {
  const failed = outcomes.filter((outcome) => outcome.problem !== undefined);
  if (failed.length === 0) return;
  const words = failed.map(({ account, problem }) => `${nameOf(account)}: ${asProblem(problem).detail}`);
  const doubtful = failed.some(({ problem }) => isDoubtful(problem));
  const title = `${plural(failed.length, 'account')} of ${outcomes.length} not halted${doubtful ? ' for certain' : ''}`;
  throw new ApiProblem('not_halted', title, `${title}. ${words.join('; ')}`, 409, [], null, doubtful);
}

/** Asks for a reason and halts every account: no order but a manual flatten goes out until an account is made active again. */
export function HaltDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const accounts = useQuery(accountsQuery);
  const [reason, setReason] = useState('');
  const open = accounts.data?.filter(isTrading) ?? [];
  const halt = useMutation({
    mutationFn: async () => {
      const outcomes = await haltAll(accounts.data ?? [], reason.trim());
      // then what was opened or made active again since the list was read: nothing that is known waits for a list to come
      await client.cancelQueries({ queryKey: accountsQuery.queryKey });
      const now = await client.fetchQuery({ ...accountsQuery, staleTime: 0, retry: false }).catch(() => []);
      const asked = new Set(outcomes.map(({ account }) => account.account_id));
      const others = now.filter(({ account_id: id }) => !asked.has(id));
      outcomes.push(...(await haltAll(others, reason.trim())));
      refuseUnlessHalted(outcomes);
      return outcomes.length;
    },
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => ['account', 'deployment'].includes(String(queryKey[0])),
      }),
    onSuccess: (count) => {
      notifications.show({ color: 'teal', title: 'Halted', message: `${plural(count, 'account')} halted` });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title="Halt all trading"
      action="Halt"
      typed="HALT"
      pending={halt.isPending}
      disabled={open.length === 0 || reason.trim() === ''}
      problem={halt.error}
      onConfirm={() => halt.mutate()}
    >
      <QueryView query={accounts} lines={2}>
        {() =>
          open.length === 0 ? (
            <Text size="sm">No account is trading: nothing is left to halt.</Text>
          ) : (
            <Stack gap="xs">
              <Text size="sm">
                Nothing is ordered any more on {plural(open.length, 'account')}, but a flatten by hand. Positions stay
                as they are. Each account is made active again in the settings. Replays of past sessions go on: they
                order nothing.
              </Text>
              <List size="sm">
                {open.map((account) => (
                  <List.Item key={account.account_id}>{nameOf(account)}</List.Item>
                ))}
              </List>
              <TextInput
                label="Reason"
                description="Kept with the state and in the audit"
                required
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            </Stack>
          )
        }
      </QueryView>
    </ConfirmDialog>
  );
}
